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
  const [first] = removals
  if (first === undefined) return null
  const isOneHand = removals.every(({ by, isMoved }) => by === first.by && isMoved === first.isMoved)
  const told = isOneHand ? [first] : removals.slice(0, shownMax)
  const left = isOneHand ? 0 : removals.length - shownMax
  const inWords = ({ by, isMoved, words }: Removal): string => {
    const name = by === null ? '' : nameOf(by)
    if (isOneHand)
      return by === null ? word('removedUnknown') : word(isMoved ? 'movedBy' : 'removedBy', { name })
    if (by === null) return word('removedWordsUnknown', { words })
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
