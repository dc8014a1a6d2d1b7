// The screens paired with this meeting: pair by the code on the screen, see which are up, unpair.
import { useState } from 'react'
import type { ScreensView } from '../../../shared/wire/http.ts'
import { Badge } from '../../kit/Badge.tsx'
import { Button } from '../../kit/Button.tsx'
import { Confirm } from '../../kit/Confirm.tsx'
import { TextField } from '../../kit/TextField.tsx'
import { toast } from '../../kit/Toasts.tsx'
import { post, remove } from '../../link/api.ts'
import { useMeeting } from '../../link/meeting.ts'
import { roomWords } from '../../words/facilitatorRoom.ts'
import { useRefusal } from '../../words/refusals.ts'
import { useWords } from '../../words/words.ts'
import { useMay, useMeetingParts } from '../cockpit.ts'
import { Trouble } from '../Trouble.tsx'
import { useAsked } from '../useAsked.ts'
import { useAsk } from '../useOrder.ts'
import styles from './stage.module.css'

const codeChars = 6

export const ScreensCard = () => {
  const { meetingId } = useMeetingParts('meetingId')
  const may = useMay()
  const word = useWords(roomWords)
  const refusal = useRefusal()
  const up = useMeeting((it) => it.presence.screens)
  const path = `/api/meetings/${meetingId}/screens`
  const { value, refusal: why, again } = useAsked<ScreensView>(path, up)
  const screens = value?.screens ?? []
  return (
    <section className={styles.screens}>
      <h2>{word('screens')}</h2>
      {why === null ? null : <Trouble>{refusal(why)}</Trouble>}
      {value !== null && screens.length === 0 ? (
        <p className={styles.none}>
          {word('screensNone')} {word('screensNoneHint', { address: `${window.location.origin}/screen` })}
        </p>
      ) : null}
      <ul>
        {screens.map((screen, index) => (
          <ScreenLine key={screen.screenId} {...screen} place={index + 1} path={path} onGone={again} />
        ))}
      </ul>
      {may('setScene') ? <Pairing path={path} onPaired={again} /> : null}
    </section>
  )
}

const Pairing = ({ path, onPaired }: { path: string; onPaired: () => void }) => {
  const word = useWords(roomWords)
  const { ask, pending } = useAsk()
  const [code, setCode] = useState('')
  const plain = code.replace(/[\s-]/g, '').toUpperCase()
  const pair = async () => {
    if (plain.length < codeChars) return
    const answer = await ask(post(path, { code: plain }))
    if (!answer.ok) return
    setCode('')
    toast(word('paired'), { tone: 'good' })
    onPaired()
  }
  return (
    <div className={styles.pairing}>
      <TextField
        label={word('pairLabel')}
        description={word('pairHint')}
        value={code}
        onChange={setCode}
        autoComplete="off"
        charsMax={12}
        onEnter={() => void pair()}
      />
      <Button onPress={() => void pair()} isPending={pending} isDisabled={plain.length < codeChars}>
        {word('pair')}
      </Button>
    </div>
  )
}

interface ScreenProps {
  screenId: string
  live: boolean
  place: number
  path: string
  onGone: () => void
}

const ScreenLine = ({ screenId, live, place, path, onGone }: ScreenProps) => {
  const may = useMay()
  const word = useWords(roomWords)
  const { ask, pending, trouble } = useAsk()
  const [asks, setAsks] = useState(false)
  const unpair = async () => {
    const answer = await ask(remove(`${path}/${screenId}`))
    if (!answer.ok) return
    setAsks(false)
    onGone()
  }
  return (
    <li className={styles.screen}>
      <span>{word('screenName', { count: place })}</span>
      <Badge tone={live ? 'good' : 'warn'}>{word(live ? 'screenLive' : 'screenGone')}</Badge>
      {may('setScene') ? (
        <Button kind="quiet" onPress={() => setAsks(true)}>
          {word('unpair')}
        </Button>
      ) : null}
      <Confirm
        title={word('unpairTitle')}
        body={
          <>
            <p>{word('unpairBody')}</p>
            <Trouble>{trouble}</Trouble>
          </>
        }
        confirmLabel={word('unpair')}
        danger
        isOpen={asks}
        isPending={pending}
        onConfirm={() => void unpair()}
        onClose={() => setAsks(false)}
      />
    </li>
  )
}
