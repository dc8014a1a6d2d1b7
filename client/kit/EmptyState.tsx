// Nothing here yet, and the next step.
import type { ReactNode } from 'react'
import styles from './Small.module.css'

export const EmptyState = ({
  title,
  hint,
  action,
}: {
  title: string
  hint?: ReactNode
  action?: ReactNode
}) => (
  <div className={styles.empty}>
    <svg viewBox="0 0 48 32" width="72" height="48" aria-hidden="true">
      <path
        d="M4 28c6-12 10-16 14-16s6 6 9 6 6-10 10-10 6 8 7 20"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
    <p className={styles.emptyTitle}>{title}</p>
    {hint === undefined ? null : <div className={styles.emptyHint}>{hint}</div>}
    {action}
  </div>
)
