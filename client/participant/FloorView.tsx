// The floor: who speaks, the own hand, and the queue with the reason for each place.

import { speakingOrder } from '../../shared/views/speakingOrder.ts'
import { classes } from '../kit/classes.ts'
import { participantWords } from '../words/participant.ts'
import { useWords } from '../words/words.ts'
import { HandCard } from './HandCard.tsx'
import type { Room } from './MeetingFrame.tsx'
import { NextNotice, SeatName, SpeakingCard, SpeechStrip } from './SpeechCards.tsx'
import styles from './Views.module.css'

export const FloorView = ({ state, me }: Room) => {
  const word = useWords(participantWords)
  const order = speakingOrder(state)
  const { speech } = state.floor
  return (
    <>
      {speech === null ? (
        <p className={styles.quiet}>{word('nobodySpeaks')}</p>
      ) : speech.seatId === me.seatId ? (
        <SpeakingCard speech={speech} />
      ) : (
        <SpeechStrip state={state} />
      )}
      <NextNotice state={state} me={me} />
      <HandCard state={state} me={me} />
      <section>
        <h2 className={styles.title}>{word('queueTitle')}</h2>
        {order.length === 0 ? (
          <p className={styles.quiet}>{word('queueEmpty')}</p>
        ) : (
          <ol className={styles.queue}>
            {order.map((waiting, index) => (
              <li
                key={waiting.seatId}
                className={classes(styles.hand, waiting.seatId === me.seatId && styles.mine)}
              >
                <span className={styles.number}>{index + 1}</span>
                <span className={styles.who}>
                  <SeatName state={state} seatId={waiting.seatId} />
                  <span className={styles.quiet}>
                    {waiting.kind === 'speak' ? null : `${word(`handKind_${waiting.kind}`)} · `}
                    {word(`reason_${waiting.reason}`)}
                  </span>
                </span>
                {waiting.seatId === me.seatId ? <b className={styles.meMark}>{word('me')}</b> : null}
              </li>
            ))}
          </ol>
        )}
      </section>
    </>
  )
}
