// A card or link was scanned: its token becomes this device's session, and the session goes on to its face.
import { useCallback, useEffect, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { RefusalCode } from '../../shared/kernel/refusals.ts'
import type { Refusal } from '../../shared/kernel/result.ts'
import type { SessionView } from '../../shared/wire/http.ts'
import { Button } from '../kit/Button.tsx'
import { useSession } from '../link/session.ts'
import { participantDoorWords } from '../words/participantDoor.ts'
import { useRefusal } from '../words/refusals.ts'
import { useWords } from '../words/words.ts'
import { Plain } from './Plain.tsx'
import { whereTo } from './whereTo.ts'

const retryMs = 2_500
const passing: ReadonlySet<RefusalCode> = new Set(['unreachable', 'busy', 'tooFast', 'storeUnavailable'])

export const JoinPage = ({ token }: { token: string }) => {
  const { session, signIn, refresh } = useSession()
  const [, go] = useLocation()
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const isAsking = useRef(false)

  const exchange = useCallback(async () => {
    // The card works once: asking twice at the same time would find it used by ourselves.
    if (isAsking.current) return
    isAsking.current = true
    const answer = await signIn({ token })
    isAsking.current = false
    if (answer.ok) {
      go(whereTo(answer.value), { replace: true })
      return
    }
    setRefusal(answer.refusal)
    // The device may have been seated by this very card before.
    if (!passing.has(answer.refusal.code)) void refresh()
  }, [token, signIn, refresh, go])

  useEffect(() => {
    void exchange()
  }, [exchange])
  useEffect(() => {
    if (refusal === null || !passing.has(refusal.code)) return
    const timer = setInterval(() => void exchange(), retryMs)
    window.addEventListener('online', exchange)
    return () => {
      clearInterval(timer)
      window.removeEventListener('online', exchange)
    }
  }, [refusal, exchange])

  return refusal === null ? (
    <Joining />
  ) : (
    <JoinRefused
      refusal={refusal}
      session={session === 'loading' ? null : session}
      onRetry={() => void exchange()}
    />
  )
}

const Joining = () => {
  const word = useWords(participantDoorWords)
  return <Plain title={word('joining')} isBusy />
}

type TroubleKey = 'cardUsed' | 'cardWithdrawn' | 'tokenUnknown'
const isTold = (code: RefusalCode): code is TroubleKey =>
  code === 'cardUsed' || code === 'cardWithdrawn' || code === 'tokenUnknown'

const JoinRefused = ({
  refusal,
  session,
  onRetry,
}: {
  refusal: Refusal
  session: SessionView | null
  onRetry: () => void
}) => {
  const word = useWords(participantDoorWords)
  const inWords = useRefusal()
  const [, go] = useLocation()
  // Of a card that was read in part, the address is malformed.
  const code = refusal.code === 'malformed' ? 'tokenUnknown' : refusal.code
  if (passing.has(code)) {
    return (
      <Plain title={word('joinUnreachable')} hint={word('joinUnreachableHint')} isBusy>
        <Button size="large" onPress={onRetry}>
          {word('retry')}
        </Button>
      </Plain>
    )
  }
  const told = isTold(code)
    ? { title: word(`${code}Title`), hint: word(`${code}Hint`) }
    : { title: word('joinFailed'), hint: inWords(refusal) }
  return (
    <Plain title={told.title} hint={told.hint}>
      {session === null || session.role === 'screen' ? null : (
        <>
          <p>{word('continueAs', { name: session.name })}</p>
          <Button kind="primary" size="large" onPress={() => go(whereTo(session), { replace: true })}>
            {word('continueButton', { name: session.name })}
          </Button>
        </>
      )}
      <Button size="large" onPress={() => go('/r')}>
        {word('useRoomCode')}
      </Button>
    </Plain>
  )
}
