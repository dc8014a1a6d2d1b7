// The speech under way with its clock and the ways to extend and end it; and how long the next one will be.
import { useState } from 'react'
import { Button } from '../../kit/Button.tsx'
import { Countdown } from '../../kit/Countdown.tsx'
import { PartyMark } from '../../kit/PartyMark.tsx'
import { TextField } from '../../kit/TextField.tsx'
import { useMeeting } from '../../link/meeting.ts'
import { floorWords } from '../../words/facilitatorFloor.ts'
import { useWords } from '../../words/words.ts'
import { partyIndexOf, useMay, useMeetingParts, usePartyName, useSeatName } from '../cockpit.ts'
import { isSpeechLength, offeredSeconds, setSpeechSeconds, useSpeechSeconds } from '../speechSeconds.ts'
import { useOrder } from '../useOrder.ts'
import styles from './floor.module.css'

export const SpeechCard = () => {
  const { floor } = useMeetingParts('floor')
  return (
    <section className={styles.speech}>
      {floor.speech === null ? <Silence /> : <Speaking />}
      <SecondsChoice />
    </section>
  )
}

const Silence = () => {
  const word = useWords(floorWords)
  return <p className={styles.silence}>{word('nobodySpeaks')}</p>
}

const Speaking = () => {
  const state = useMeetingParts('floor', 'seats', 'parties')
  const may = useMay()
  const word = useWords(floorWords)
  const seatName = useSeatName()
  const partyName = usePartyName()
  const serverNow = useMeeting((it) => it.serverNow)
  const { order, pending } = useOrder()
  const { speech } = state.floor
  if (speech === null) return null
  const partyId = state.seats[speech.seatId]?.partyId ?? null
  const totalMs = speech.seconds * 1_000
  return (
    <div className={styles.speaking}>
      <div className={styles.who}>
        <span className={styles.speaker}>{seatName(speech.seatId)}</span>
        <PartyMark index={partyIndexOf(state, partyId)} name={partyName(partyId) || word('observers')} />
        <span className={styles.kind}>{word(`hand_${speech.kind}`)}</span>
      </div>
      <Countdown endsAt={speech.startedAt + totalMs} totalMs={totalMs} now={serverNow} size="cockpit" />
      {may('extendSpeech') ? (
        <div className={styles.speechKeys}>
          <Button onPress={() => void order({ type: 'extendSpeech', seconds: 30 })} isPending={pending}>
            {word('extend30')}
          </Button>
          <Button onPress={() => void order({ type: 'extendSpeech', seconds: 60 })} isPending={pending}>
            {word('extend60')}
          </Button>
          <Button onPress={() => void order({ type: 'endSpeech' })} isPending={pending}>
            {word('endSpeech')}
          </Button>
        </div>
      ) : null}
    </div>
  )
}

const SecondsChoice = () => {
  const word = useWords(floorWords)
  const may = useMay()
  const seconds = useSpeechSeconds((it) => it.seconds)
  const [isOwn, setOwn] = useState(!offeredSeconds.includes(seconds))
  if (!may('giveFloor')) return null
  const label = (length: number) =>
    length % 60 === 0
      ? word('minutes_value', { count: length / 60 })
      : word('seconds_value', { count: length })
  return (
    <fieldset className={styles.seconds} aria-label={word('seconds')}>
      <span className={styles.secondsLabel}>{word('seconds')}</span>
      {offeredSeconds.map((length) => (
        <Button
          key={length}
          isPressed={!isOwn && seconds === length}
          onPress={() => {
            setOwn(false)
            setSpeechSeconds(length)
          }}
        >
          {label(length)}
        </Button>
      ))}
      <Button isPressed={isOwn} onPress={() => setOwn(true)}>
        {isOwn ? label(seconds) : word('secondsCustom')}
      </Button>
      {isOwn ? <OwnSeconds /> : null}
    </fieldset>
  )
}

const OwnSeconds = () => {
  const word = useWords(floorWords)
  const [text, setText] = useState(String(useSpeechSeconds.getState().seconds))
  const change = (next: string) => {
    setText(next)
    if (isSpeechLength(Number(next))) setSpeechSeconds(Number(next))
  }
  return (
    <div className={styles.ownSeconds}>
      <TextField
        label={word('secondsCustomLabel')}
        value={text}
        onChange={change}
        inputMode="numeric"
        error={isSpeechLength(Number(text)) ? null : word('secondsWrong')}
        autoFocus
      />
    </div>
  )
}
