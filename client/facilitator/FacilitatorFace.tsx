// The facilitator's face: enters the meeting of the address and shows the cockpit to those who may stand at it.
import { useEffect } from 'react'
import { Link, useParams } from 'wouter'
import type { RefusalCode } from '../../shared/kernel/refusals.ts'
import type { Role } from '../../shared/wire/live.ts'
import { Button } from '../kit/Button.tsx'
import { EmptyState } from '../kit/EmptyState.tsx'
import { Skeleton } from '../kit/Skeleton.tsx'
import { type EndedCode, nowhere } from '../link/connection.ts'
import { closeMeeting, openMeeting, useMeeting } from '../link/meeting.ts'
import { useSession } from '../link/session.ts'
import { facilitatorWords } from '../words/facilitator.ts'
import { refusalWords, useRefusal } from '../words/refusals.ts'
import { useWords } from '../words/words.ts'
import { Cockpit } from './Cockpit.tsx'
import styles from './cockpit.module.css'

const standsAtCockpit = (role: Role): boolean =>
  role === 'secretary' || role === 'facilitator' || role === 'clerk'

const isRefusal = (code: EndedCode): code is RefusalCode => Object.hasOwn(refusalWords, code)

export const FacilitatorFace = () => {
  const { meetingId } = useParams<{ meetingId: string }>()
  const { session } = useSession()
  const isSignedIn = session !== null && session !== 'loading'
  useEffect(() => {
    if (!isSignedIn || meetingId === undefined) return
    openMeeting(meetingId)
    return closeMeeting
  }, [isSignedIn, meetingId])
  if (session === null) return <SignInFirst meetingId={meetingId ?? ''} />
  return meetingId === undefined ? null : <Entered meetingId={meetingId} />
}

/** Whoever's session ran out comes back to the same meeting. */
const SignInFirst = ({ meetingId }: { meetingId: string }) => {
  const word = useWords(facilitatorWords)
  return (
    <main className={styles.gate}>
      <EmptyState
        title={word('signInFirst')}
        hint={word('signInHint')}
        action={
          <Link href={`/sign-in?next=${encodeURIComponent(`/cockpit/${meetingId}`)}`}>{word('signIn')}</Link>
        }
      />
    </main>
  )
}

const Entered = ({ meetingId }: { meetingId: string }) => {
  const word = useWords(facilitatorWords)
  const isKnown = useMeeting((it) => it.state !== null)
  const role = useMeeting((it) => it.me?.role)
  const ended = useMeeting((it) => it.status === 'ended')
  const refusal = useRefusal()
  const code = useMeeting((it) => it.endedCode)
  if (ended && code !== null && nowhere.has(code)) {
    return (
      <main className={styles.gate}>
        <EmptyState
          title={refusal({ code: 'meetingUnknown' })}
          action={<Link href="/hall">{word('toHall')}</Link>}
        />
      </main>
    )
  }
  if (ended) {
    return (
      <main className={styles.gate}>
        <EmptyState
          title={word(isKnown ? 'ended' : 'notOpen')}
          hint={code !== null && isRefusal(code) ? refusal({ code }) : ''}
          action={<Button onPress={() => openMeeting(meetingId)}>{word('reload')}</Button>}
        />
      </main>
    )
  }
  if (!isKnown || role === undefined) return <Entering />
  if (!standsAtCockpit(role)) return <NotStaff meetingId={meetingId} />
  return <Cockpit />
}

const Entering = () => {
  const word = useWords(facilitatorWords)
  return (
    <main className={styles.gate}>
      <p>{word('entering')}</p>
      <Skeleton lines={6} />
    </main>
  )
}

const NotStaff = ({ meetingId }: { meetingId: string }) => {
  const word = useWords(facilitatorWords)
  return (
    <main className={styles.gate}>
      <EmptyState
        title={word('notStaff')}
        hint={word('notStaffHint')}
        action={<Link href={`/m/${meetingId}`}>{word('toMySeat')}</Link>}
      />
    </main>
  )
}
