// The options of a poll with the numbers that its method asks for, and none of the above.
import { limits } from '../../../shared/kernel/limits.ts'
import { Button } from '../../kit/Button.tsx'
import { Checkbox } from '../../kit/Checkbox.tsx'
import { TextField } from '../../kit/TextField.tsx'
import { composeWords } from '../../words/facilitatorCompose.ts'
import { pollWords } from '../../words/facilitatorPoll.ts'
import { useWords } from '../../words/words.ts'
import { asksWinners, type Composition, mayAddOption, mostPlaces, type Problem } from './composition.ts'
import styles from './poll.module.css'

interface OptionsProps {
  composition: Composition
  problems: readonly Problem[]
  onChange: (change: Partial<Composition>) => void
}

const optionProblems: readonly Problem[] = ['optionsFew', 'optionsTwice', 'optionsMany']

export const OptionsEditor = ({ composition, problems, onChange }: OptionsProps) => {
  const word = useWords(pollWords)
  const composeWord = useWords(composeWords)
  const { options } = composition
  const change = (at: number, label: string) =>
    onChange({ options: options.map((before, index) => (index === at ? label : before)) })
  const trouble = problems.find((one) => optionProblems.includes(one))
  return (
    <fieldset className={styles.options}>
      <legend>{word('options')}</legend>
      {options.map((label, index) => (
        <div key={index} className={styles.option}>
          <TextField
            label={word('option', { count: index + 1 })}
            hidesLabel
            placeholder={word('option', { count: index + 1 })}
            value={label}
            onChange={(text) => change(index, text)}
            charsMax={limits.titleCharsMax}
            onEnter={() => {
              if (mayAddOption(composition)) onChange({ options: [...options, ''] })
            }}
            autoFocus={index > 1}
          />
          {options.length > 2 ? (
            <Button
              kind="quiet"
              label={word('removeOption', { count: index + 1 })}
              onPress={() => onChange({ options: options.filter((_, at) => at !== index) })}
            >
              ✕
            </Button>
          ) : null}
        </div>
      ))}
      {trouble === 'optionsFew' || trouble === 'optionsTwice' ? (
        <p className={styles.trouble}>{word(trouble)}</p>
      ) : null}
      {trouble === 'optionsMany' ? (
        <p className={styles.trouble}>{composeWord('optionsMany', { max: limits.pollOptionsMax })}</p>
      ) : null}
      {mayAddOption(composition) ? (
        <Button kind="quiet" onPress={() => onChange({ options: [...options, ''] })}>
          + {word('addOption')}
        </Button>
      ) : null}
      <Checkbox isSelected={composition.hasNone} onChange={(hasNone) => onChange({ hasNone })}>
        {composeWord('hasNone')}
      </Checkbox>
      <Numbers composition={composition} problems={problems} onChange={onChange} />
    </fieldset>
  )
}

const Numbers = ({ composition, problems, onChange }: OptionsProps) => {
  const word = useWords(pollWords)
  const composeWord = useWords(composeWords)
  const { kind, max, cap, points, winners } = composition
  const most = mostPlaces(composition)
  const errorIn = (problem: Problem, of: number) =>
    problems.includes(problem) ? word('maxWrong', { max: of }) : null
  return (
    <div className={styles.numbers}>
      {kind === 'chooseUpTo' ? (
        <TextField
          label={word('max')}
          value={max}
          onChange={(text) => onChange({ max: text })}
          inputMode="numeric"
          error={errorIn('maxWrong', most)}
        />
      ) : null}
      {kind === 'approval' ? (
        <TextField
          label={word('max')}
          description={composeWord('capHint')}
          value={cap}
          onChange={(text) => onChange({ cap: text.trim() })}
          inputMode="numeric"
          error={errorIn('capWrong', most)}
        />
      ) : null}
      {kind === 'score' ? (
        <TextField
          label={composeWord('points')}
          value={points}
          onChange={(text) => onChange({ points: text })}
          inputMode="numeric"
          error={errorIn('pointsWrong', limits.scoreMax)}
        />
      ) : null}
      {asksWinners(kind) ? (
        <TextField
          label={composeWord('winners')}
          description={composeWord(kind === 'chooseUpTo' ? 'winnersAsMax' : 'winnersOne')}
          value={winners}
          onChange={(text) => onChange({ winners: text.trim() })}
          inputMode="numeric"
          error={errorIn('winnersWrong', most)}
        />
      ) : null}
    </div>
  )
}
