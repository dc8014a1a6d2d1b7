// Who took out what is struck through in a line, in words; what stands elsewhere now was moved.
import type { Removal } from '../../../shared/drafts/difference.ts'
import { differenceWords } from '../../words/differences.ts'
import { useWords } from '../../words/words.ts'
import styles from './difference.module.css'

/** More of them in one line say no more than that many went over it. */
const shownMax = 4

export interface RemovalsProps {
  removals?: readonly Removal[] | undefined
  nameOf: (actorId: string) => string
}

export const Removals = ({ removals = [], nameOf }: RemovalsProps) => {
  const word = useWords(differenceWords)
  if (removals.length === 0) return null
  const told = removals.slice(0, shownMax)
  const left = removals.length - shownMax
  const inWords = ({ by, isMoved, words }: Removal): string => {
    const isAll = words === ''
    if (by === null) return isAll ? word('removedUnknown') : word('removedWordsUnknown', { words })
    const name = nameOf(by)
    if (isAll) return word(isMoved ? 'movedBy' : 'removedBy', { name })
    return word(isMoved ? 'movedWordsBy' : 'removedWordsBy', { words, name })
  }
  return (
    <ul className={styles.forms} data-about="removals">
      {told.map((removal, at) => (
        <li key={at}>{inWords(removal)}</li>
      ))}
      {left > 0 ? <li>{word('removedMore', { count: left })}</li> : null}
    </ul>
  )
}
