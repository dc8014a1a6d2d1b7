// Who speaks: the own turn big with its clock, another's small, and "you are next".
import type { Speech } from '../../shared/meeting/state.ts'
import { partyName } from '../../shared/views/polls.ts'
import { Button } from '../kit/Button.tsx'
import { Countdown } from '../kit/Countdown.tsx'
import { PartyMark } from '../kit/PartyMark.tsx'
import { useMeeting } from '../link/meeting.ts'
import { participantWords } from '../words/participant.ts'
import { pick, useLanguage, useWords } from '../words/words.ts'
import { placeInQueue } from './doing.ts'
import type { Room } from './MeetingFrame.tsx'
import styles from './Now.module.css'
import { useOrder } from './useOrder.ts'

const Clock = ({ speech }: { speech: Speech }) => {
  const serverNow = useMeeting((it) => it.serverNow)
  const totalMs = speech.seconds * 1_000
  return <Countdown endsAt={speech.startedAt + totalMs} totalMs={totalMs} now={serverNow} size="phone" />
}

export const SpeakingCard = ({ speech }: { speech: Speech }) => {
  const word = useWords(participantWords)
  const { order, isPending } = useOrder()
  return (
    <section className={`${styles.card} ${styles.mine}`} aria-live="assertive">
      <h2 className={styles.huge}>{word('youSpeakTitle')}</h2>
      {speech.kind === 'speak' ? null : <p className={styles.hint}>{word(`handKind_${speech.kind}`)}</p>}
      <Clock speech={speech} />
      <Button size="large" isWide isPending={isPending} onPress={() => void order({ type: 'endSpeech' })}>
        {word('finish')}
      </Button>
    </section>
  )
}

/** A seat by name and party. */
export const SeatName = ({ state, seatId }: Pick<Room, 'state'> & { seatId: string }) => {
  const [language] = useLanguage()
  const name = useMeeting((it) => it.names[seatId]?.name)
  const partyId = state.seats[seatId]?.partyId ?? null
  const index = state.parties.findIndex((party) => party.partyId === partyId)
  return (
    <span className={styles.seatName}>
      <span>{name ?? seatId}</span>
      <PartyMark index={index} name={pick(partyName(state, partyId), language)} />
    </span>
  )
}

export const SpeechStrip = ({ state }: Pick<Room, 'state'>) => {
  const word = useWords(participantWords)
  const { speech } = state.floor
  if (speech === null) return null
  return (
    <section className={styles.strip}>
      <p className={styles.stripWho}>
        <span className={styles.eyebrow}>{word('speakingNow')}</span>
        <SeatName state={state} seatId={speech.seatId} />
      </p>
      <Clock speech={speech} />
    </section>
  )
}

export const NextNotice = ({ state, me }: Room) => {
  const word = useWords(participantWords)
  if (placeInQueue(state, me.seatId)?.place !== 1) return null
  return (
    <div className={styles.next} role="status">
      <b className={styles.nextTitle}>{word('youAreNext')}</b>
      <span>{word('youAreNextHint')}</span>
    </div>
  )
}
