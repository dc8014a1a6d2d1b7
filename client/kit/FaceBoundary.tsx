// What stands where a face has failed, or could not be fetched: the reason in words, and the way back.
import { Component, type ReactNode } from 'react'
import { kitWords } from '../words/kit.ts'
import { useWords } from '../words/words.ts'
import { Button } from './Button.tsx'
import styles from './Face.module.css'

export class FaceBoundary extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false }

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true }
  }

  override render() {
    return this.state.hasFailed ? <FaceFailed /> : this.props.children
  }
}

const FaceFailed = () => {
  const word = useWords(kitWords)
  return (
    <main className={styles.centre} role="alert">
      <h1 className={styles.title}>{word('faceFailed')}</h1>
      <p>{word('faceFailedHint')}</p>
      <Button kind="primary" size="large" onPress={() => window.location.reload()}>
        {word('reload')}
      </Button>
    </main>
  )
}
