// The options of a poll and, where up to a number may be chosen, that number.
import { limits } from '../../../shared/kernel/limits.ts'
import { Button } from '../../kit/Button.tsx'
import { TextField } from '../../kit/TextField.tsx'
import { pollWords } from '../../words/facilitatorPoll.ts'
import { useWords } from '../../words/words.ts'
import { type Composition, mayAddOption, optionsOf, type Problem } from './composition.ts'
import styles from './poll.module.css'

interface OptionsProps {
  composition: Composition
  problems: readonly Problem[]
  onChange: (change: Partial<Composition>) => void
}

export const OptionsEditor = ({ composition, problems, onChange }: OptionsProps) => {
  const word = useWords(pollWords)
  const { options } = composition
  const change = (at: number, label: string) =>
    onChange({ options: options.map((before, index) => (index === at ? label : before)) })
  const trouble = problems.find((one) => one === 'optionsFew' || one === 'optionsTwice')
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
      {trouble === undefined ? null : <p className={styles.trouble}>{word(trouble)}</p>}
      {mayAddOption(composition) ? (
        <Button kind="quiet" onPress={() => onChange({ options: [...options, ''] })}>
          + {word('addOption')}
        </Button>
      ) : null}
      {composition.kind === 'chooseUpTo' ? (
        <TextField
          label={word('max')}
          value={composition.max}
          onChange={(max) => onChange({ max })}
          inputMode="numeric"
          error={
            problems.includes('maxWrong')
              ? word('maxWrong', { max: Math.max(1, optionsOf(composition).length) })
              : null
          }
        />
      ) : null}
    </fieldset>
  )
}
