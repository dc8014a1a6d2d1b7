// How a poll ended, as people say it: a choice between options is not "not passed", nobody was chosen.
import type { CountResult } from '../../../shared/counting/poll.ts'
import type { Poll } from '../../../shared/meeting/state.ts'

export const toldOutcome = (
  { method }: Pick<Poll, 'method'>,
  outcome: CountResult['outcome'],
): CountResult['outcome'] | 'notElected' =>
  outcome === 'failed' && method.kind !== 'yesNo' ? 'notElected' : outcome
