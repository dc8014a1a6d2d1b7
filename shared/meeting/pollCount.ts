// From a closed urn to the counted result: the counting room's one function, fed with the poll's frozen figures.
import { count } from '../counting/count.ts'
import { yesNoOptions } from '../counting/method.ts'
import type { Poll as CountedPoll, CountResult } from '../counting/poll.ts'
import type { HandCount, MeetingState, NamedBallot, Poll } from './state.ts'

interface Urn {
  readonly ballots: readonly NamedBallot[]
  readonly hands: readonly HandCount[]
}

/** The poll as the counting room and `count FILE` read it: exactly what an export of it holds. */
export const countedPoll = (state: MeetingState, poll: Poll, urn: Urn): CountedPoll => ({
  preset: poll.preset,
  method: poll.method,
  options: poll.method.kind === 'yesNo' ? [...yesNoOptions] : poll.options.map((option) => option.optionId),
  optionNames: Object.fromEntries(
    poll.options.map(({ optionId, label }) => [optionId, { zh: label, en: label }]),
  ),
  parties: state.parties.map(({ partyId, name }) => ({ id: partyId, name })),
  roll: poll.roll,
  seats: poll.electors.map(({ seatId, partyId }) => ({ id: seatId, party: partyId, present: true })),
  seed: poll.pollId,
  ballots: [
    ...urn.ballots.map(({ seatId, choice }) => ({ seat: seatId, choice })),
    ...urn.hands.flatMap(({ partyId, counts }) =>
      Object.entries(counts)
        .filter(([, hands]) => hands > 0)
        .map(([choice, hands]) => ({ party: partyId, count: hands, choice: { choice } })),
    ),
  ],
})

/** Every ballot in an urn was checked when it was cast; a urn that does not count is a bug, and throws. */
export const countPoll = (state: MeetingState, poll: Poll, urn: Urn): CountResult =>
  count(countedPoll(state, poll, urn))
