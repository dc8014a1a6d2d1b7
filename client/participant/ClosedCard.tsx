// After the meeting: where its record is, and the own ballots with their receipts.
import { useLocation } from 'wouter'
import { Button } from '../kit/Button.tsx'
import { participantWords } from '../words/participant.ts'
import { useWords } from '../words/words.ts'
import type { Room } from './MeetingFrame.tsx'
import { MyProofs } from './MyProof.tsx'
import styles from './Now.module.css'

export const ClosedCard = ({ state, me }: Room) => {
  const word = useWords(participantWords)
  const [, go] = useLocation()
  const polls = state.pollOrder
    .flatMap((pollId) => state.polls[pollId] ?? [])
    .filter(({ status }) => status === 'closed')
  return (
    <>
      <section className={styles.card}>
        <h2 className={styles.big}>{word('closedTitle')}</h2>
        <p className={styles.hint}>{word('closedHint')}</p>
        <Button kind="primary" size="large" isWide onPress={() => go(`/m/${state.meetingId}/record`)}>
          {word('toRecord')}
        </Button>
      </section>
      {me.seatId === null || me.role === 'observer' || polls.length === 0 ? null : (
        <section className={styles.card}>
          <h2 className={styles.cardTitle}>{word('myBallots')}</h2>
          <ul className={styles.proofs}>
            {polls.map((poll) => (
              <li key={poll.pollId}>
                <h3 className={styles.question}>{poll.question}</h3>
                <MyProofs poll={poll} seatId={me.seatId ?? ''} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
