// A yes or no that takes effect with the form it stands in.
import type { ReactNode } from 'react'
import styles from './Field.module.css'

export interface CheckboxProps {
  isSelected: boolean
  onChange: (isSelected: boolean) => void
  children: ReactNode
  isDisabled?: boolean
  /** Some of what it stands for is chosen, not all. */
  isPartial?: boolean
}

export const Checkbox = ({
  isSelected,
  onChange,
  children,
  isDisabled = false,
  isPartial = false,
}: CheckboxProps) => (
  <label className={styles.choice}>
    <input
      type="checkbox"
      checked={isSelected}
      disabled={isDisabled}
      ref={(box) => {
        if (box !== null) box.indeterminate = isPartial && !isSelected
      }}
      onChange={(event) => onChange(event.target.checked)}
    />
    <span>{children}</span>
  </label>
)
