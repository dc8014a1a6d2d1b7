// A word in a coloured frame: a state, always spelled out.
import type { ReactNode } from 'react'
import { classes } from './classes.ts'
import styles from './Small.module.css'

export type BadgeTone = 'plain' | 'live' | 'good' | 'warn' | 'bad'

export const Badge = ({ tone = 'plain', children }: { tone?: BadgeTone; children: ReactNode }) => (
  <span className={classes(styles.badge, styles[tone])}>{children}</span>
)
