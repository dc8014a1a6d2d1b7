// Enters the meeting, and says so when it cannot: the connection knows before anything else is asked.
import { useEffect } from 'react'
import { useLocation } from 'wouter'
import { Button } from '../kit/Button.tsx'
import { type EndedCode, nowhere } from '../link/connection.ts'
import { closeMeeting, openMeeting, useMeeting } from '../link/meeting.ts'
import { useSession } from '../link/session.ts'
import { participantDoorWords } from '../words/participantDoor.ts'
import { useRefusal } from '../words/refusals.ts'
import { useWords } from '../words/words.ts'
import { MeetingFrame } from './MeetingFrame.tsx'
import { Plain } from './Plain.tsx'
import { whereTo } from './whereTo.ts'

export const MeetingPage = ({ meetingId }: { meetingId: string }) => {
  const word = useWords(participantDoorWords)
  const endedCode = useMeeting((it) => (it.status === 'ended' ? it.endedCode : null))
  const state = useMeeting((it) => it.state)
  const me = useMeeting((it) => it.me)
  useEffect(() => {
    openMeeting(meetingId)
    return closeMeeting
  }, [meetingId])

  if (endedCode !== null) return <Ended code={endedCode} meetingId={meetingId} />
  if (state === null || me === null) return <Plain title={word('opening')} isBusy />
  return <MeetingFrame state={state} me={me} />
}

const signedOut: ReadonlySet<EndedCode> = new Set(['notSignedIn', 'sessionEnded'])

const Ended = ({ code, meetingId }: { code: EndedCode; meetingId: string }) => {
  const word = useWords(participantDoorWords)
  const { session, refresh } = useSession()
  const [, go] = useLocation()
  useEffect(() => {
    void refresh().then((now) => {
      if (code === 'admitted' && now !== null && now !== 'loading' && now.meetingId === meetingId)
        openMeeting(meetingId)
    })
  }, [code, meetingId, refresh])

  if (code === 'outdated') {
    return (
      <Plain title={word('ended_outdated')} hint={word('ended_outdatedHint')}>
        <Button kind="primary" size="large" onPress={() => window.location.reload()}>
          {word('reload')}
        </Button>
      </Plain>
    )
  }
  if (code === 'movedToOtherDevice') {
    return <Plain title={word('ended_movedToOtherDevice')} hint={word('ended_movedToOtherDeviceHint')} />
  }
  const known = session === 'loading' ? null : session
  if (known !== null && known.meetingId !== null && known.meetingId !== meetingId) {
    return (
      <Plain title={word('otherMeetingTitle')} hint={word('otherMeetingHint')}>
        <Button kind="primary" size="large" onPress={() => go(whereTo(known), { replace: true })}>
          {word('toMyMeeting')}
        </Button>
      </Plain>
    )
  }
  if (known?.role === 'waiting') {
    return (
      <Plain title={word('waitingTitle')} hint={word('waitingHint', { name: known.name })}>
        <Button kind="primary" size="large" onPress={() => go('/r', { replace: true })}>
          {word('useRoomCode')}
        </Button>
      </Plain>
    )
  }
  return <NotSeated code={code} />
}

const NotSeated = ({ code }: { code: EndedCode }) => {
  const word = useWords(participantDoorWords)
  const inWords = useRefusal()
  const [, go] = useLocation()
  if (nowhere.has(code)) {
    return (
      <Plain title={inWords({ code: 'meetingUnknown' })}>
        <Button size="large" onPress={() => go('/')}>
          {word('toEntry')}
        </Button>
      </Plain>
    )
  }
  const said =
    code === 'notSignedIn'
      ? { title: word('notSignedInTitle'), hint: word('notSignedInHint') }
      : {
          title: signedOut.has(code) ? word('ended_sessionEnded') : word('ended_other'),
          hint: word('ended_sessionEndedHint'),
        }
  return (
    <Plain title={said.title} hint={said.hint}>
      <Button size="large" onPress={() => go('/r')}>
        {word('useRoomCode')}
      </Button>
    </Plain>
  )
}
