// A ballot of points: up to ten by tapping the number, more by a number with a smaller and a larger beside it.
import { useId } from 'react'
import { ballotWords } from '../../words/ballot.ts'
import { useWords } from '../../words/words.ts'
import { Button } from '../Button.tsx'
import { classes } from '../classes.ts'
import type { OptionInWords } from '../result/optionWords.ts'
import styles from './Ballot.module.css'

export type Scores = Readonly<Record<string, number>>

interface ScoreBallotProps {
  options: readonly OptionInWords[]
  max: number
  scores: Scores
  /** The option that stands for none of the above, shown apart. */
  none?: string | undefined
  onChange: (scores: Scores) => void
}

const tappedMax = 10

export const ScoreBallot = ({ options, max, scores, none, onChange }: ScoreBallotProps) => {
  const word = useWords(ballotWords)
  return (
    <div className={styles.ballot}>
      {options.map(({ id, label }) => {
        const points = scores[id]
        const give = (given: number): void => onChange({ ...scores, [id]: given })
        const Points = max <= tappedMax ? Tapped : Stepped
        return (
          <fieldset key={id} className={classes(styles.scored, id === none && styles.apart)}>
            <legend className={styles.scoredHead}>
              <span className={styles.option}>{label}</span>
              <output className={styles.given}>
                {points === undefined ? word('scoreNone') : word('points', { count: points })}
              </output>
            </legend>
            <Points label={label} max={max} points={points} onGive={give} />
            {id === none ? <p className={styles.note}>{word('noneApartHint', { option: label })}</p> : null}
          </fieldset>
        )
      })}
    </div>
  )
}

interface PointsProps {
  label: string
  max: number
  points: number | undefined
  onGive: (points: number) => void
}

const Tapped = ({ label, max, points, onGive }: PointsProps) => {
  const word = useWords(ballotWords)
  const name = useId()
  return (
    <div className={styles.steps} role="radiogroup" aria-label={word('scoreOf', { option: label })}>
      {Array.from({ length: max + 1 }, (_, step) => (
        <label key={step} className={classes(styles.step, step === points && styles.chosen)}>
          <input
            type="radio"
            name={name}
            className={styles.input}
            checked={step === points}
            onChange={() => onGive(step)}
          />
          {step}
          <span className={styles.halo} aria-hidden="true" />
        </label>
      ))}
    </div>
  )
}

const Stepped = ({ label, max, points, onGive }: PointsProps) => {
  const word = useWords(ballotWords)
  const give = (points: number): void => onGive(Math.min(max, Math.max(0, Math.round(points))))
  return (
    <div className={styles.stepper}>
      <Button
        label={word('lessScore', { option: label })}
        isDisabled={points === 0}
        onPress={() => give((points ?? 0) - 1)}
      >
        −
      </Button>
      <input
        type="number"
        inputMode="numeric"
        min={0}
        max={max}
        className={styles.number}
        aria-label={word('scoreOf', { option: label })}
        value={points ?? ''}
        onChange={({ target }) => {
          if (target.value !== '' && Number.isFinite(Number(target.value))) give(Number(target.value))
        }}
      />
      <Button
        label={word('moreScore', { option: label })}
        isDisabled={points === max}
        onPress={() => give((points ?? 0) + 1)}
      >
        +
      </Button>
    </div>
  )
}
