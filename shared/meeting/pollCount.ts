// From a closed urn to the counted result: the counting room's one function, fed with the poll's frozen figures.

import { rollOf } from '../counting/attendance.ts'
import { count } from '../counting/count.ts'
import type { Poll as CountedPoll, CountResult, PollBallot, PollSeat } from '../counting/poll.ts'
import { canonical } from '../record/canonical.ts'
import type { UrnContents } from './deciding.ts'
import { optionIds } from './pollOptions.ts'
import { type Member, membersOf } from './roll.ts'
import type { MeetingState, Poll } from './state.ts'

/** The poll as the counting room reads it. */
export const countedPoll = (state: MeetingState, poll: Poll, urn: UrnContents): CountedPoll => ({
  preset: poll.preset,
  method: poll.method,
  options: [...optionIds(poll)],
  optionNames: Object.fromEntries(
    poll.options.map(({ optionId, label }) => [optionId, { zh: label, en: label }]),
  ),
  parties: state.parties.map(({ partyId, name }) => ({ id: partyId, name })),
  ...(poll.winners === undefined ? {} : { winners: poll.winners }),
  ...(poll.unitPresets === undefined ? {} : { unitPresets: poll.unitPresets }),
  roll: poll.roll,
  seats: membersOf(state).map((seat) => pollSeat(seat, poll)),
  seed: poll.pollId,
  ballots: ballotsIn(urn),
})

/** Ballots with a name, then the bundles of hands and of papers. Spoiled papers are in the box and are no ballots. */
const ballotsIn = ({ ballots, hands, papers = [] }: UrnContents): PollBallot[] => [
  ...ballots.map(({ seatId, choice }) => ({ seat: seatId, choice })),
  ...hands.flatMap(({ partyId, counts }) =>
    Object.entries(counts)
      .filter(([, hands]) => hands > 0)
      .map(([choice, hands]) => ({ party: partyId, count: hands, choice: { choice } })),
  ),
  ...papers.flatMap(({ partyId, lines, blank }) => {
    const of = partyId === null ? {} : { party: partyId }
    const blanks = blank > 0 ? [{ ...of, count: blank, choice: { choices: [] } }] : []
    return [...lines.map(({ choice, count }) => ({ ...of, count, choice })), ...blanks]
  }),
]

/** As it was when the poll opened: whoever had a vote was there, by proxy or not, and so was whoever was recused. */
const pollSeat = ({ seatId, partyId, weight, households }: Member, poll: Poll): PollSeat => {
  const recused = poll.recused.includes(seatId)
  return {
    id: seatId,
    party: partyId,
    present: recused || poll.electors.some((elector) => elector.seatId === seatId),
    ...(recused ? { recused } : {}),
    ...(weight === undefined ? {} : { weight }),
    ...(households === undefined ? {} : { households }),
  }
}

/** What a ballot says stands beside whose it is. */
export type ExportedPoll = Omit<CountedPoll, 'ballots'> & {
  readonly ballots: readonly (Omit<PollBallot, 'choice'> & PollBallot['choice'])[]
}

/**
 * A closed poll as `count FILE` reads it: counted again, it comes to the same result. The roll is left out where it
 * follows from the seats; it does not where members of one household are counted as one.
 */
export const exportedPoll = (state: MeetingState, poll: Poll): ExportedPoll => {
  const { roll, ballots, ...rest } = countedPoll(state, poll, poll)
  const flat = ballots.map(({ choice, ...whose }) => ({ ...whose, ...choice }))
  const follows = canonical(rollOf({ ...rest, ballots })) === canonical(roll)
  return { ...rest, ...(follows || roll === undefined ? {} : { roll }), ballots: flat }
}

/** Every ballot in an urn was checked when it was cast; a urn that does not count is a bug, and throws. */
export const countPoll = (state: MeetingState, poll: Poll, urn: UrnContents): CountResult =>
  count(countedPoll(state, poll, urn))
