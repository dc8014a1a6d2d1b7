// One of a few choices, all in sight.
import { type ReactNode, useId } from 'react'
import { classes } from './classes.ts'
import styles from './Field.module.css'

export interface RadioGroupProps {
  label: string
  value: string | null
  onChange: (id: string) => void
  options: readonly {
    readonly id: string
    readonly label: ReactNode
    readonly description?: string
    readonly isDisabled?: boolean
  }[]
  hidesLabel?: boolean
  isDisabled?: boolean
}

export const RadioGroup = ({
  label,
  value,
  onChange,
  options,
  hidesLabel = false,
  isDisabled = false,
}: RadioGroupProps) => {
  const name = useId()
  return (
    <fieldset className={styles.field} disabled={isDisabled}>
      <legend className={classes(styles.label, hidesLabel && styles.unseen)}>{label}</legend>
      <div className={styles.choices}>
        {options.map((option) => (
          <label key={option.id} className={styles.choice}>
            <input
              type="radio"
              name={name}
              checked={option.id === value}
              disabled={option.isDisabled === true}
              onChange={() => onChange(option.id)}
            />
            <span>
              {option.label}
              {option.description === undefined ? null : (
                <span className={styles.description} style={{ display: 'block' }}>
                  {option.description}
                </span>
              )}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
