// Owns the one thing that a participant can do now: the phone shows it big, and everything else is quieter.
import type { Attendance, MeetingState, Poll, Speech } from '../../shared/meeting/state.ts'
import { openPoll, shownPoll } from '../../shared/views/polls.ts'
import { speakingOrder, type Waiting } from '../../shared/views/speakingOrder.ts'

export type Doing =
  | { readonly kind: 'closed' }
  | { readonly kind: 'doorsShut' }
  | { readonly kind: 'checkIn'; readonly status: Exclude<Attendance['status'], 'present'> }
  | { readonly kind: 'poll'; readonly poll: Poll }
  | { readonly kind: 'speaking'; readonly speech: Speech }
  | { readonly kind: 'result'; readonly poll: Poll }
  | { readonly kind: 'gathering' }
  | { readonly kind: 'recess' }
  | { readonly kind: 'listening' }

/** `seatId` is null for staff who look on; they are never asked to check in. */
export const doingNow = (state: MeetingState, seatId: string | null): Doing => {
  if (state.phase === 'closed') return { kind: 'closed' }
  if (state.phase === 'convened') return { kind: 'doorsShut' }
  const status = seatId === null ? 'present' : (state.attendance[seatId]?.status ?? 'absent')
  if (status !== 'present') return { kind: 'checkIn', status }
  const poll = openPoll(state)
  if (poll) return { kind: 'poll', poll }
  if (state.phase === 'recess') return { kind: 'recess' }
  const { speech } = state.floor
  if (speech && speech.seatId === seatId) return { kind: 'speaking', speech }
  const shown = state.stage.showsResult ? shownPoll(state) : null
  if (shown) return { kind: 'result', poll: shown }
  return { kind: state.phase === 'gathering' ? 'gathering' : 'listening' }
}

export interface QueuePlace extends Waiting {
  /** From 1. */
  readonly place: number
  readonly of: number
}

export const placeInQueue = (state: MeetingState, seatId: string | null): QueuePlace | null => {
  const order = speakingOrder(state)
  const index = order.findIndex((waiting) => waiting.seatId === seatId)
  const waiting = order[index]
  return waiting === undefined ? null : { ...waiting, place: index + 1, of: order.length }
}

export type NoHand = 'notInSession' | 'observer' | 'notPresent'

/** Why the seat cannot raise its hand, or `null` when it can. */
export const whyNoHand = (state: MeetingState, seatId: string | null): NoHand | null => {
  const seat = seatId === null ? undefined : state.seats[seatId]
  if (seat === undefined || seat.role === 'observer') return 'observer'
  if (state.phase !== 'inSession') return 'notInSession'
  return state.attendance[seat.seatId]?.status === 'present' ? null : 'notPresent'
}

export type NoEdit = 'observer' | 'notPresent' | 'closed'

/** Why the seat may only read drafts, or `null` when it may edit them. */
export const whyNoEdit = (state: MeetingState, seatId: string | null): NoEdit | null => {
  const seat = seatId === null ? undefined : state.seats[seatId]
  if (seat === undefined || seat.role === 'observer') return 'observer'
  if (state.phase === 'closed') return 'closed'
  return state.attendance[seat.seatId]?.status === 'present' ? null : 'notPresent'
}
