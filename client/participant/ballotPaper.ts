// Owns what a seat's ballot paper says in a poll: may it be cast here, what is on its way, and what is counted.
import type { Elector, MeetingState, Poll } from '../../shared/meeting/state.ts'
import { sourceOf } from '../../shared/views/polls.ts'
import type { MyBallot, Tally } from '../../shared/wire/live.ts'
import type { PendingOrder } from '../link/orders.ts'

export type Choice = MyBallot['choice']
export type NoVote =
  | 'noSeat'
  | 'observer'
  | 'recused'
  | 'notAnElector'
  | 'clerk'
  | 'paper'
  | 'secretHands'
  | 'secretPaper'
  | 'recordOnly'
  | 'given'

export type BallotPaper =
  | { readonly kind: 'cannot'; readonly why: NoVote; readonly isIn: boolean }
  /** On its way and not counted. */
  | { readonly kind: 'sending'; readonly choice: Choice }
  | { readonly kind: 'counted'; readonly ballot: MyBallot; readonly mayChange: boolean }
  | { readonly kind: 'empty' }

/** Why an elector's ballot does not come from a device. A held proxy is used by its holder's. */
const whyNoDevice = (state: MeetingState, poll: Poll, elector: Elector, isHolder: boolean): NoVote | null => {
  const isSecret = poll.secrecy === 'secret'
  switch (sourceOf(state, poll, elector)) {
    case 'device':
      return null
    case 'proxy':
      return isHolder ? null : 'given'
    case 'clerk':
      return isSecret ? 'secretHands' : 'clerk'
    case 'paper':
      if (!isHolder && elector.heldBy !== undefined) return 'given'
      if (poll.preset.recordOnly) return 'recordOnly'
      return isSecret ? 'secretPaper' : 'paper'
  }
}

const whyNoVote = (
  state: MeetingState,
  poll: Poll,
  seatId: string | null,
  isHolder: boolean,
): NoVote | null => {
  const seat = seatId === null ? undefined : state.seats[seatId]
  if (seat === undefined) return 'noSeat'
  if (seat.role === 'observer') return 'observer'
  if (poll.recused.includes(seat.seatId)) return 'recused'
  const elector = poll.electors.find((one) => one.seatId === seatId)
  return elector === undefined ? 'notAnElector' : whyNoDevice(state, poll, elector, isHolder)
}

export const electorOf = (poll: Poll, seatId: string | null): Elector | undefined =>
  poll.electors.find((one) => one.seatId === seatId)

/** The electors whose written proxy a seat holds in a poll. */
export const heldBy = (poll: Poll, seatId: string | null): readonly Elector[] =>
  seatId === null ? [] : poll.electors.filter((elector) => elector.heldBy === seatId)

/** @param isHolder the paper is looked at by the seat that holds the proxy of `seatId` */
export const ballotPaper = (
  poll: Poll,
  seatId: string | null,
  known: {
    readonly state: MeetingState
    readonly myBallots: readonly MyBallot[]
    readonly orders: readonly PendingOrder[]
    readonly tally: Tally | null
  },
  isHolder = false,
): BallotPaper => {
  const isIn = known.tally?.pollId === poll.pollId && seatId !== null && known.tally.seats.includes(seatId)
  const why = whyNoVote(known.state, poll, seatId, isHolder)
  if (why !== null) return { kind: 'cannot', why, isIn }
  // The last one given is the one that will count.
  const sending = known.orders.flatMap(({ command }) =>
    command.type === 'castBallot' &&
    command.pollId === poll.pollId &&
    (command.seatId === seatId || (command.seatId === undefined && !isHolder))
      ? [command.choice]
      : [],
  )
  const last = sending[sending.length - 1]
  if (last !== undefined) return { kind: 'sending', choice: last }
  const ballot = known.myBallots.find((one) => one.pollId === poll.pollId && one.seatId === seatId)
  if (ballot) return { kind: 'counted', ballot, mayChange: poll.changeable }
  // The hall has a ballot of this seat that this device did not cast: a clerk entered it.
  return isIn ? { kind: 'cannot', why: 'clerk', isIn } : { kind: 'empty' }
}

export type Proof = 'same' | 'there' | 'differs' | 'missing' | 'none'

/** How a seat's ballot in the record compares with the receipt kept on this device. */
export const proofOf = (poll: Poll, seatId: string, kept: string | undefined): Proof => {
  const entered = poll.ballots.find((ballot) => ballot.seatId === seatId)
  if (kept === undefined) return entered === undefined ? 'none' : 'there'
  if (entered === undefined) return poll.secrecy === 'named' && poll.status === 'closed' ? 'missing' : 'none'
  return entered.receipt === kept ? 'same' : 'differs'
}
