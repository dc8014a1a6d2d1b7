// The big screen: unpaired it shows a code, paired it follows its meeting. Staff may also show it from their own computer.
import { useEffect, useState } from 'react'
import type { SessionView } from '../../shared/wire/http.ts'
import { useMeeting } from '../link/meeting.ts'
import { refresh, useSession } from '../link/session.ts'
import { screenWords } from '../words/screen.ts'
import { useWords } from '../words/words.ts'
import { DeviceChoice } from './DeviceChoice.tsx'
import { MeetingScreen } from './MeetingScreen.tsx'
import { PairingView } from './PairingView.tsx'
import styles from './Screen.module.css'
import { ScreenBoundary } from './ScreenBoundary.tsx'
import { dropSnapshot, readSnapshot } from './snapshot.ts'
import { useScreenKeys } from './useScreenKeys.ts'

const staffRoles: ReadonlySet<SessionView['role']> = new Set(['secretary', 'facilitator', 'clerk'])

const askedMeeting = (): string | null => new URLSearchParams(window.location.search).get('meeting')

export const ScreenFace = () => (
  <ScreenBoundary>
    <WhicheverScreen />
  </ScreenBoundary>
)

const WhicheverScreen = () => {
  useScreenKeys()
  const word = useWords(screenWords)
  const { session } = useSession()
  const [chosen, setChosen] = useState(askedMeeting)
  const endedCode = useMeeting((view) => view.endedCode)

  useEffect(() => {
    if (endedCode === null) return
    if (endedCode !== 'screenPaired') dropSnapshot()
    void refresh()
  }, [endedCode])

  const choose = (meetingId: string) => {
    window.history.replaceState(null, '', `/screen?meeting=${encodeURIComponent(meetingId)}`)
    setChosen(meetingId)
  }

  // until the hall has said who this is, the last picture stands
  if (session === 'loading') {
    const last = readSnapshot()
    if (last !== null) return <MeetingScreen key={last.meetingId} meetingId={last.meetingId} />
    return (
      <main className={styles.screen}>
        <p className={styles.joining}>{word('joining')}</p>
      </main>
    )
  }
  if (session === null) return <PairingView />
  if (session.role === 'screen') {
    if (session.meetingId === null) return <PairingView />
    return <MeetingScreen key={session.meetingId} meetingId={session.meetingId} />
  }
  const isStaff = staffRoles.has(session.role)
  if (isStaff && chosen !== null) return <MeetingScreen key={chosen} meetingId={chosen} />
  return <DeviceChoice session={session} isStaff={isStaff} onMeeting={choose} />
}
