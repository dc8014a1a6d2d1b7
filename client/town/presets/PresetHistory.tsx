// The versions of a unit's own rule, the newest first: who saved each and when, and what it changed.
import type { PresetView } from '../../../shared/wire/httpPresets.ts'
import { presetWords } from '../../words/townPresets.ts'
import { useLanguage, useWords } from '../../words/words.ts'
import { dateTimeIn } from '../dates.ts'
import town from '../Town.module.css'
import { originalOf } from './editing.ts'
import { changedFacts, factIn } from './facts.ts'
import styles from './presets.module.css'

export const PresetHistory = ({ history }: { history: PresetView['history'] }) => {
  const word = useWords(presetWords)
  const [language] = useLanguage()
  return (
    <ol className={styles.history}>
      {history.map(({ preset, savedBy, savedAt, isRetired }, index) => {
        const who = { name: savedBy === '' ? word('nobody') : savedBy, at: dateTimeIn(language, savedAt) }
        // The first version is told apart from what it was copied from, each later one from the one before it.
        const before = history[index + 1]?.preset ?? originalOf(preset)
        return (
          <li key={savedAt} className={town.tight}>
            {isRetired ? (
              <strong>{word('isRetired')}</strong>
            ) : (
              <strong>{word('versionNumber', { version: preset.version })}</strong>
            )}
            <span className={town.small}>{word(isRetired ? 'historyRetired' : 'historyBy', who)}</span>
            {isRetired ? null : (
              <>
                <span className={town.small}>
                  {word('decidedWords', {
                    by: preset.copy?.decidedBy ?? '',
                    on: preset.copy?.decidedOn ?? '',
                  })}
                  {language === 'zh' ? '；' : '. '}
                  {word('effectiveFrom')} {preset.effectiveFrom}
                </span>
                <ul>
                  {changedFacts(preset, before, word, language).map((key) => (
                    <li key={key} className={styles.changed}>
                      {word('changedTo', {
                        fact: word(key),
                        value: factIn(preset, key, word, language) ?? '—',
                      })}
                    </li>
                  ))}
                </ul>
              </>
            )}
          </li>
        )
      })}
    </ol>
  )
}
