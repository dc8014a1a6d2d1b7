// Everything a rule says, fact by fact, with where it comes from and since when it holds.
import type { Preset } from '../../../shared/rules/preset.ts'
import { presetWords } from '../../words/townPresets.ts'
import { pick, useLanguage, useWords } from '../../words/words.ts'
import town from '../Town.module.css'
import { factIn, factKeys } from './facts.ts'
import styles from './presets.module.css'

export const PresetFacts = ({ preset }: { preset: Preset }) => {
  const word = useWords(presetWords)
  const [language] = useLanguage()
  const facts = factKeys.flatMap((key) => {
    const value = factIn(preset, key, word, language)
    return value === null ? [] : [{ key, value }]
  })
  const { copy } = preset
  return (
    <>
      <dl className={styles.facts}>
        {facts.map(({ key, value }) => (
          <Fact key={key} name={word(key)} value={value} />
        ))}
        <Fact name={word('effectiveFrom')} value={preset.effectiveFrom} />
        <Fact name={word('source')} value={pick(preset.source, language)} />
      </dl>
      {copy === undefined ? null : (
        <p className={town.small}>
          {word('ofOriginal', { name: pick(copy.ofName, language), version: copy.ofVersion })}
          {language === 'zh' ? '；' : '. '}
          {word('decidedWords', { by: copy.decidedBy, on: copy.decidedOn })}
        </p>
      )}
    </>
  )
}

const Fact = ({ name, value }: { name: string; value: string }) => (
  <>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </>
)
