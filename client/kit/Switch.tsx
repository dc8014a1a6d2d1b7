// On or off, at once.
import type { ReactNode } from 'react'
import styles from './Field.module.css'

export interface SwitchProps {
  isSelected: boolean
  onChange: (isSelected: boolean) => void
  children: ReactNode
  isDisabled?: boolean
}

export const Switch = ({ isSelected, onChange, children, isDisabled = false }: SwitchProps) => (
  <button
    type="button"
    role="switch"
    className={styles.switch}
    aria-checked={isSelected}
    disabled={isDisabled}
    onClick={() => onChange(!isSelected)}
  >
    <span className={styles.track} aria-hidden="true" />
    <span>{children}</span>
  </button>
)
