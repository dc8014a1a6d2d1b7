// What can be answered in a poll, and what a ballot answered, in words.
import type { NamedBallot, Poll } from '../../../shared/meeting/state.ts'
import type { recordWords } from '../../words/record.ts'

type Word = (key: keyof typeof recordWords.zh) => string

export interface Option {
  readonly id: string
  readonly label: string
  readonly kind: 'yes' | 'no' | 'abstain' | 'other'
}

export const optionsOf = (poll: Poll, word: Word): Option[] =>
  poll.method.kind === 'yesNo'
    ? (['yes', 'no', 'abstain'] as const).map((id) => ({ id, label: word(id), kind: id }))
    : poll.options.map(({ optionId, label }) => ({ id: optionId, label, kind: 'other' }))

export const choiceText = ({ choice }: NamedBallot, options: readonly Option[], word: Word): string => {
  const chosen = 'choice' in choice ? [choice.choice] : choice.choices
  if (chosen.length === 0) return word('blank')
  return chosen.map((id) => options.find((option) => option.id === id)?.label ?? id).join('、')
}
