// What an open poll's urn may take, checked against the state. The urn checks again what may have changed meanwhile
// (still open, not yet cast), in the transaction that stores the ballot.
import { checkBallot } from '../counting/ballot.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import type { CommandOf } from './commands.ts'
import { type Actor, actsForOther, isStaff } from './deciding.ts'
import { electorOf, isWeighedPoll, optionIds } from './pollOptions.ts'
import type { Elector, MeetingState, NamedBallot, Poll } from './state.ts'

interface BallotTaken {
  readonly poll: Poll
  readonly elector: Elector
  readonly source: NamedBallot['source']
}

/** Who casts, for which seat and through which channel. A proxy is used by the seat that holds it, or by the clerk. */
export const checkBallotFor = (
  state: MeetingState,
  command: CommandOf<'castBallot'>,
  by: Actor,
): Result<BallotTaken> => {
  const poll = state.polls[command.pollId]
  if (!poll) return refuse('pollUnknown')
  if (poll.status !== 'open') return refuse('pollClosed')
  const seatId = command.seatId ?? by.seatId
  const elector = seatId === null ? undefined : electorOf(poll, seatId)
  const holds = elector?.heldBy !== undefined && elector.heldBy === by.seatId
  const onBehalf = actsForOther(command.seatId, by)
  if (onBehalf && !holds && !isStaff(by.role)) return refuse('notAllowed')
  const seat = seatId === null ? undefined : state.seats[seatId]
  if (seatId === null || !seat) return refuse('seatUnknown')
  if (seat.role === 'observer') return refuse('observerCannot')
  if (poll.recused.includes(seatId)) return refuse('recused')
  if (!elector) return refuse('notAnElector')
  if (poll.secrecy === 'secret') return refuse('secretByDevice')
  const givenAway = elector.heldBy !== undefined && !onBehalf
  if (givenAway) return refuse('otherSource')
  const fits = checkBallot(poll.method, optionIds(poll), command.choice)
  if (!fits.ok) return fits
  const source = elector.heldBy !== undefined ? 'proxy' : onBehalf ? 'clerk' : 'device'
  return accept({ poll, elector, source })
}

/** Hands are counted for a party's electors whose channel is the clerk; only where one option is chosen. */
export const checkHandsFor = (
  state: MeetingState,
  command: CommandOf<'countHands'>,
): Result<{ poll: Poll; hands: number }> => {
  const poll = state.polls[command.pollId]
  if (!poll) return refuse('pollUnknown')
  if (poll.status !== 'open') return refuse('pollClosed')
  if (!state.parties.some((party) => party.partyId === command.partyId)) return refuse('partyUnknown')
  if (poll.method.kind !== 'yesNo' && poll.method.kind !== 'chooseOne') return refuse('otherSource')
  if (isWeighedPoll(poll)) return refuse('weighedByName')
  const known = optionIds(poll)
  if (Object.keys(command.counts).some((option) => !known.includes(option))) return refuse('optionUnknown')
  return accept({ poll, hands: Object.values(command.counts).reduce((sum, count) => sum + count, 0) })
}
