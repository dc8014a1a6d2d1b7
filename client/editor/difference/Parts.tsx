// A reworked line: what went is struck through, what came is underlined.
import type { ReactNode } from 'react'
import type { Part } from '../../../shared/drafts/difference.ts'
import styles from './difference.module.css'

export const Parts = ({ parts, without }: { parts: readonly Part[]; without?: Part['kind'] }): ReactNode => {
  // Parts have no identity of their own; a difference is drawn anew as a whole.
  const shown = parts.map((part, i) => ({ ...part, key: `${i} ${part.kind}` }))
  return shown.map(({ key, kind, text }) => {
    if (kind === without) return null
    if (kind === 'same') return <span key={key}>{text}</span>
    if (kind === 'deleted') {
      return (
        <del key={key} className={styles.deleted}>
          {text}
        </del>
      )
    }
    return (
      <ins key={key} className={styles.inserted}>
        {text}
      </ins>
    )
  })
}
