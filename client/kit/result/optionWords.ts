// Options of a poll and what a ballot says, in words, alike on every face.
import { type BallotChoice, isBlank } from '../../../shared/counting/ballot.ts'
import { optionIds } from '../../../shared/meeting/pollOptions.ts'
import type { Poll } from '../../../shared/meeting/state.ts'
import { ballotWords } from '../../words/ballot.ts'
import { type Language, wordIn } from '../../words/words.ts'
import type { TallyRow } from '../TallyBars.tsx'

export type Options = Pick<Poll, 'method' | 'options'>

const sides = ['yes', 'no', 'abstain'] as const
type Side = (typeof sides)[number]
const isSide = (id: string): id is Side => sides.some((side) => side === id)

export const optionLabel = ({ method, options }: Options, id: string, language: Language): string => {
  const own = options.find(({ optionId }) => optionId === id)
  if (own !== undefined) return own.label
  return method.kind === 'yesNo' && isSide(id) ? wordIn(ballotWords, language, id) : id
}

export interface OptionInWords {
  readonly id: string
  readonly label: string
  readonly kind: TallyRow['kind']
}

/** In the poll's own order; for, against and abstain in their fixed places. */
export const optionsInWords = (poll: Options, language: Language): OptionInWords[] =>
  optionIds(poll).map((id) => ({
    id,
    label: optionLabel(poll, id, language),
    kind: poll.method.kind === 'yesNo' && isSide(id) ? id : 'other',
  }))

/** What a ballot says: the options it names, the points it gives, or its order of preference. */
export const choiceWords = (poll: Options, choice: BallotChoice, language: Language): string => {
  const label = (id: string) => optionLabel(poll, id, language)
  const word = (key: 'blank' | 'listComma' | 'equals') => wordIn(ballotWords, language, key)
  if (isBlank(choice)) return word('blank')
  if ('choice' in choice) return label(choice.choice)
  if ('choices' in choice) return choice.choices.map(label).join(word('listComma'))
  if ('scores' in choice) {
    return optionIds(poll)
      .flatMap((id) => {
        const points = choice.scores[id]
        if (points === undefined) return []
        return [wordIn(ballotWords, language, 'scored', { option: label(id), count: points })]
      })
      .join(word('listComma'))
  }
  return choice.ranking
    .map((group, at) => `${at + 1}. ${group.map(label).join(word('equals'))}`)
    .join(wordIn(ballotWords, language, 'rankSpace'))
}
