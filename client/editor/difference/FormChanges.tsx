// What changed in the form of a line, in words: from which kind of block to which, and which letters are bold now.
import { useCallback } from 'react'
import type { FormChange } from '../../../shared/drafts/differenceForms.ts'
import { differenceWords } from '../../words/differences.ts'
import { useWords } from '../../words/words.ts'
import styles from './difference.module.css'

const kindWords = {
  h1: 'kind_h1',
  h2: 'kind_h2',
  h3: 'kind_h3',
  ul: 'kind_ul',
  ol: 'kind_ol',
  th: 'kind_th',
  td: 'kind_td',
  pic: 'kind_pic',
} as const
const isKind = (kind: string): kind is keyof typeof kindWords => kind in kindWords

/** What blocks are called, from the outermost. */
export const useKindName = (): ((kinds: string) => string) => {
  const word = useWords(differenceWords)
  return useCallback(
    (kinds) =>
      kinds === ''
        ? word('kind_p')
        : kinds
            .split('.')
            .map((kind) => (isKind(kind) ? word(kindWords[kind]) : kind))
            .join(' › '),
    [word],
  )
}

/** More of them in one line say no more than that much of it was reworked. */
const shownMax = 4

export const FormChanges = ({ changes = [] }: { changes?: readonly FormChange[] | undefined }) => {
  const word = useWords(differenceWords)
  const kindName = useKindName()
  if (changes.length === 0) return null
  const left = changes.length - shownMax
  return (
    <ul className={styles.forms}>
      {changes.slice(0, shownMax).map((change, at) => (
        <li key={at}>
          {change.kind === 'block'
            ? word('reformedBlock', { from: kindName(change.from), to: kindName(change.to) })
            : word(change.isSet ? 'reformedBold' : 'reformedPlain', { text: change.text })}
        </li>
      ))}
      {left > 0 ? <li>{word('reformedMore', { count: left })}</li> : null}
    </ul>
  )
}
