// What the shares of a poll are of, named in the unit in which its ballots weigh.
import type { CountResult } from '../../../shared/counting/poll.ts'
import type { Poll } from '../../../shared/meeting/state.ts'
import { liveBase } from '../../../shared/views/polls.ts'
import { countingWords } from '../../words/counting.ts'
import { type Language, wordIn } from '../../words/words.ts'

export type Weighing = 'seats' | 'households' | 'weight'

/** What a ballot of the poll counts for: one seat, the households it stands for, or the seat's weight. */
export const weighingOf = ({ preset, electors }: Pick<Poll, 'preset' | 'electors'>): Weighing => {
  if (preset.weights === 'household') return 'households'
  return electors.some(({ weight }) => weight !== undefined) ? 'weight' : 'seats'
}

export interface NamedBase {
  readonly count: number
  readonly label: string
}

const presentIn = ({ roll }: Poll, unit: Weighing): number =>
  roll.reduce(
    (sum, party) => sum + ((unit === 'seats' ? undefined : party.weighed?.present) ?? party.present),
    0,
  )

/** Of a counted poll; `null` where the method has no shares, as in a ranked count of several places. */
export const resultBase = (poll: Poll, { base }: CountResult, language: Language): NamedBase | null => {
  if (base === undefined) return null
  const { of, count } = base
  const unit = weighingOf(poll)
  const named = (key: Parameters<typeof wordIn<keyof typeof countingWords.zh>>[2]): NamedBase => ({
    count,
    label: wordIn(countingWords, language, key, { count }),
  })
  if (of === 'present') {
    return named(`base_${count < presentIn(poll, unit) ? 'presentLess' : 'present'}_${unit}`)
  }
  return of === 'cast' || of === 'roster' ? named(`base_${of}_${unit}`) : named(`base_${of}`)
}

/** Of an open poll that shows its figures. */
export const runningBase = (poll: Poll, castWeight: number, language: Language): NamedBase => {
  const { of, count } = liveBase(poll, castWeight)
  const key = of === 'points' ? 'base_points' : (`base_${of}_${weighingOf(poll)}` as const)
  return { count, label: wordIn(countingWords, language, key, { count }) }
}
