// The button: one primary a view, the others plain or quiet; danger asks with colour and word.
import type { ReactNode, Ref } from 'react'
import { kitWords } from '../words/kit.ts'
import { useWords } from '../words/words.ts'
import styles from './Button.module.css'
import { classes } from './classes.ts'

export interface ButtonProps {
  children: ReactNode
  kind?: 'primary' | 'plain' | 'quiet' | 'danger'
  size?: 'normal' | 'large'
  /** Stretches over the whole width. */
  isWide?: boolean
  type?: 'button' | 'submit'
  onPress?: () => void
  isDisabled?: boolean
  /** Shows that the press is being carried out, and takes no second one. */
  isPending?: boolean
  /** For a button whose face is only a mark. */
  label?: string
  /** Pressed or not, for a button that stays down. */
  isPressed?: boolean
  ref?: Ref<HTMLButtonElement>
}

export const Button = ({
  children,
  kind = 'plain',
  size = 'normal',
  isWide = false,
  type = 'button',
  onPress,
  isDisabled = false,
  isPending = false,
  label,
  isPressed,
  ref,
}: ButtonProps) => {
  const word = useWords(kitWords)
  return (
    <button
      ref={ref}
      type={type}
      className={classes(styles.button, styles[kind], styles[size], isWide && styles.wide)}
      disabled={isDisabled}
      aria-disabled={isPending || undefined}
      aria-busy={isPending || undefined}
      aria-label={label}
      title={label}
      aria-pressed={isPressed}
      onClick={(event) => {
        if (isPending) event.preventDefault()
        else onPress?.()
      }}
    >
      <span className={styles.face} data-pending={isPending || undefined}>
        {children}
      </span>
      {isPending ? (
        <span className={styles.spinner} role="status">
          <span className={styles.unseen}>{word('working')}</span>
        </span>
      ) : null}
    </button>
  )
}
