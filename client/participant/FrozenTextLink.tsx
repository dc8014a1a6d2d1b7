// The text that a poll is about, as it was frozen when the poll opened.
import { useCallback, useEffect, useState } from 'react'
import type { FrozenText } from '../../shared/meeting/state.ts'
import type { TextView } from '../../shared/wire/http.ts'
import type { Answer } from '../../shared/wire/live.ts'
import { Banner } from '../kit/Banner.tsx'
import { Button } from '../kit/Button.tsx'
import { Dialog } from '../kit/Dialog.tsx'
import { Skeleton } from '../kit/Skeleton.tsx'
import { get } from '../link/api.ts'
import { participantPollWords } from '../words/participantPoll.ts'
import { useRefusal } from '../words/refusals.ts'
import { useWords } from '../words/words.ts'
import styles from './Poll.module.css'

const fingerprintChars = 12

export const FrozenTextLink = ({ meetingId, text }: { meetingId: string; text: FrozenText }) => {
  const word = useWords(participantPollWords)
  const [isOpen, setOpen] = useState(false)
  if (text.chars === 0) return <p className={styles.note}>{word('frozenTextEmpty')}</p>
  return (
    <div>
      <Button onPress={() => setOpen(true)}>
        {word('frozenText', { count: text.chars, chars: text.chars })}
      </Button>
      <Dialog title={word('frozenTextTitle')} isOpen={isOpen} onClose={() => setOpen(false)} size="wide">
        <FrozenTextBody path={`/api/meetings/${meetingId}/texts/${text.sha256}`} sha256={text.sha256} />
      </Dialog>
    </div>
  )
}

const FrozenTextBody = ({ path, sha256 }: { path: string; sha256: string }) => {
  const word = useWords(participantPollWords)
  const inWords = useRefusal()
  const [answer, setAnswer] = useState<Answer<TextView> | null>(null)
  const ask = useCallback(async () => {
    setAnswer(null)
    setAnswer(await get<TextView>(path))
  }, [path])
  useEffect(() => {
    void ask()
  }, [ask])
  if (answer === null) return <Skeleton lines={6} />
  if (!answer.ok) {
    return (
      <Banner tone="warn" action={<Button onPress={() => void ask()}>{word('retry')}</Button>}>
        {inWords(answer.refusal)}
      </Banner>
    )
  }
  return (
    <>
      <p className={styles.note}>{word('frozenTextHint')}</p>
      <div className={styles.frozen}>{answer.value.text}</div>
      <p className={styles.note}>{word('fingerprint', { hash: sha256.slice(0, fingerprintChars) })}</p>
    </>
  )
}
