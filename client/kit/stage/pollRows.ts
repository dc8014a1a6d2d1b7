// The rows of a poll's bars: for, against, abstain in their fixed places, or the options in the order of their votes.
import type { CountResult } from '../../../shared/counting/poll.ts'
import type { Language } from '../../words/words.ts'
import { type Options, optionsInWords } from '../result/optionWords.ts'
import type { TallyRow } from '../TallyBars.tsx'

/**
 * @param rowsMax options beyond it are left to the papers
 * @param shares of the count, where it is over
 */
export const pollRows = (
  poll: Options,
  counts: Readonly<Record<string, number>>,
  language: Language,
  rowsMax = Number.POSITIVE_INFINITY,
  shares: CountResult['shares'] = {},
): TallyRow[] => {
  const rows = optionsInWords(poll, language).map((option): TallyRow => {
    const share = shares[option.id]
    return { ...option, count: counts[option.id] ?? 0, ...(share === undefined ? {} : { share }) }
  })
  if (poll.method.kind === 'yesNo') return rows
  return rows.sort((one, other) => other.count - one.count).slice(0, rowsMax)
}
