// What a rule asks for: its quorum and its majority in words, with its source and the date from which it holds.
import type { Preset } from '../../../shared/rules/preset.ts'
import { passWords, quorumWords } from '../../../shared/views/ruleWords.ts'
import { meetingWords } from '../../words/townMeeting.ts'
import { pick, useLanguage, useWords } from '../../words/words.ts'
import town from '../Town.module.css'
import styles from './Convene.module.css'

export const RuleFacts = ({ preset }: { preset: Preset }) => {
  const word = useWords(meetingWords)
  const [language] = useLanguage()
  return (
    <>
      <dl className={styles.facts}>
        <dt>{word('ruleQuorum')}</dt>
        <dd>{pick(quorumWords(preset), language)}</dd>
        <dt>{word('rulePass')}</dt>
        <dd>{pick(passWords(preset), language)}</dd>
      </dl>
      <p className={town.small}>
        {word('presetSource', { source: pick(preset.source, language) })}
        {language === 'zh' ? '，' : ', '}
        {word('presetFrom', { date: preset.effectiveFrom })}
      </p>
    </>
  )
}
