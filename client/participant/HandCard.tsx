// The own hand: raise it, see its place and why, take it down.
import { useState } from 'react'
import type { HandKind } from '../../shared/meeting/commands.ts'
import { Button } from '../kit/Button.tsx'
import { useMeeting } from '../link/meeting.ts'
import { participantWords } from '../words/participant.ts'
import { useWords } from '../words/words.ts'
import { placeInQueue, whyNoHand } from './doing.ts'
import type { Room } from './MeetingFrame.tsx'
import styles from './Now.module.css'
import { useOrder } from './useOrder.ts'

const whyNot = {
  notInSession: 'handsAtSession',
  observer: 'observerNoHand',
  notPresent: 'handsPresentOnly',
} as const

/** The drawn hand, as on the page's tab. */
const HandMark = () => (
  <svg viewBox="0 0 24 24" width="1.3em" height="1.3em" aria-hidden="true">
    <path
      d="M8 21v-5l-2.6-4.2a1.5 1.5 0 0 1 2.5-1.6L9 11.6V4.8a1.4 1.4 0 0 1 2.8 0V10h4.4A2.8 2.8 0 0 1 19 12.8V21z"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.9"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </svg>
)

export const HandCard = ({ state, me }: Room) => {
  const word = useWords(participantWords)
  const { order, isPending } = useOrder()
  // An order of an earlier life of this page is on its way too.
  const isOnItsWay = useMeeting((it) =>
    it.orders.some(({ command }) => command.type === 'raiseHand' || command.type === 'lowerHand'),
  )
  const isBusy = isPending || isOnItsWay
  const why = whyNoHand(state, me.seatId)
  if (why !== null) return me.seatId === null ? null : <p className={styles.quietNote}>{word(whyNot[why])}</p>
  if (state.floor.speech?.seatId === me.seatId) return null
  const place = placeInQueue(state, me.seatId)
  if (place === null)
    return <RaiseHand isBusy={isBusy} onRaise={(kind) => void order({ type: 'raiseHand', kind })} />
  return (
    <section className={styles.card} aria-live="polite">
      <h2 className={styles.done}>
        <HandMark /> {word('handUp')}
        {place.kind === 'speak' ? null : (
          <span className={styles.kind}>{word(`handKind_${place.kind}`)}</span>
        )}
      </h2>
      <p className={styles.place}>{word('placeOf', { place: place.place, count: place.of })}</p>
      <p className={styles.hint}>{word(`reason_${place.reason}`)}</p>
      <Button isWide isPending={isBusy} onPress={() => void order({ type: 'lowerHand' })}>
        {word('withdraw')}
      </Button>
    </section>
  )
}

const otherKinds = [
  { kind: 'pointOfOrder', word: 'pointOfOrder', hint: 'pointOfOrderHint' },
  { kind: 'answer', word: 'answer', hint: 'answerHint' },
] as const

const RaiseHand = ({ isBusy, onRaise }: { isBusy: boolean; onRaise: (kind: HandKind) => void }) => {
  const word = useWords(participantWords)
  const [isMore, setMore] = useState(false)
  return (
    <section className={styles.card}>
      <Button kind="primary" size="large" isWide isPending={isBusy} onPress={() => onRaise('speak')}>
        <HandMark /> {word('raiseHand')}
      </Button>
      {isMore ? (
        <ul className={styles.kinds}>
          {otherKinds.map((other) => (
            <li key={other.kind}>
              <Button isWide isPending={isBusy} onPress={() => onRaise(other.kind)}>
                {word(other.word)}
              </Button>
              <span className={styles.hint}>{word(other.hint)}</span>
            </li>
          ))}
        </ul>
      ) : (
        <Button kind="quiet" onPress={() => setMore(true)}>
          {word('otherHands')}
        </Button>
      )}
    </section>
  )
}
