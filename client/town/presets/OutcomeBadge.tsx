// What figures came to under a rule: whether they make the quorum, the verdict in a word, and how many are short.
import type { Verdict } from '../../../shared/rules/judge.ts'
import { Badge, type BadgeTone } from '../../kit/Badge.tsx'
import { presetWords } from '../../words/townPresets.ts'
import { useWords } from '../../words/words.ts'
import styles from './presets.module.css'

const tones: Readonly<Record<Verdict['outcome'], BadgeTone>> = {
  passed: 'good',
  failed: 'bad',
  tied: 'warn',
  noQuorum: 'warn',
}

/** How many the quorum, or else the first condition that is not met, lacks. */
const shortIn = ({ outcome, quorum, conditions }: Verdict): number => {
  if (outcome === 'passed') return 0
  if (outcome === 'noQuorum')
    return quorum.short > 0 ? quorum.short : (quorum.parties.find(({ met }) => !met)?.short ?? 0)
  return conditions.find(({ met, base }) => !met && base !== 'units')?.short ?? 0
}

export const OutcomeBadge = ({ verdict }: { verdict: Verdict }) => {
  const word = useWords(presetWords)
  const short = shortIn(verdict)
  return (
    <span className={styles.verdict}>
      {verdict.quorum.basis !== 'none' && verdict.quorum.met ? (
        <span className={styles.quorate}>{word('quorate')}</span>
      ) : null}
      {short === 0 ? null : <span>{word('shortBy', { short })}</span>}
      <Badge tone={tones[verdict.outcome]}>{word(`outcome_${verdict.outcome}`)}</Badge>
    </span>
  )
}
