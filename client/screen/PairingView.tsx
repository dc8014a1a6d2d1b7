// Before a screen belongs to a meeting: its code, as large as it goes, and what to do with it.
import { screenWords } from '../words/screen.ts'
import { useWords } from '../words/words.ts'
import styles from './Screen.module.css'
import { usePairing } from './usePairing.ts'

export const PairingView = () => {
  const word = useWords(screenWords)
  const { code, isUnreachable } = usePairing()
  return (
    <main className={styles.waiting}>
      <h1 className={styles.title}>{word('pairTitle')}</h1>
      <div className={styles.code} role="img" aria-label={code ?? word('joining')}>
        {(code ?? '······').split('').map((character, i) => (
          <span key={i} aria-hidden="true">
            {character}
          </span>
        ))}
      </div>
      <div className={styles.hints}>
        <p>{word('pairHint')}</p>
        <p className={styles.quiet}>{word('pairHintTwo')}</p>
      </div>
      <p className={styles.keys}>{isUnreachable ? word('unreachable') : word('keys')}</p>
    </main>
  )
}
