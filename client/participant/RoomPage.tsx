// The room code: a guest gives a name, waits, and goes on when the facilitator lets them in.
import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { limits } from '../../shared/kernel/limits.ts'
import type { Refusal } from '../../shared/kernel/result.ts'
import type { SessionView } from '../../shared/wire/http.ts'
import { Banner } from '../kit/Banner.tsx'
import { Button } from '../kit/Button.tsx'
import { TextField } from '../kit/TextField.tsx'
import { post } from '../link/api.ts'
import { listenForBye } from '../link/bye.ts'
import { useSession } from '../link/session.ts'
import { participantDoorWords } from '../words/participantDoor.ts'
import { useRefusal } from '../words/refusals.ts'
import { useWords } from '../words/words.ts'
import styles from './Plain.module.css'
import { Plain } from './Plain.tsx'
import { whereTo } from './whereTo.ts'

const roomCodeLength = 8
/** Should the call be missed, the question finds out. */
const askMs = 5_000

export const RoomPage = ({ code }: { code: string }) => {
  const { session, refresh } = useSession()
  const [, go] = useLocation()
  const [wasWaiting, setWasWaiting] = useState(false)
  const role = session === null || session === 'loading' ? null : session.role
  const isWaiting = role === 'waiting'

  useEffect(() => {
    if (isWaiting) setWasWaiting(true)
  }, [isWaiting])
  useEffect(() => {
    if (!isWaiting) return
    const stop = listenForBye(() => void refresh())
    const timer = setInterval(() => void refresh(), askMs)
    return () => {
      clearInterval(timer)
      stop()
    }
  }, [isWaiting, refresh])
  useEffect(() => {
    if (session === null || session === 'loading') return
    if (session.role === 'participant' || session.role === 'observer') go(whereTo(session), { replace: true })
  }, [session, go])

  if (session === 'loading') return <RoomLoading />
  if (session !== null && isWaiting) return <Waiting session={session} />
  if (wasWaiting && session === null) return <NotLetIn onAgain={() => setWasWaiting(false)} />
  return <RoomForm code={code} onAsked={() => void refresh()} />
}

const RoomLoading = () => {
  const word = useWords(participantDoorWords)
  return <Plain title={word('opening')} isBusy />
}

const Waiting = ({ session }: { session: SessionView }) => {
  const word = useWords(participantDoorWords)
  return <Plain title={word('waitingTitle')} hint={word('waitingHint', { name: session.name })} isBusy />
}

const NotLetIn = ({ onAgain }: { onAgain: () => void }) => {
  const word = useWords(participantDoorWords)
  return (
    <Plain title={word('refusedEntry')} hint={word('refusedEntryHint')}>
      <Button size="large" onPress={onAgain}>
        {word('askAgain')}
      </Button>
    </Plain>
  )
}

/** As typed, with spaces and dashes between groups taken out. */
const tidyCode = (typed: string): string => typed.toUpperCase().replace(/[\s-]/g, '')

const RoomForm = ({ code, onAsked }: { code: string; onAsked: () => void }) => {
  const word = useWords(participantDoorWords)
  const inWords = useRefusal()
  const [roomCode, setRoomCode] = useState(tidyCode(code))
  const [name, setName] = useState('')
  const [isChecked, setChecked] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const tidy = tidyCode(roomCode)
  const codeError = tidy.length === roomCodeLength ? null : word('codeMissing')
  const nameError = name.trim() === '' ? word('nameMissing') : null

  const ask = async () => {
    setChecked(true)
    if (codeError !== null || nameError !== null) return
    setAsking(true)
    const answer = await post(`/api/rooms/${encodeURIComponent(tidy)}`, { name: name.trim() })
    setAsking(false)
    setRefusal(answer.ok ? null : answer.refusal)
    if (answer.ok) onAsked()
  }

  return (
    <Plain title={word('roomTitle')} hint={word('roomHint')}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          void ask()
        }}
      >
        <TextField
          label={word('roomCode')}
          description={word('roomCodeHint')}
          value={roomCode}
          onChange={setRoomCode}
          error={isChecked ? codeError : null}
          charsMax={12}
          autoComplete="off"
        />
        <TextField
          label={word('yourName')}
          description={word('yourNameHint')}
          value={name}
          onChange={setName}
          error={isChecked ? nameError : null}
          charsMax={limits.nameCharsMax}
          autoComplete="name"
        />
        {refusal === null ? null : <Banner tone="warn">{inWords(refusal)}</Banner>}
        <Button kind="primary" size="large" type="submit" isPending={isAsking}>
          {word('enterRoom')}
        </Button>
      </form>
    </Plain>
  )
}
