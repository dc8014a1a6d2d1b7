// The passages that an amendment and the draft both changed, side by side, so that people see them before they decide.
import { useState } from 'react'
import { partsBetween } from '../../../shared/drafts/difference.ts'
import type { Conflict } from '../../../shared/drafts/differenceThreeWay.ts'
import { Button } from '../../kit/Button.tsx'
import { differenceWords } from '../../words/differences.ts'
import { useWords } from '../../words/words.ts'
import styles from './difference.module.css'
import { Parts } from './Parts.tsx'

const shownAtFirst = 3

export const Conflicts = ({ conflicts }: { conflicts: readonly Conflict[] }) => {
  const word = useWords(differenceWords)
  const [showsAll, showAll] = useState(false)
  const shown = showsAll ? conflicts : conflicts.slice(0, shownAtFirst)
  const left = conflicts.length - shown.length
  if (conflicts.length === 0) return null
  return (
    <section className={styles.clashes} aria-label={word('clashList')}>
      <ol className={styles.clashList}>
        {shown.map((conflict) => (
          <li key={`${conflict.kind} ${conflict.line}`} className={styles.clash}>
            <p className={styles.clashKind}>{word(`conflict_${conflict.kind}`)}</p>
            <div className={styles.clashSides}>
              {conflict.kind === 'place' ? null : (
                <Side title={word('clashBase')} before={conflict.base} after={conflict.base} />
              )}
              <Side title={word('amendedText')} before={conflict.base} after={conflict.ours} />
              <Side title={word('clashNow')} before={conflict.base} after={conflict.theirs} />
            </div>
          </li>
        ))}
      </ol>
      <p className={styles.clashMerged}>{word('clashMerged')}</p>
      {left > 0 ? <Button onPress={() => showAll(true)}>{word('clashMore', { count: left })}</Button> : null}
    </section>
  )
}

/** What one side made of the passage, with its own changes marked. */
const Side = ({ title, before, after }: { title: string; before: string; after: string }) => (
  <div className={styles.clashSide}>
    <p className={styles.clashTitle}>{title}</p>
    <p className={styles.text}>
      <Parts parts={partsBetween(before, after)} />
    </p>
  </div>
)
