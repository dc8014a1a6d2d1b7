// What can be answered to a poll, in option ids, and whether its answers must name their seats.
import { yesNoOptions } from '../counting/method.ts'
import type { Poll } from './state.ts'

export const optionIds = (poll: Pick<Poll, 'method' | 'options'>): readonly string[] =>
  poll.method.kind === 'yesNo' ? yesNoOptions : poll.options.map((option) => option.optionId)

/** Whether seats, present or not, weigh differently under the poll's rule: then every ballot must name its seat. */
export const isWeighedPoll = ({ roll }: Pick<Poll, 'roll'>): boolean =>
  roll.some(({ weighed }) => weighed !== undefined)
