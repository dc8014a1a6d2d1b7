// The ballot after choosing: on its way, counted with its receipt; and why a seat has none here.
import { Button } from '../kit/Button.tsx'
import { useMeeting } from '../link/meeting.ts'
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

interface NoBallotProps {
  why: NoVote
  isIn: boolean
  /** The seat that holds this one's proxy. */
  holderId?: string | undefined
}

/** Those who vote, and not on this device, are told how; only the others do not vote. */
const titles: Readonly<Partial<Record<NoVote, 'clerkTitle' | 'paperTitle' | 'handsTitle' | 'givenTitle'>>> = {
  clerk: 'clerkTitle',
  secretHands: 'handsTitle',
  paper: 'paperTitle',
  secretPaper: 'paperTitle',
  recordOnly: 'paperTitle',
  given: 'givenTitle',
}

export const NoBallot = ({ why, isIn, holderId }: NoBallotProps) => {
  const word = useWords(participantPollWords)
  const holder = useMeeting((it) => (holderId === undefined ? undefined : it.names[holderId]?.name))
  const isProxy = holderId !== undefined
  return (
    <div className={styles.cannot} role="status">
      <p className={styles.stateTitle}>
        {isIn ? word(isProxy ? 'byHolderIn' : 'byClerkIn') : word(titles[why] ?? 'cannotTitle')}
      </p>
      <p>{word(`cannot_${why}`, { name: holder ?? (holderId ?? '').slice(-4) })}</p>
    </div>
  )
}
