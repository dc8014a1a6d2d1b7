// One client's WebSocket on a draft: ready frames go straight to its socket, a reader that stops reading is cut, a
// writer in a frenzy is not read for a while.
import type { Duplex } from 'node:stream'
import { WebSocket } from 'ws'
import { type DraftCloseReason, draftCloseCodes } from '../../shared/drafts/wire.ts'
import type { Viewer } from './awareness.ts'
import type { DraftLimits } from './draftLimits.ts'
import type { Figures } from './figures.ts'
import { frameDenied, frameHeartbeat } from './frames.ts'

export interface Guest {
  /** The seat or account: client ids belong to it. */
  readonly owner: string
  readonly mayEdit: boolean
  readonly sessionId: string
  /** Called when the connection is in; what it answers is called when it is gone. */
  readonly hold?: () => () => void
}

/** What a room knows of it. */
export interface Connection extends Viewer {
  readonly mayEdit: boolean
  readonly wantsAcks: boolean
  /** See `Writer.settled`. */
  settled: boolean
  /** An update was passed over that its answer to the first question will hold: nothing is called saved until then. */
  owes: boolean
  /** How many sync updates came on it. */
  received: number
  /** A question that waits until the last answer was read. */
  asked: Uint8Array | undefined
  isOpen(): boolean
  send(frame: Buffer): void
  /** Like `send`, for an answer that may be larger than a backlog may be. `then` is called once it was read. */
  sendReply(frame: Buffer, then: () => void): void
  isReading(): boolean
  /** Takes tokens for a message; stops reading the socket for a while when there are none. */
  spend(tokens: number): void
  /** Says why, and closes. */
  refuse(reason: DraftCloseReason): void
}

export interface SocketConnection extends Connection {
  readonly guest: Guest
  readonly ws: WebSocket
  close(code: number, reason: string): void
  /** Twice a keepalive period: pings, keeps talking, and ends a connection that is gone. */
  beat(): void
}

export const openConnection = (
  ws: WebSocket,
  socket: Duplex,
  guest: Guest,
  wantsAcks: boolean,
  limits: DraftLimits,
  figures: Figures,
  now: () => number,
): SocketConnection => {
  let replyBytes = 0
  let hasSent = false
  let hasAnswered = true
  let beats = 0
  ws.on('pong', () => {
    hasAnswered = true
  })
  ws.on('error', () => {
    // A frame that breaks the WebSocket protocol or its bound; ws closes by itself.
    figures.brokenSockets += 1
  })
  const throttle = openThrottle(ws, limits, figures, now, () => connection.refuse('tooFast'))

  const isOpen = (): boolean => ws.readyState === WebSocket.OPEN
  const write = (frame: Buffer, then?: () => void): void => {
    hasSent = true
    figures.frames += 1
    figures.bytesOut += frame.length
    // ws writes whole frames as well, so the two never mix.
    socket.write(frame, then)
  }

  const connection: SocketConnection = {
    guest,
    owner: guest.owner,
    mayEdit: guest.mayEdit,
    shownAs: undefined,
    ws,
    wantsAcks,
    settled: false,
    owes: false,
    received: 0,
    asked: undefined,
    isOpen,
    send: (frame) => {
      if (!isOpen()) return
      if (socket.writableLength > limits.backlogBytesMax + replyBytes) {
        figures.slowReaders += 1
        ws.terminate()
        return
      }
      write(frame)
    },
    sendReply: (frame, then) => {
      if (!isOpen()) return
      replyBytes += frame.length
      write(frame, () => {
        replyBytes -= frame.length
        then()
      })
    },
    isReading: () => replyBytes <= limits.backlogBytesMax,
    spend: throttle.spend,
    refuse: (reason) => {
      if (!isOpen()) return
      figures.refused[reason] = (figures.refused[reason] ?? 0) + 1
      write(frameDenied(reason))
      connection.close(draftCloseCodes[reason], reason)
    },
    close: (code, reason) => {
      throttle.stop()
      // A paused socket would not see the other side's close frame.
      if (ws.isPaused) ws.resume()
      ws.close(code, reason)
    },
    beat: () => {
      if (!isOpen()) return
      beats += 1
      if (beats % 2 === 0) {
        if (!hasAnswered) return ws.terminate()
        hasAnswered = false
        ws.ping()
      }
      if (!hasSent) write(frameHeartbeat)
      hasSent = false
    },
  }
  ws.on('close', throttle.stop)
  return connection
}

/** A bucket of tokens; while it is empty, the socket is left unread and TCP slows the sender down. */
const openThrottle = (
  ws: WebSocket,
  limits: DraftLimits,
  figures: Figures,
  now: () => number,
  onOverdrawn: () => void,
) => {
  let tokens = limits.tokensMax
  let countedAt = now()
  let emptySince: number | undefined
  let timer: NodeJS.Timeout | undefined

  const refill = (): void => {
    const at = now()
    tokens = Math.min(limits.tokensMax, tokens + ((at - countedAt) / 1000) * limits.tokensPerSecond)
    countedAt = at
    if (tokens > limits.tokensMax / 2) emptySince = undefined
  }
  const stop = (): void => {
    if (timer) clearTimeout(timer)
    timer = undefined
  }
  const resume = (): void => {
    timer = undefined
    refill()
    if (tokens < 0) wait()
    else ws.resume()
  }
  const wait = (): void => {
    timer = setTimeout(resume, Math.min(1_000, 20 + (-tokens / limits.tokensPerSecond) * 1_000))
  }
  const spend = (cost: number): void => {
    tokens -= cost
    if (tokens >= 0) return
    refill()
    if (tokens >= 0 || timer || ws.readyState !== WebSocket.OPEN) return
    figures.throttled += 1
    emptySince ??= now()
    if (now() - emptySince > limits.overdrawnMs) {
      onOverdrawn()
      return
    }
    ws.pause()
    wait()
  }
  return { spend, stop }
}
