// Owns the y-websocket connection of one draft: counts what is sent and what the server reports as committed, and hands
// on what others do.
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { type Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import { readSyncStep1 } from 'y-protocols/sync'
import { WebsocketProvider } from 'y-websocket'
import type * as Y from 'yjs'
import { acksParameter, draftMessage, readHallMessage, syncMessage } from '../../shared/drafts/wire.ts'
import { type DraftSignal, troubleOf } from './draftStatus.ts'
import { gatherOthersWork, type OthersWork } from './othersWork.ts'

/** A page hidden for longer has a socket that is most likely dead without knowing it. */
const trustedHiddenMs = 10_000
/** Carets of one client go out at most so often; typing itself is not slowed. */
const awarenessPauseMs = 60

export interface DraftLinkParts {
  readonly draftId: string
  /** Who this page believes it is; the server's answer counts. Null for a screen. */
  readonly actorId: string | null
  readonly doc: Y.Doc
  readonly awareness: Awareness
  readonly mayEdit: () => boolean
  readonly signal: (signal: DraftSignal) => void
  /** Called before others' edits change the document. */
  readonly beforeOthers: () => void
}

export interface DraftLink {
  readonly provider: WebsocketProvider
  /** While true, what others do waits: the words under an input method's fingers must not move. */
  hold(isHeld: boolean): void
  /** Drops the socket, whatever it claims, and opens another at once. */
  reconnect(): void
  close(): void
}

const draftsUrl = (): string => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/drafts`

/** The kind of a sync message that writes, judged by its first two bytes. */
const writeKind = (data: unknown): 'answer' | 'update' | null => {
  if (!(data instanceof Uint8Array) || data[0] !== draftMessage.sync) return null
  if (data[1] === syncMessage.step2) return 'answer'
  return data[1] === syncMessage.update ? 'update' : null
}

/** A reader's page sends no edits, whatever its document holds; the server would close the connection for it. */
const socketThatCounts = (parts: DraftLinkParts): typeof WebSocket =>
  class extends WebSocket {
    override send(data: Parameters<WebSocket['send']>[0]): void {
      const as = writeKind(data)
      if (as !== null && !parts.mayEdit()) return
      super.send(data)
      if (as !== null) parts.signal({ type: 'sent', as })
    }
  }

/** Sends this client's own caret and nobody else's, and not more often than eyes can follow. */
const shareAwareness = (provider: WebsocketProvider, awareness: Awareness, doc: Y.Doc): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | null = null
  let isDue = false

  const send = (): void => {
    isDue = false
    const socket = provider.ws
    if (!provider.wsconnected || socket === null || socket.readyState !== WebSocket.OPEN) return
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, draftMessage.awareness)
    encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(awareness, [doc.clientID]))
    socket.send(encoding.toUint8Array(encoder))
    timer = setTimeout(() => {
      timer = null
      if (isDue) send()
    }, awarenessPauseMs)
  }

  const changed = (clients: { added: number[]; updated: number[]; removed: number[] }): void => {
    if (![...clients.added, ...clients.updated, ...clients.removed].includes(doc.clientID)) return
    isDue = true
    if (timer === null) send()
  }

  awareness.off('update', provider._awarenessUpdateHandler)
  awareness.on('update', changed)
  return () => {
    if (timer !== null) clearTimeout(timer)
    awareness.off('update', changed)
  }
}

const listenToPage = (
  provider: WebsocketProvider,
  reconnect: () => void,
  flush: () => void,
): (() => void) => {
  let hiddenSince: number | null = document.hidden ? Date.now() : null

  const seen = (): void => {
    const hiddenMs = hiddenSince === null ? 0 : Date.now() - hiddenSince
    hiddenSince = null
    if (!provider.shouldConnect) return
    if (!provider.wsconnected || hiddenMs > trustedHiddenMs) reconnect()
  }
  const visibility = (): void => {
    if (document.hidden) {
      hiddenSince = Date.now()
      flush()
    } else seen()
  }
  /** The network changed: an old socket is not believed, and a local server may still answer at once. */
  const network = (): void => {
    if (provider.shouldConnect) reconnect()
  }

  document.addEventListener('visibilitychange', visibility)
  window.addEventListener('pageshow', seen)
  window.addEventListener('online', network)
  window.addEventListener('offline', network)
  return () => {
    document.removeEventListener('visibilitychange', visibility)
    window.removeEventListener('pageshow', seen)
    window.removeEventListener('online', network)
    window.removeEventListener('offline', network)
  }
}

const readMessages = (parts: DraftLinkParts, provider: WebsocketProvider, others: OthersWork): void => {
  provider.messageHandlers[draftMessage.sync] = (encoder, decoder) => {
    encoding.writeVarUint(encoder, draftMessage.sync)
    const kind = decoding.readVarUint(decoder)
    if (kind === syncMessage.step1) {
      readSyncStep1(decoder, encoder, parts.doc)
      return
    }
    const isFirst = kind === syncMessage.step2 && !provider.synced
    others.takeEdit(decoding.readVarUint8Array(decoder).slice())
    if (!isFirst) return
    others.flush()
    provider.synced = true
    parts.signal({ type: 'synced' })
  }
  provider.messageHandlers[draftMessage.awareness] = (_encoder, decoder) => {
    others.takeAwareness(decoding.readVarUint8Array(decoder))
  }
  provider.messageHandlers[draftMessage.hall] = (_encoder, decoder) => {
    const message = readHallMessage(decoder.arr.subarray(decoder.pos))
    if (message?.kind === 'committed') parts.signal({ type: 'committed', count: message.count })
    if (message?.kind === 'room') parts.signal({ type: 'room', room: message })
  }
}

export const connectDraft = (parts: DraftLinkParts): DraftLink => {
  const { doc, awareness } = parts
  const provider = new WebsocketProvider(draftsUrl(), parts.draftId, doc, {
    connect: false,
    awareness,
    params: { [acksParameter]: '1', ...(parts.actorId === null ? {} : { actor: parts.actorId }) },
    WebSocketPolyfill: socketThatCounts(parts),
    // Other tabs of this browser get everything from the server, committed.
    disableBc: true,
    // Spread out, so that a hall full of people does not come back in the same instant.
    maxBackoffTime: 1_500 + Math.random() * 2_000,
  })
  const reconnect = (): void => {
    provider.disconnect()
    provider.wsUnsuccessfulReconnects = 0
    provider.connect()
  }
  const others = gatherOthersWork({
    doc,
    awareness,
    origin: provider,
    before: parts.beforeOthers,
    failed: () => {
      provider.disconnect()
      parts.signal({ type: 'closed', trouble: 'malformed' })
    },
  })
  readMessages(parts, provider, others)
  const stopSharing = shareAwareness(provider, awareness, doc)

  provider.on('status', ({ status }) => {
    if (status !== 'connected') return
    parts.signal({ type: 'linkUp' })
    // Others dropped this client's caret with its last connection; only a newer clock brings it back.
    if (awareness.getLocalState() !== null) awareness.setLocalState(awareness.getLocalState())
  })
  provider.on('connection-close', (event) => {
    others.forgetAwareness()
    parts.signal({ type: 'linkDown', trouble: event === null ? null : troubleOf(event.code, event.reason) })
  })
  provider.on('closed', ({ code, reason }) => {
    parts.signal({ type: 'closed', trouble: troubleOf(code, reason) ?? 'unknown' })
  })
  const stopListening = listenToPage(provider, reconnect, others.flush)
  provider.connect()

  return {
    provider,
    hold: others.hold,
    reconnect,
    close: () => {
      others.close()
      stopListening()
      stopSharing()
      provider.destroy()
    },
  }
}
