// Owns what a connection to a meeting does next: a pure state machine, signals in, state and effects out.
// A client is at most one round trip behind the truth: every (re)connect joins anew and gets the whole state.
import { limits } from '../../shared/kernel/limits.ts'
import type { RefusalCode } from '../../shared/kernel/refusals.ts'
import type { Frame, ServerToClient, Welcome } from '../../shared/wire/live.ts'
import { protocolVersion } from '../../shared/wire/live.ts'
import { type Followed, foldFrames } from './feed.ts'

export type ByeCode = Parameters<ServerToClient['bye']>[0]['code']
export type EndedCode = ByeCode | RefusalCode

export interface Connection {
  readonly phase: 'connecting' | 'joining' | 'live' | 'refilling' | 'ended'
  /** Grows with every question; an answer to an older question is dropped. */
  readonly round: number
  readonly everLive: boolean
  /** Joins that failed in a row, for the pause before the next. */
  readonly failures: number
  /** The server sent this client to another node, which takes a moment that nobody need notice. */
  readonly isMoving: boolean
  readonly followed: Followed | null
  /** Frames that came while an answer is awaited: dropping one could hide the last event for ever. */
  readonly held: readonly Frame[]
  readonly endedCode: EndedCode | null
}

export type Signal =
  | { readonly type: 'socketUp' }
  | { readonly type: 'socketDown' }
  /** The server would not let the socket in. */
  | { readonly type: 'shutOut'; readonly code: EndedCode }
  | { readonly type: 'welcomed'; readonly round: number; readonly welcome: Welcome }
  | { readonly type: 'joinRefused'; readonly round: number; readonly code: RefusalCode }
  | { readonly type: 'refilled'; readonly round: number; readonly frame: Frame }
  | { readonly type: 'refillRefused'; readonly round: number }
  | { readonly type: 'unanswered'; readonly round: number }
  | { readonly type: 'pauseOver'; readonly round: number }
  | { readonly type: 'frame'; readonly frame: Frame }
  | { readonly type: 'bye'; readonly code: ByeCode }
  | { readonly type: 'moved' }
  | { readonly type: 'moveOverdue' }
  /** The page came back to the front, or the device says that its network changed. */
  | { readonly type: 'woke'; readonly hiddenMs: number }
  /** An order got no answer on a socket that claims to be open. */
  | { readonly type: 'doubted' }

export type Effect =
  | { readonly do: 'connect' }
  /** Drop the socket, whatever it claims, and open another at once. */
  | { readonly do: 'reconnect' }
  | { readonly do: 'disconnect' }
  | { readonly do: 'join'; readonly round: number }
  | { readonly do: 'refill'; readonly round: number; readonly since: number; readonly probe: boolean }
  | { readonly do: 'pause'; readonly round: number; readonly forMs: number }

type Next = readonly [Connection, readonly Effect[]]

/** A page hidden for longer has a socket that is most likely dead without knowing it. */
export const trustedHiddenMs = 10_000
const heldFramesMax = 500
/** What is said of an address that leads whoever opened it to no meeting: mistyped, unknown, or of another unit. */
export const nowhere: ReadonlySet<EndedCode> = new Set(['malformed', 'meetingUnknown', 'wrongMeeting'])

/** Refusals of a join that another try can mend. */
const passing: ReadonlySet<EndedCode> = new Set(['busy', 'storeUnavailable', 'tooFast', 'unreachable'])

export const startConnection = (): Next => [
  {
    phase: 'connecting',
    round: 0,
    everLive: false,
    failures: 0,
    isMoving: false,
    followed: null,
    held: [],
    endedCode: null,
  },
  [{ do: 'connect' }],
]

const pauseMs = (failures: number): number => Math.min(8_000, 250 * 2 ** Math.min(failures, 5))

const join = (it: Connection): Next => {
  const round = it.round + 1
  return [{ ...it, phase: 'joining', round, held: [] }, [{ do: 'join', round }]]
}

const refill = (it: Connection, followed: Followed, held: readonly Frame[], probe = false): Next => {
  const round = it.round + 1
  return [
    { ...it, phase: 'refilling', round, followed, held },
    [{ do: 'refill', round, since: followed.seq, probe }],
  ]
}

const reconnect = (it: Connection): Next => [
  { ...it, phase: 'connecting', round: it.round + 1, held: [], failures: it.failures + 1 },
  [{ do: 'reconnect' }],
]

const end = (it: Connection, code: EndedCode): Next => [
  { ...it, phase: 'ended', round: it.round + 1, held: [], endedCode: code },
  [{ do: 'disconnect' }],
]

/** Joins again after a pause that grows, so that a server in trouble is not hammered. */
const joinLater = (it: Connection): Next => {
  const round = it.round + 1
  const failures = it.failures + 1
  return [{ ...it, phase: 'joining', round, failures }, [{ do: 'pause', round, forMs: pauseMs(failures) }]]
}

const fold = (it: Connection, followed: Followed, frames: readonly Frame[]): Next => {
  const result = foldFrames(followed, frames)
  if (result.kind === 'broken') return joinLater(it)
  if (result.kind === 'gap') return refill(it, result.followed, result.rest)
  const live = { phase: 'live', everLive: true, failures: 0, isMoving: false } as const
  return [{ ...it, ...live, followed: result.followed, held: [] }, []]
}

const welcomed = (it: Connection, welcome: Welcome): Next => {
  if (welcome.protocol !== protocolVersion) return end(it, 'outdated')
  return fold(it, { seq: welcome.seq, state: welcome.state }, it.held)
}

const refilled = (it: Connection, frame: Frame): Next => {
  if (it.followed === null) return join(it)
  const next = fold(it, it.followed, [frame, ...it.held])
  const [after] = next
  // A frame as long as it may be is perhaps not the last.
  const more = after.phase === 'live' && frame.events.length >= limits.refillEventsMax
  if (more && after.followed !== null) return refill(after, after.followed, [])
  // Still a gap though the server had its say: the whole state is the surer way.
  if (after.phase === 'refilling' && after.followed?.seq === it.followed.seq) return joinLater(it)
  return next
}

const frameCame = (it: Connection, frame: Frame): Next => {
  if (it.phase === 'live' && it.followed !== null) return fold(it, it.followed, [frame])
  if (it.phase !== 'joining' && it.phase !== 'refilling') return [it, []]
  // Too many to hold: without the oldest the fold finds a gap, if the answer does not cover it, and asks again.
  return [{ ...it, held: [...it.held, frame].slice(-heldFramesMax) }, []]
}

const woke = (it: Connection, hiddenMs: number): Next => {
  if (it.phase === 'live' && it.followed !== null && hiddenMs < trustedHiddenMs) {
    return refill(it, it.followed, [], true)
  }
  return reconnect({ ...it, failures: 0 })
}

const answered = (it: Connection, signal: Extract<Signal, { readonly round: number }>): Next => {
  if (signal.round !== it.round) return [it, []]
  switch (signal.type) {
    case 'welcomed':
      return it.phase === 'joining' ? welcomed(it, signal.welcome) : [it, []]
    case 'joinRefused':
      return passing.has(signal.code) ? joinLater(it) : end(it, signal.code)
    case 'refilled':
      return it.phase === 'refilling' ? refilled(it, signal.frame) : [it, []]
    case 'refillRefused':
    case 'pauseOver':
      return join(it)
    case 'unanswered':
      return reconnect(it)
  }
}

export const step = (it: Connection, signal: Signal): Next => {
  if (it.phase === 'ended') return [it, []]
  switch (signal.type) {
    case 'socketUp':
      return join(it)
    case 'socketDown':
      return [{ ...it, phase: 'connecting', round: it.round + 1, held: [] }, []]
    case 'shutOut':
      return end(it, signal.code)
    case 'frame':
      return frameCame(it, signal.frame)
    case 'bye':
      return end(it, signal.code)
    case 'moved':
      return it.phase === 'live' ? reconnect({ ...it, failures: 0, isMoving: true }) : [it, []]
    case 'moveOverdue':
      return it.isMoving ? [{ ...it, isMoving: false }, []] : [it, []]
    case 'woke':
      return woke(it, signal.hiddenMs)
    case 'doubted':
      return it.phase === 'live' || it.phase === 'refilling' ? reconnect(it) : [it, []]
    default:
      return answered(it, signal)
  }
}

export type Status = 'connecting' | 'live' | 'offline' | 'ended'

/** What a face shows: a gap being filled is still live, a first connect is not yet offline. */
export const statusOf = (it: Connection): Status => {
  if (it.phase === 'ended') return 'ended'
  if (it.phase === 'live' || it.phase === 'refilling' || it.isMoving) return 'live'
  return it.everLive ? 'offline' : 'connecting'
}
