// Votes as bars that start at zero and end at the base they are a share of, each with its number, share and mark.
import type { ReactNode } from 'react'
import { percentText, type Share, share } from '../../shared/rules/fractions.ts'
import { kitWords } from '../words/kit.ts'
import { useWords } from '../words/words.ts'
import { classes } from './classes.ts'
import styles from './TallyBars.module.css'

export interface TallyRow {
  readonly id: string
  readonly label: string
  readonly count: number
  readonly kind: 'yes' | 'no' | 'abstain' | 'other'
  /** As the count gives it; worked out from the base where there is none yet. */
  readonly share?: Share
}

export interface TallyBarsProps {
  rows: readonly TallyRow[]
  /** What the shares are of; where it is 0 or smaller than a count, no share is shown. */
  base: number
  /** Such as 实到 37 席. */
  baseLabel: string
  size: 'phone' | 'cockpit' | 'screen'
}

const marks: Record<TallyRow['kind'], ReactNode> = {
  yes: <path d="M3 8.6l3.2 3.2L13 4.6" />,
  no: <path d="M4 4l8 8M12 4l-8 8" />,
  abstain: <path d="M3 8h10" />,
  other: <circle cx="8" cy="8" r="2" />,
}

export const TallyBars = ({ rows, base, baseLabel, size }: TallyBarsProps) => {
  const word = useWords(kitWords)
  const whole = Math.max(base, 1, ...rows.map((row) => row.count))
  const bar = (row: TallyRow) => (
    <span className={styles.track} aria-hidden="true">
      <span className={styles.bar} style={{ transform: `scaleX(${row.count / whole})` }} />
    </span>
  )
  const shareText = (row: TallyRow) =>
    base >= row.count && base > 0 ? `${percentText((row.share ?? share(row.count, base)).perMille)}%` : ''
  return (
    <figure className={classes(styles.tally, styles[size])}>
      <ul className={styles.rows}>
        {rows.map((row) => (
          <li key={row.id} className={classes(styles.row, styles[row.kind])}>
            <span className={styles.label}>
              <svg className={styles.mark} viewBox="0 0 16 16" aria-hidden="true">
                {marks[row.kind]}
              </svg>
              {row.label}
            </span>
            {size === 'phone' ? null : bar(row)}
            <b className={styles.count}>{row.count}</b>
            <span className={styles.share}>{shareText(row)}</span>
            {size === 'phone' ? bar(row) : null}
          </li>
        ))}
      </ul>
      <figcaption className={styles.base}>{word('sharesOf', { base: baseLabel })}</figcaption>
    </figure>
  )
}
