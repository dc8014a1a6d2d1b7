// A choice of one among several from the device's own list, which every phone shows in a size its owner can read.
import { useId } from 'react'
import { classes } from './classes.ts'
import styles from './Field.module.css'

export interface SelectProps {
  label: string
  value: string | null
  onChange: (id: string) => void
  /** The chosen option's description stands below the list. */
  options: readonly { readonly id: string; readonly label: string; readonly description?: string }[]
  description?: string | undefined
  error?: string | null | undefined
  placeholder?: string
  isDisabled?: boolean
  isRequired?: boolean
  hidesLabel?: boolean
}

export const Select = ({
  label,
  value,
  onChange,
  options,
  description,
  error,
  placeholder,
  isDisabled = false,
  isRequired = false,
  hidesLabel = false,
}: SelectProps) => {
  const id = useId()
  const note = options.find((option) => option.id === value)?.description ?? description
  return (
    <div className={styles.field}>
      <label className={classes(styles.label, hidesLabel && styles.unseen)} htmlFor={id}>
        {label}
        {isRequired ? <span aria-hidden="true" className={styles.required} /> : null}
      </label>
      <select
        id={id}
        className={styles.input}
        value={value ?? ''}
        onChange={(event) => onChange(event.target.value)}
        disabled={isDisabled}
        required={isRequired}
        aria-invalid={error ? true : undefined}
        aria-describedby={note || error ? `${id}-note` : undefined}
      >
        {value === null || placeholder !== undefined ? (
          <option value="" disabled>
            {placeholder ?? '—'}
          </option>
        ) : null}
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.label}
          </option>
        ))}
      </select>
      <div id={`${id}-note`}>
        {error ? (
          <p className={styles.error} role="alert">
            {error}
          </p>
        ) : note ? (
          <p className={styles.description}>{note}</p>
        ) : null}
      </div>
    </div>
  )
}
