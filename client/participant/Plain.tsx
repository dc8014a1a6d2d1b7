// Owns the pages with one message and one next step: joining, waiting, ended.
import type { ReactNode } from 'react'
import { LanguageSwitch } from '../kit/LanguageSwitch.tsx'
import { ModeSwitch } from '../kit/ModeSwitch.tsx'
import { kitWords } from '../words/kit.ts'
import { useWords } from '../words/words.ts'
import styles from './Plain.module.css'

export const Plain = ({
  title,
  hint,
  isBusy = false,
  children,
}: {
  title: string
  hint?: string
  isBusy?: boolean
  children?: ReactNode
}) => {
  const word = useWords(kitWords)
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <span className={styles.hall}>{word('hallName')}</span>
        <LanguageSwitch />
      </header>
      <main className={styles.main} aria-live="polite">
        <h1 className={styles.title}>
          {isBusy ? <span className={styles.busy} aria-hidden="true" /> : null}
          {title}
        </h1>
        {hint === undefined ? null : <p className={styles.hint}>{hint}</p>}
        {children}
      </main>
      <footer className={styles.foot}>
        <ModeSwitch />
      </footer>
    </div>
  )
}
