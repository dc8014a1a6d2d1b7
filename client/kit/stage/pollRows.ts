// The rows of a poll's bars: for, against, abstain in their fixed places, or the options in the order of their votes.
import type { Poll } from '../../../shared/meeting/state.ts'
import { screenWords } from '../../words/screen.ts'
import { type Language, wordIn } from '../../words/words.ts'
import type { TallyRow } from '../TallyBars.tsx'

/** @param rowsMax options beyond it are left to the papers */
export const pollRows = (
  poll: Poll,
  counts: Readonly<Record<string, number>>,
  language: Language,
  rowsMax = Number.POSITIVE_INFINITY,
): TallyRow[] => {
  if (poll.method.kind === 'yesNo') {
    return (['yes', 'no', 'abstain'] as const).map((id) => ({
      id,
      kind: id,
      label: wordIn(screenWords, language, id),
      count: counts[id] ?? 0,
    }))
  }
  return poll.options
    .map(
      ({ optionId, label }): TallyRow => ({
        id: optionId,
        label,
        kind: 'other',
        count: counts[optionId] ?? 0,
      }),
    )
    .sort((one, other) => other.count - one.count)
    .slice(0, rowsMax)
}
