// Fills in a ballot for somebody else, by the poll's method: for the clerk who casts for a seat, and for the teller who
// reads a paper out.

import { unreachable } from '../../../shared/kernel/exhaustive.ts'
import type { CommandOf } from '../../../shared/meeting/commands.ts'
import { optionIds } from '../../../shared/meeting/pollOptions.ts'
import type { Poll } from '../../../shared/meeting/state.ts'
import { RankBallot } from '../../kit/ballot/RankBallot.tsx'
import { ScoreBallot } from '../../kit/ballot/ScoreBallot.tsx'
import { Checkbox } from '../../kit/Checkbox.tsx'
import { RadioGroup } from '../../kit/RadioGroup.tsx'
import { optionsInWords } from '../../kit/result/optionWords.ts'
import { ballotWords } from '../../words/ballot.ts'
import { pollWords } from '../../words/facilitatorPoll.ts'
import { useLanguage, useWords } from '../../words/words.ts'
import styles from './poll.module.css'

export type Choice = CommandOf<'castBallot'>['choice']

interface EditorProps {
  poll: Poll
  /** `null` while nothing is marked; an empty `choices` is a blank ballot. */
  choice: Choice | null
  onChange: (choice: Choice) => void
}

export const ChoiceEditor = ({ poll, choice, onChange }: EditorProps) => {
  const [language] = useLanguage()
  const word = useWords(ballotWords)
  const { method } = poll
  const options = optionsInWords(poll, language)
  switch (method.kind) {
    case 'yesNo':
    case 'chooseOne':
      return <One poll={poll} choice={choice} onChange={onChange} />
    case 'chooseUpTo':
    case 'approval':
      return <Several poll={poll} choice={choice} onChange={onChange} />
    case 'score':
      return (
        <>
          <p className={styles.note}>{word('scoreHint', { max: method.max })}</p>
          <ScoreBallot
            options={options}
            max={method.max}
            none={method.none}
            scores={choice !== null && 'scores' in choice ? choice.scores : {}}
            onChange={(scores) => onChange({ scores })}
          />
        </>
      )
    case 'irv':
    case 'stv':
    case 'schulze':
      return (
        <>
          <p className={styles.note}>{word('rankHint')}</p>
          <RankBallot
            options={options}
            ranking={choice !== null && 'ranking' in choice ? choice.ranking : []}
            onChange={(ranking) => onChange({ ranking })}
            none={method.none}
            allowsTies={method.kind === 'schulze'}
          />
        </>
      )
    default:
      return unreachable(method)
  }
}

const One = ({ poll, choice, onChange }: EditorProps) => {
  const word = useWords(pollWords)
  const [language] = useLanguage()
  return (
    <RadioGroup
      label={word('question')}
      hidesLabel
      value={choice !== null && 'choice' in choice ? choice.choice : null}
      onChange={(id) => onChange({ choice: id })}
      options={optionsInWords(poll, language)}
    />
  )
}

const Several = ({ poll, choice, onChange }: EditorProps) => {
  const word = useWords(pollWords)
  const chosen = choice !== null && 'choices' in choice ? choice.choices : []
  const { method } = poll
  const cap = method.kind === 'chooseUpTo' || method.kind === 'approval' ? method.max : undefined
  const max = cap ?? poll.options.length
  const toggle = (optionId: string, isOn: boolean) =>
    onChange({
      choices: optionIds(poll).filter((id) => (id === optionId ? isOn : chosen.includes(id))),
    })
  return (
    <fieldset className={styles.several} aria-label={word('options')}>
      {poll.options.map(({ optionId, label }) => (
        <Checkbox
          key={optionId}
          isSelected={chosen.includes(optionId)}
          isDisabled={!chosen.includes(optionId) && chosen.length >= max}
          onChange={(isOn) => toggle(optionId, isOn)}
        >
          {label}
        </Checkbox>
      ))}
      <p className={styles.note}>{word('chooseAtMost', { max })}</p>
    </fieldset>
  )
}
