// How a poll came out: the verdict, its figures, the rule and why, and the own ballot in the record.
import type { Poll } from '../../shared/meeting/state.ts'
import { outcomeOf } from '../../shared/views/polls.ts'
import { ResultFigures } from '../kit/result/ResultFigures.tsx'
import { toldOutcome } from '../kit/result/toldOutcome.ts'
import { Seal } from '../kit/Seal.tsx'
import { participantPollWords } from '../words/participantPoll.ts'
import { pick, useLanguage, useWords } from '../words/words.ts'
import { CoversList } from './CoversList.tsx'
import { FrozenTextLink } from './FrozenTextLink.tsx'
import type { Room } from './MeetingFrame.tsx'
import { MyProofs } from './MyProof.tsx'
import styles from './Poll.module.css'
import resultStyles from './Result.module.css'

export const ResultCard = ({ state, me, poll }: Room & { poll: Poll }) => {
  const word = useWords(participantPollWords)
  return (
    <section className={styles.card}>
      <p className={styles.note}>{word('resultOf')}</p>
      <h2 className={styles.question}>{poll.question}</h2>
      <ResultBody state={state} me={me} poll={poll} />
    </section>
  )
}

export const ResultBody = ({ state, me, poll }: Room & { poll: Poll }) => {
  const word = useWords(participantPollWords)
  const [language] = useLanguage()
  const { result } = poll
  if (poll.status === 'cancelled') {
    return (
      <p className={styles.cannot}>
        <b>{word('cancelledPoll')}</b>{' '}
        {poll.cancelReason ? word('cancelReason', { reason: poll.cancelReason }) : null}
      </p>
    )
  }
  if (result === null) return null
  const { outcome } = outcomeOf(poll) ?? result
  const told = word(toldOutcome(poll, outcome))
  return (
    <div className={resultStyles.result}>
      <div className={resultStyles.verdict}>
        <div className={resultStyles.seal}>
          <Seal text={told} passed={outcome === 'passed' || outcome === 'elected'} animate={false} />
        </div>
        <p className={resultStyles.outcome}>{told}</p>
      </div>
      <p>{pick(result.why, language)}</p>
      <ResultFigures poll={poll} result={result} state={state} />
      <p className={styles.source}>
        {word('ruleFrom')} {pick(poll.preset.source, language)}
      </p>
      {poll.covers === undefined ? (
        <FrozenTextLink meetingId={state.meetingId} text={poll.text} />
      ) : (
        <CoversList state={state} poll={poll} />
      )}
      {me.seatId === null || me.role === 'observer' ? null : <MyProofs poll={poll} seatId={me.seatId} />}
    </div>
  )
}
