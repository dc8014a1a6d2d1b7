// Before a poll opens: is the quorum there, who is missing by party, what it takes to pass, and who takes no part.

import type { QuorumFinding } from '../../../shared/rules/judge.ts'
import type { Preset } from '../../../shared/rules/preset.ts'
import { passWords, quorumWords } from '../../../shared/views/ruleWords.ts'
import { Banner } from '../../kit/Banner.tsx'
import { pollWords } from '../../words/facilitatorPoll.ts'
import { pick, useLanguage, useWords } from '../../words/words.ts'
import { useMeetingState } from '../cockpit.ts'
import { useShortWords } from '../quorumWords.ts'
import styles from './poll.module.css'

interface CheckProps {
  itemId: string
  preset: Preset
  quorum: QuorumFinding | null
}

export const QuorumCheck = ({ itemId, preset, quorum }: CheckProps) => {
  const word = useWords(pollWords)
  const [language] = useLanguage()
  return (
    <aside className={styles.check}>
      <Finding quorum={quorum} />
      <dl className={styles.rules}>
        <dt>{word('quorumTitle')}</dt>
        <dd>{pick(quorumWords(preset), language)}</dd>
        <dt>{word('passTitle')}</dt>
        <dd>{pick(passWords(preset), language)}</dd>
        <dt>{word('source')}</dt>
        <dd>{pick(preset.cite, language)}</dd>
      </dl>
      <Apart itemId={itemId} />
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

/** Present seats that do not vote, and those that vote through the clerk. */
const Apart = ({ itemId }: { itemId: string }) => {
  const state = useMeetingState()
  const word = useWords(pollWords)
  const item = state.agenda.find((one) => one.itemId === itemId)
  const present = Object.values(state.seats).filter(
    ({ seatId, role }) => role === 'member' && state.attendance[seatId]?.status === 'present',
  )
  const recused = present.filter(({ seatId }) => item?.recused[seatId] !== undefined).length
  const clerk = present.filter(({ seatId }) => state.attendance[seatId]?.channel === 'clerk').length
  return (
    <>
      {recused === 0 ? null : <p className={styles.note}>{word('recusedHere', { count: recused })}</p>}
      {clerk === 0 ? null : <p className={styles.note}>{word('clerkHere', { count: clerk })}</p>}
    </>
  )
}
