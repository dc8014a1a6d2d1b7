// Before a poll opens: is the quorum there, who is missing by party, what it takes to pass, who takes no part, and how
// the others vote.
import { sourceFaultWords } from '../../../shared/counting/sources.ts'
import type { QuorumFinding } from '../../../shared/rules/judge.ts'
import type { Preset } from '../../../shared/rules/preset.ts'
import { passWords, quorumWords } from '../../../shared/views/ruleWords.ts'
import { Banner } from '../../kit/Banner.tsx'
import { composeWords } from '../../words/facilitatorCompose.ts'
import { pollWords } from '../../words/facilitatorPoll.ts'
import { pick, useLanguage, useWords } from '../../words/words.ts'
import { useSeatName } from '../cockpit.ts'
import { useShortWords } from '../quorumWords.ts'
import type { OpeningView } from './opening.ts'
import styles from './poll.module.css'

export const QuorumCheck = ({ preset, opening }: { preset: Preset; opening: OpeningView }) => {
  const word = useWords(pollWords)
  const [language] = useLanguage()
  return (
    <aside className={styles.check}>
      <Finding quorum={opening.quorum} />
      <dl className={styles.rules}>
        <dt>{word('quorumTitle')}</dt>
        <dd>{pick(quorumWords(preset), language)}</dd>
        <dt>{word('passTitle')}</dt>
        <dd>{pick(passWords(preset), language)}</dd>
        <dt>{word('source')}</dt>
        <dd>{pick(preset.cite, language)}</dd>
      </dl>
      <Apart opening={opening} />
    </aside>
  )
}

const Finding = ({ quorum }: { quorum: QuorumFinding | null }) => {
  const word = useWords(pollWords)
  const shortWords = useShortWords()
  if (quorum === null) return <Banner tone="info">{word('quorumFree')}</Banner>
  if (quorum.met) {
    return <Banner tone="good">{word('quorumMet', { have: quorum.have, need: quorum.need })}</Banner>
  }
  return <Banner tone="warn">{word('quorumShort', { short: shortWords(quorum) })}</Banner>
}

/** Present seats that do not vote, and those that vote through the clerk, on paper or by proxy. */
const Apart = ({ opening }: { opening: OpeningView }) => {
  const word = useWords(pollWords)
  const composeWord = useWords(composeWords)
  const seatName = useSeatName()
  const [language] = useLanguage()
  const { by, recused, proxiesRefused } = opening
  return (
    <>
      {recused === 0 ? null : <p className={styles.note}>{word('recusedHere', { count: recused })}</p>}
      {by.clerk === 0 ? null : <p className={styles.note}>{word('clerkHere', { count: by.clerk })}</p>}
      {by.paper === 0 ? null : <p className={styles.note}>{composeWord('paperHere', { count: by.paper })}</p>}
      {by.proxy === 0 ? null : <p className={styles.note}>{composeWord('proxyHere', { count: by.proxy })}</p>}
      {proxiesRefused.map(({ fromSeatId, code }) => (
        <p key={fromSeatId} className={styles.note}>
          {composeWord('proxyLeftOut', {
            name: seatName(fromSeatId),
            why: pick(sourceFaultWords(code), language),
          })}
        </p>
      ))}
    </>
  )
}
