// One line or several of text, with its label above and its trouble below.
import { useId } from 'react'
import { classes } from './classes.ts'
import styles from './Field.module.css'

export interface TextFieldProps {
  label: string
  value: string
  onChange: (value: string) => void
  description?: string | undefined
  error?: string | null | undefined
  type?: 'text' | 'password' | 'tel' | 'search' | 'number' | 'date' | 'time' | 'datetime-local'
  isRequired?: boolean
  isDisabled?: boolean
  multiline?: boolean
  autoFocus?: boolean
  autoComplete?: string
  inputMode?: 'text' | 'numeric' | 'tel' | 'search'
  charsMax?: number
  placeholder?: string
  /** Keeps the label for readers only, where a heading already says it. */
  hidesLabel?: boolean
  /** Enter, outside of a form and of several lines. */
  onEnter?: () => void
}

export const TextField = ({
  label,
  value,
  onChange,
  description,
  error,
  type = 'text',
  isRequired = false,
  isDisabled = false,
  multiline = false,
  autoFocus = false,
  autoComplete,
  inputMode,
  charsMax,
  placeholder,
  hidesLabel = false,
  onEnter,
}: TextFieldProps) => {
  const id = useId()
  const shared = {
    id,
    className: styles.input,
    value,
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
    required: isRequired,
    disabled: isDisabled,
    autoFocus,
    autoComplete,
    inputMode,
    maxLength: charsMax,
    placeholder,
    'aria-invalid': error ? true : undefined,
    'aria-describedby': description || error ? `${id}-note` : undefined,
  }
  return (
    <div className={styles.field}>
      <label className={classes(styles.label, hidesLabel && styles.unseen)} htmlFor={id}>
        {label}
        {isRequired ? <span aria-hidden="true" className={styles.required} /> : null}
      </label>
      {multiline ? (
        <textarea {...shared} rows={4} />
      ) : (
        <input
          {...shared}
          type={type}
          onKeyDown={(event) => {
            // an Enter that ends an input method's composition is not the reader's Enter
            if (event.key === 'Enter' && onEnter !== undefined && !event.nativeEvent.isComposing) onEnter()
          }}
        />
      )}
      <div id={`${id}-note`}>
        {error ? (
          <p className={styles.error} role="alert">
            {error}
          </p>
        ) : description ? (
          <p className={styles.description}>{description}</p>
        ) : null}
      </div>
    </div>
  )
}
