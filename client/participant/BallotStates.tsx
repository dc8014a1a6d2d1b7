// The ballot after choosing: on its way, counted with its receipt; and why a seat has none here.
import { Button } from '../kit/Button.tsx'
import { participantPollWords } from '../words/participantPoll.ts'
import { useWords } from '../words/words.ts'
import type { NoVote } from './ballotPaper.ts'
import styles from './Poll.module.css'
import { Tick } from './Tick.tsx'

/** Not counted yet, and says so: nothing here may look like success. */
export const BallotSending = ({ choice }: { choice: string }) => {
  const word = useWords(participantPollWords)
  return (
    <div className={styles.sending} role="status">
      <p className={styles.stateTitle}>
        <span className={styles.spinner} aria-hidden="true" />
        {word('ballotSending', { choice })}
      </p>
      <p>{word('ballotSendingHint')}</p>
    </div>
  )
}

export const BallotCounted = ({
  choice,
  receipt,
  mayChange,
  onChange,
}: {
  choice: string
  receipt: string
  mayChange: boolean
  onChange: () => void
}) => {
  const word = useWords(participantPollWords)
  return (
    <div className={styles.counted} role="status">
      <p className={styles.stateTitle}>
        <Tick /> {word('ballotIn', { choice })}
      </p>
      <p className={styles.receipt}>
        {word('receipt')} <code>{receipt}</code>
      </p>
      <p className={styles.note}>{word('receiptHint')}</p>
      {mayChange ? (
        <Button onPress={onChange}>{word('changeBallot')}</Button>
      ) : (
        <p className={styles.note}>{word('final')}</p>
      )}
    </div>
  )
}

export const NoBallot = ({ why, isIn }: { why: NoVote; isIn: boolean }) => {
  const word = useWords(participantPollWords)
  return (
    <div className={styles.cannot} role="status">
      <p className={styles.stateTitle}>
        {isIn ? word('byClerkIn') : word(why === 'clerk' ? 'clerkTitle' : 'cannotTitle')}
      </p>
      <p>{word(`cannot_${why}`)}</p>
    </div>
  )
}
