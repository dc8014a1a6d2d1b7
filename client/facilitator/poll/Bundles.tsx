// Papers that may say more than one thing, read one by one: each is marked as it is written, with how many say the same.
import { useState } from 'react'
import { isBlank } from '../../../shared/counting/ballot.ts'
import { limits } from '../../../shared/kernel/limits.ts'
import type { Poll } from '../../../shared/meeting/state.ts'
import { canonical } from '../../../shared/record/canonical.ts'
import { Button } from '../../kit/Button.tsx'
import { choiceWords } from '../../kit/result/optionWords.ts'
import { TextField } from '../../kit/TextField.tsx'
import { papersWords } from '../../words/facilitatorPapers.ts'
import { useLanguage, useWords } from '../../words/words.ts'
import { type Choice, ChoiceEditor } from './ChoiceEditor.tsx'
import { countOf, type EntryTexts, withBundle, withoutBundle } from './paperEntry.ts'
import styles from './papers.module.css'

interface BundlesProps {
  poll: Poll
  texts: EntryTexts
  onChange: (texts: EntryTexts) => void
}

export const Bundles = ({ poll, texts, onChange }: BundlesProps) => {
  const word = useWords(papersWords)
  const [language] = useLanguage()
  const [choice, setChoice] = useState<Choice | null>(null)
  const [same, setSame] = useState('1')
  const count = countOf(same) ?? 0
  const isReady = choice !== null && !isBlank(choice) && count > 0
  const add = () => {
    if (choice === null || !isReady) return
    onChange(withBundle(texts, choice, count))
    setChoice(null)
    setSame('1')
  }
  const papers = texts.bundles.reduce((sum, bundle) => sum + bundle.count, 0)
  return (
    <div className={styles.bundles}>
      <section className={styles.paper} aria-label={word('nextPaper')}>
        <h3>{word('nextPaper')}</h3>
        <ChoiceEditor poll={poll} choice={choice} onChange={setChoice} />
        <div className={styles.addBundle}>
          <TextField
            label={word('same')}
            value={same}
            onChange={setSame}
            inputMode="numeric"
            onEnter={add}
            error={count > 0 ? null : word('notWhole')}
          />
          <Button
            kind="primary"
            onPress={add}
            isDisabled={!isReady || texts.bundles.length >= limits.paperLinesMax}
          >
            {word('addBundle')}
          </Button>
        </div>
      </section>
      <section className={styles.paper}>
        <h3>{word('bundles', { count: papers })}</h3>
        {texts.bundles.length === 0 ? <p className={styles.note}>{word('bundlesNone')}</p> : null}
        <ul className={styles.bundleList}>
          {texts.bundles.map((bundle, at) => {
            const said = choiceWords(poll, bundle.choice, language)
            return (
              <li key={canonical(bundle.choice)}>
                <b>{bundle.count} ×</b>
                <span>{said}</span>
                <Button
                  kind="quiet"
                  label={word('removeBundle', { choice: said })}
                  onPress={() => onChange(withoutBundle(texts, at))}
                >
                  ✕
                </Button>
              </li>
            )
          })}
        </ul>
      </section>
    </div>
  )
}
