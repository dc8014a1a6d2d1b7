// A line across the page that must be seen: offline above all.
import type { ReactNode } from 'react'
import styles from './Banner.module.css'
import { classes } from './classes.ts'

export interface BannerProps {
  tone: 'info' | 'warn' | 'offline' | 'good'
  children: ReactNode
  action?: ReactNode
}

/** Each tone has a mark of its own, so that colour never says it alone. */
const marks: Record<BannerProps['tone'], string> = {
  info: 'M8 7v5M8 4.2v.6',
  warn: 'M8 3.5v6M8 11.8v.6',
  offline: 'M2 2l12 12M3 6.5a8 8 0 0 1 3-1.7M13 6.5a8 8 0 0 0-4-2M5.5 9.3a4 4 0 0 1 2-.9M8 12.2v.4',
  good: 'M3 8.5l3.2 3.3L13 4.8',
}

export const Banner = ({ tone, children, action }: BannerProps) => (
  <div
    className={classes(styles.banner, styles[tone])}
    role={tone === 'offline' || tone === 'warn' ? 'alert' : 'status'}
  >
    <svg className={styles.mark} viewBox="0 0 16 16" aria-hidden="true">
      <path d={marks[tone]} fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
    </svg>
    <div className={styles.text}>{children}</div>
    {action}
  </div>
)
