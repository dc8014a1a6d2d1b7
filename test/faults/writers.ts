// Hands on the draft: unmodified y-websocket clients that write marks, and one that only watches.
import { type Decoder, readTailAsUint8Array } from 'lib0/decoding'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { acksParameter, draftMessage, readHallMessage, syncMessage } from '../../shared/drafts/wire.ts'

export interface Hand {
  readonly doc: Y.Doc
  readonly provider: WebsocketProvider
  /** Why the hall sent it away for good, each time: it does nothing that should be refused. */
  readonly refusals: readonly string[]
  leave(): void
}

/** Comes back even where an unmodified client would take the hall's word and stay away. */
const insist = (provider: WebsocketProvider): string[] => {
  const refusals: string[] = []
  provider.on('closed', ({ reason }) => {
    refusals.push(reason)
    provider.connect()
  })
  return refusals
}

export const openHand = (url: string, draftId: string, cookie: string): Hand => {
  class Signed extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols, { headers: { cookie } })
    }
  }
  const doc = new Y.Doc()
  const provider = new WebsocketProvider(`${url.replace('http', 'ws')}/drafts`, draftId, doc, {
    WebSocketPolyfill: Signed as unknown as typeof globalThis.WebSocket,
    disableBc: true,
    maxBackoffTime: 100,
  })
  return {
    doc,
    provider,
    refusals: insist(provider),
    leave: () => {
      provider.destroy()
      doc.destroy()
    },
  }
}

export interface Writer extends Hand {
  write(mark: string, place: number): void
  /** The marks that the hall has said are on disk. */
  saved(): readonly string[]
}

/** A hand that asks to be told what is on disk (`?acks=1`), and keeps account of it. */
export const openWriter = (url: string, draftId: string, cookie: string): Writer => {
  const written: string[] = []
  let savedCount = 0
  /** For each message with edits on this connection, how many marks are safe once it is on disk. */
  let carried: number[] = []
  let hasSentAll = false
  class Counting extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols, { headers: { cookie } })
      carried = []
      hasSentAll = false
    }
    // y-websocket sends bytes, and nothing but bytes.
    override send(data: Uint8Array): void {
      if (data[0] === draftMessage.sync && data[1] !== syncMessage.step1) {
        // Before the whole was sent, an update says nothing of what came before it.
        hasSentAll ||= data[1] === syncMessage.step2
        carried.push(hasSentAll ? written.length : 0)
      }
      super.send(data)
    }
  }
  const doc = new Y.Doc()
  const provider = new WebsocketProvider(`${url.replace('http', 'ws')}/drafts`, draftId, doc, {
    WebSocketPolyfill: Counting as unknown as typeof globalThis.WebSocket,
    disableBc: true,
    maxBackoffTime: 100,
    params: { [acksParameter]: '1' },
  })
  provider.messageHandlers[draftMessage.hall] = (_encoder: unknown, decoder: Decoder) => {
    const message = readHallMessage(readTailAsUint8Array(decoder))
    if (message?.kind === 'committed') {
      savedCount = Math.max(savedCount, carried[message.count - 1] ?? 0)
    }
  }
  return {
    doc,
    provider,
    refusals: insist(provider),
    write: (mark, place) => {
      written.push(mark)
      writeMark(doc, mark, place)
    },
    saved: () => written.slice(0, savedCount),
    leave: () => {
      provider.destroy()
      doc.destroy()
    },
  }
}

const fragmentOf = (doc: Y.Doc): Y.XmlFragment => doc.getXmlFragment('default')

/** A paragraph that holds only the mark, somewhere in the text. */
export const writeMark = (doc: Y.Doc, mark: string, place: number): void => {
  const paragraph = new Y.XmlElement('paragraph')
  paragraph.insert(0, [new Y.XmlText(`${mark};`)])
  const fragment = fragmentOf(doc)
  fragment.insert(Math.min(place, fragment.length), [paragraph])
}

/** Every mark in the text, as often as it stands there. */
export const marksIn = (doc: Y.Doc): string[] =>
  fragmentOf(doc)
    .toString()
    .match(/w\d+\.\d+(?=;)/g) ?? []
