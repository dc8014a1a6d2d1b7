// How far long work has come, with its numbers.
import styles from './Small.module.css'

export interface ProgressProps {
  label: string
  value: number
  /** `null` while the whole is not known. */
  max: number | null
}

export const Progress = ({ label, value, max }: ProgressProps) => (
  <div className={styles.progress}>
    <div className={styles.progressHead}>
      <span>{label}</span>
      <span className={styles.figures}>
        {value.toLocaleString()}
        {max === null ? '' : ` / ${max.toLocaleString()}`}
      </span>
    </div>
    <progress
      className={styles.bar}
      aria-label={label}
      {...(max === null ? {} : { value: Math.min(value, max), max: Math.max(max, 1) })}
    />
  </div>
)
