// The shape of what is still on its way.
import { kitWords } from '../words/kit.ts'
import { useWords } from '../words/words.ts'
import styles from './Small.module.css'

export const Skeleton = ({ lines = 3 }: { lines?: number }) => {
  const word = useWords(kitWords)
  return (
    <div className={styles.skeleton} role="status" aria-label={word('loading')}>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} style={{ width: `${92 - ((line * 23) % 41)}%` }} />
      ))}
    </div>
  )
}
