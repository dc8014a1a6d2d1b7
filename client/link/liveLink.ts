// Owns the life of one connection to a meeting: carries signals from the socket to the state machine of
// connection.ts and its effects back.
import { type RefusalCode, refusalCodes } from '../../shared/kernel/refusals.ts'
import type { Command } from '../../shared/meeting/commands.ts'
import {
  type Answer,
  type Desk,
  type Done,
  type MyBallot,
  type Names,
  type Presence,
  protocolVersion,
  type Tally,
  type Welcome,
} from '../../shared/wire/live.ts'
import {
  type Connection,
  type Effect,
  type EndedCode,
  type Signal,
  startConnection,
  step,
} from './connection.ts'
import type { DraftNews } from './draftNews.ts'
import type { MakeSocket } from './socket.ts'

const joinTimeoutMs = 10_000
const refillTimeoutMs = 8_000
/** A socket that is alive answers a question this small within moments. */
const probeTimeoutMs = 2_500
const orderTimeoutMs = 10_000
/** Moving to another node for longer shows as being offline. */
const moveMsMax = 2_000

export interface LiveLinkEvents {
  changed: (connection: Connection) => void
  /** `offsetMs`: the server's clock minus this device's. */
  welcomed: (welcome: Welcome, offsetMs: number) => void
  tally: (tally: Tally) => void
  myBallots: (ballots: readonly MyBallot[]) => void
  presence: (presence: Presence) => void
  names: (names: Names) => void
  desk: (desk: Desk) => void
  draftNews: (news: DraftNews) => void
}

export interface LiveLink {
  /** One try: `null` when no answer came and the order's fate is unknown. */
  order(commandId: string, command: Command): Promise<Answer<Done> | null>
  wake(hiddenMs: number): void
  connection(): Connection
  close(): void
}

const knownCodes: ReadonlySet<string> = new Set(refusalCodes)

/** A middleware of the server refuses by an error whose message is a refusal's code. */
const shutOutCode = (error: Error): EndedCode =>
  knownCodes.has(error.message) ? (error.message as RefusalCode) : 'sessionEnded'

const isPassing = (error: Error): boolean =>
  ['busy', 'storeUnavailable', 'tooFast', 'tooMany'].includes(error.message)

export const openLiveLink = (meetingId: string, events: LiveLinkEvents, makeSocket: MakeSocket): LiveLink => {
  const socket = makeSocket()
  const timers = new Set<ReturnType<typeof setTimeout>>()
  let [connection, first] = startConnection()
  let closed = false

  const later = (ms: number, run: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      run()
    }, ms)
    timers.add(timer)
  }

  const signal = (it: Signal): void => {
    if (closed) return
    const [next, effects] = step(connection, it)
    const isChanged = next !== connection
    connection = next
    for (const effect of effects) run(effect)
    if (isChanged) events.changed(connection)
  }

  const askToJoin = async (round: number): Promise<void> => {
    const askedAt = Date.now()
    try {
      const answer = await socket
        .timeout(joinTimeoutMs)
        .emitWithAck('join', { meetingId, protocol: protocolVersion })
      if (closed || round !== connection.round) return
      if (!answer.ok) return signal({ type: 'joinRefused', round, code: answer.refusal.code })
      if (answer.value.protocol === protocolVersion) {
        events.welcomed(answer.value, answer.value.now - (askedAt + Date.now()) / 2)
      }
      signal({ type: 'welcomed', round, welcome: answer.value })
    } catch {
      signal({ type: 'unanswered', round })
    }
  }

  const askToRefill = async (round: number, since: number, timeoutMs: number): Promise<void> => {
    try {
      const answer = await socket.timeout(timeoutMs).emitWithAck('refill', { meetingId, since })
      if (answer.ok) signal({ type: 'refilled', round, frame: answer.value })
      else signal({ type: 'refillRefused', round })
    } catch {
      signal({ type: 'unanswered', round })
    }
  }

  const run = (effect: Effect): void => {
    switch (effect.do) {
      case 'connect':
        socket.connect()
        return
      case 'reconnect':
        // Disconnecting first skips the pause that a reconnect under way would still wait for.
        socket.disconnect().connect()
        return
      case 'disconnect':
        socket.disconnect()
        return
      case 'join':
        void askToJoin(effect.round)
        return
      case 'refill':
        void askToRefill(effect.round, effect.since, effect.probe ? probeTimeoutMs : refillTimeoutMs)
        return
      case 'pause':
        // Spread out, so that a hall full of phones does not come back in the same instant.
        later(effect.forMs * (0.5 + Math.random()), () => signal({ type: 'pauseOver', round: effect.round }))
    }
  }

  const order = async (commandId: string, command: Command): Promise<Answer<Done> | null> => {
    try {
      return await socket.timeout(orderTimeoutMs).emitWithAck('command', { meetingId, commandId, command })
    } catch {
      // Only a socket that claims to be open is doubted; a dropped one is being mended already.
      if (socket.connected) signal({ type: 'doubted' })
      return null
    }
  }

  socket.on('connect', () => signal({ type: 'socketUp' }))
  socket.on('disconnect', (reason) => {
    signal({ type: 'socketDown' })
    // Socket.IO does not come back by itself when the server hung up, as it does on a slow reader.
    if (reason === 'io server disconnect')
      later(1_000 * (0.5 + Math.random()), () => connection.phase !== 'ended' && socket.connect())
  })
  socket.on('connect_error', (error) => {
    if (socket.active) return
    if (isPassing(error)) later(2_000 * (0.5 + Math.random()), () => socket.connect())
    else signal({ type: 'shutOut', code: shutOutCode(error) })
  })
  socket.on('move', () => {
    signal({ type: 'moved' })
    later(moveMsMax, () => signal({ type: 'moveOverdue' }))
  })
  socket.on('bye', ({ code }) => signal({ type: 'bye', code }))
  socket.on('frame', (frame) => {
    if (frame.meetingId === meetingId) signal({ type: 'frame', frame })
  })
  socket.on('tally', (it) => !closed && events.tally(it))
  socket.on('myBallots', (it) => !closed && events.myBallots(it))
  socket.on('presence', (it) => !closed && events.presence(it))
  socket.on('names', (it) => !closed && events.names(it))
  socket.on('desk', (it) => !closed && events.desk(it))
  socket.on('draftNews', (it) => !closed && events.draftNews(it))
  for (const effect of first) run(effect)
  first = []

  return {
    order,
    wake: (hiddenMs) => signal({ type: 'woke', hiddenMs }),
    connection: () => connection,
    close: () => {
      closed = true
      for (const timer of timers) clearTimeout(timer)
      socket.disconnect()
      socket.removeAllListeners()
    },
  }
}
