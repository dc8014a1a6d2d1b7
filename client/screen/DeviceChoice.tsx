// Someone who is signed in opened the screen's address: nobody is signed out without being asked.
import { useEffect, useState } from 'react'
import type { MeetingsView, SessionView } from '../../shared/wire/http.ts'
import { Button } from '../kit/Button.tsx'
import { hallTimeZone } from '../kit/hallTime.ts'
import { Skeleton } from '../kit/Skeleton.tsx'
import { toast } from '../kit/Toasts.tsx'
import { get } from '../link/api.ts'
import { signOut } from '../link/session.ts'
import { useRefusal } from '../words/refusals.ts'
import { screenWords } from '../words/screen.ts'
import { useLanguage, useWords } from '../words/words.ts'
import styles from './DeviceChoice.module.css'

export const DeviceChoice = ({
  session,
  isStaff,
  onMeeting,
}: {
  session: SessionView
  isStaff: boolean
  onMeeting: (meetingId: string) => void
}) => {
  const word = useWords(screenWords)
  // who came in by a link may have no name
  const name = session.name === '' ? word(isStaff ? 'staff' : 'participant') : session.name
  return (
    <main className={styles.choice}>
      <h1>{word('staffTitle')}</h1>
      <p>{word(isStaff ? 'staffHint' : 'participantHint', { name })}</p>
      {isStaff ? <Meetings onMeeting={onMeeting} /> : null}
      <Button kind={isStaff ? 'plain' : 'primary'} size="large" onPress={() => void signOut()}>
        {word('staffOwn')}
      </Button>
    </main>
  )
}

const Meetings = ({ onMeeting }: { onMeeting: (meetingId: string) => void }) => {
  const word = useWords(screenWords)
  const refusalWords = useRefusal()
  const [language] = useLanguage()
  const [meetings, setMeetings] = useState<MeetingsView['meetings'] | null>(null)

  useEffect(() => {
    let isGone = false
    void get<MeetingsView>('/api/meetings').then((answer) => {
      if (isGone) return
      if (answer.ok) setMeetings(answer.value.meetings)
      else toast(refusalWords(answer.refusal), { tone: 'warn' })
    })
    return () => {
      isGone = true
    }
  }, [refusalWords])

  if (meetings === null) return <Skeleton lines={3} />
  if (meetings.length === 0) return <p>{word('staffNoMeetings')}</p>
  const day = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    month: 'long',
    day: 'numeric',
    timeZone: hallTimeZone,
  })
  return (
    <section className={styles.meetings}>
      <h2>{word('staffMeetings')}</h2>
      <ul>
        {meetings.map(({ meetingId, title, startsAt }) => (
          <li key={meetingId}>
            <Button kind="primary" size="large" isWide onPress={() => onMeeting(meetingId)}>
              {title} · {day.format(startsAt)}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
