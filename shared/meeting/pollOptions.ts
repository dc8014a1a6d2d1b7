// What can be answered to a poll, in option ids, by whom, and whether its answers must name their seats.
import { yesNoOptions } from '../counting/method.ts'
import type { Elector, Poll } from './state.ts'

export const optionIds = (poll: Pick<Poll, 'method' | 'options'>): readonly string[] =>
  poll.method.kind === 'yesNo' ? yesNoOptions : poll.options.map((option) => option.optionId)

/** Whether seats, present or not, weigh differently under the poll's rule: then every ballot must name its seat. */
export const isWeighedPoll = ({ roll }: Pick<Poll, 'roll'>): boolean =>
  roll.some(({ weighed }) => weighed !== undefined)

const held = new WeakMap<Poll['electors'], readonly Elector[]>()

/** The seats whose written proxy this one holds in the poll. */
export const heldIn = ({ electors }: Pick<Poll, 'electors'>, seatId: string): string[] => {
  const given = held.get(electors) ?? electors.filter(({ heldBy }) => heldBy !== undefined)
  held.set(electors, given)
  return given.filter(({ heldBy }) => heldBy === seatId).map((elector) => elector.seatId)
}

const indexed = new WeakMap<Poll['electors'], ReadonlyMap<string, Elector>>()

/** Found without a look through all of them: each of a thousand voters asks. */
export const electorOf = ({ electors }: Pick<Poll, 'electors'>, seatId: string): Elector | undefined => {
  const known = indexed.get(electors) ?? new Map(electors.map((elector) => [elector.seatId, elector]))
  indexed.set(electors, known)
  return known.get(seatId)
}
