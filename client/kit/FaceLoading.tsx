// The hall's name while a face is on its way.
import { kitWords } from '../words/kit.ts'
import { useWords } from '../words/words.ts'
import styles from './Face.module.css'

export const FaceLoading = () => {
  const word = useWords(kitWords)
  return (
    <main className={styles.centre} role="status">
      <p className={styles.name}>{word('hallName')}</p>
      <p className={styles.hint}>{word('loading')}</p>
    </main>
  )
}
