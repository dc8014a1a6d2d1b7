// Owns what the own seat's ballot paper says in a poll: may it vote here, what is on its way, and what is counted.
import type { MeetingState, Poll } from '../../shared/meeting/state.ts'
import type { MyBallot, Tally } from '../../shared/wire/live.ts'
import type { PendingOrder } from '../link/orders.ts'

export type Choice = MyBallot['choice']
export type NoVote = 'noSeat' | 'observer' | 'recused' | 'notAnElector' | 'clerk'

export type BallotPaper =
  | { readonly kind: 'cannot'; readonly why: NoVote; readonly isIn: boolean }
  /** On its way and not counted. */
  | { readonly kind: 'sending'; readonly choice: Choice }
  | { readonly kind: 'counted'; readonly ballot: MyBallot; readonly mayChange: boolean }
  | { readonly kind: 'empty' }

const whyNoVote = (state: MeetingState, poll: Poll, seatId: string | null): NoVote | null => {
  const seat = seatId === null ? undefined : state.seats[seatId]
  if (seat === undefined) return 'noSeat'
  if (seat.role === 'observer') return 'observer'
  if (poll.recused.includes(seat.seatId)) return 'recused'
  const elector = poll.electors.find((one) => one.seatId === seatId)
  if (elector === undefined) return 'notAnElector'
  return elector.channel === 'clerk' ? 'clerk' : null
}

export const ballotPaper = (
  poll: Poll,
  seatId: string | null,
  known: {
    readonly state: MeetingState
    readonly myBallots: readonly MyBallot[]
    readonly orders: readonly PendingOrder[]
    readonly tally: Tally | null
  },
): BallotPaper => {
  const isIn = known.tally?.pollId === poll.pollId && seatId !== null && known.tally.seats.includes(seatId)
  const why = whyNoVote(known.state, poll, seatId)
  if (why !== null) return { kind: 'cannot', why, isIn }
  // The last one given is the one that will count.
  const sending = known.orders.flatMap(({ command }) =>
    command.type === 'castBallot' &&
    command.pollId === poll.pollId &&
    (command.seatId === undefined || command.seatId === seatId)
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

/** What is chosen, in option ids. */
export const chosenIn = (choice: Choice): readonly string[] =>
  'choice' in choice ? [choice.choice] : choice.choices

export type Proof = 'same' | 'there' | 'differs' | 'missing' | 'none'

/** How the own ballot in the record compares with the receipt kept on this device. */
export const proofOf = (poll: Poll, seatId: string, kept: string | undefined): Proof => {
  const entered = poll.ballots.find((ballot) => ballot.seatId === seatId)
  if (kept === undefined) return entered === undefined ? 'none' : 'there'
  if (entered === undefined) return poll.secrecy === 'named' && poll.status === 'closed' ? 'missing' : 'none'
  return entered.receipt === kept ? 'same' : 'differs'
}
