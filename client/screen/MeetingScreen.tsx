// The picture of a meeting, kept up whatever happens to the connection: it shows the last thing it knew and says so.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Poll } from '../../shared/meeting/state.ts'
import type { DoorView } from '../../shared/wire/http.ts'
import { ScreenPicture } from '../kit/stage/ScreenPicture.tsx'
import { get } from '../link/api.ts'
import { closeMeeting, openMeeting, useMeeting } from '../link/meeting.ts'
import { screenWords } from '../words/screen.ts'
import { useWords } from '../words/words.ts'
import { LiveAmendment, loadLiveAmendment } from './LiveAmendment.tsx'
import { LiveText, loadLiveText } from './LiveText.tsx'
import styles from './Screen.module.css'
import { keepSnapshot, readSnapshot, type Snapshot } from './snapshot.ts'
import { usePointerAtRest, useStayingAwake } from './useStayingAwake.ts'

const keepAfterMs = 1_000
const enterAgainMs = 2_000
const doorAgainMs = 5_000
/** A blip shorter than this is not worth telling the hall. */
const noticeAfterMs = 1_500

/** The meeting's door does not change; it is asked for until the hall has answered. */
const useDoor = (meetingId: string, known: DoorView | null): DoorView | null => {
  const [door, setDoor] = useState(known)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    let isGone = false
    const ask = async () => {
      const answer = await get<DoorView>(`/api/meetings/${meetingId}/door`)
      if (isGone) return
      if (answer.ok) setDoor(answer.value)
      else timer = setTimeout(ask, doorAgainMs)
    }
    void ask()
    return () => {
      isGone = true
      clearTimeout(timer)
    }
  }, [meetingId])
  return door
}

const useKeptSnapshot = (snapshot: Snapshot | null): void => {
  const latest = useRef(snapshot)
  latest.current = snapshot
  useEffect(() => {
    const keep = () => {
      if (latest.current !== null) keepSnapshot(latest.current)
    }
    window.addEventListener('pagehide', keep)
    return () => window.removeEventListener('pagehide', keep)
  }, [])
  useEffect(() => {
    if (snapshot === null) return
    const timer = setTimeout(() => keepSnapshot(snapshot), keepAfterMs)
    return () => clearTimeout(timer)
  }, [snapshot])
}

const useLasting = (isTrue: boolean): boolean => {
  const [lasts, setLasts] = useState(false)
  useEffect(() => {
    if (!isTrue) {
      setLasts(false)
      return
    }
    const timer = setTimeout(() => setLasts(true), noticeAfterMs)
    return () => clearTimeout(timer)
  }, [isTrue])
  return lasts
}

const drawText = (draftId: string) => <LiveText key={draftId} draftId={draftId} />
const drawAmendment = (meetingId: string, poll: Poll) => (
  <LiveAmendment key={poll.pollId} meetingId={meetingId} poll={poll} />
)

export const MeetingScreen = ({ meetingId }: { meetingId: string }) => {
  const word = useWords(screenWords)
  const [before] = useState(() => {
    const kept = readSnapshot()
    return kept?.meetingId === meetingId ? kept : null
  })
  const status = useMeeting((view) => view.status)
  const liveState = useMeeting((view) => view.state)
  const names = useMeeting((view) => view.names)
  const tally = useMeeting((view) => view.tally)
  const serverNow = useMeeting((view) => view.serverNow)
  const door = useDoor(meetingId, before?.door ?? null)
  const isCut = useLasting(status !== 'live')
  const rests = usePointerAtRest()
  useStayingAwake()

  useEffect(() => void Promise.allSettled([loadLiveText(), loadLiveAmendment()]), [])
  useEffect(() => {
    openMeeting(meetingId)
    return closeMeeting
  }, [meetingId])
  useEffect(() => {
    if (status !== 'ended') return
    // where it has truly ended, the session says so and this screen goes; a farewell that came late is met by entering again
    const timer = setTimeout(() => openMeeting(meetingId), enterAgainMs)
    return () => clearTimeout(timer)
  }, [status, meetingId])

  const live = useMemo<Snapshot | null>(
    () =>
      liveState === null
        ? null
        : { meetingId, state: liveState, names, tally, door, clockOffsetMs: serverNow() - Date.now() },
    [meetingId, liveState, names, tally, door, serverNow],
  )
  useKeptSnapshot(live)

  const last = useRef(before)
  if (live !== null) last.current = live
  const shown = last.current
  const offsetMs = shown?.clockOffsetMs ?? 0
  const now = useCallback(() => Date.now() + offsetMs, [offsetMs])
  return (
    <main className={styles.screen} data-rests={rests || undefined}>
      <div className={styles.picture}>
        {shown === null ? (
          <p className={styles.joining}>{word('joining')}</p>
        ) : (
          <ScreenPicture
            state={shown.state}
            names={shown.names}
            tally={shown.tally}
            now={now}
            doorUrl={door?.url ?? null}
            roomCode={door?.roomCode ?? null}
            drawText={drawText}
            drawAmendment={drawAmendment}
          />
        )}
      </div>
      {isCut ? (
        <p className={styles.notice} role="status">
          {word(shown === null ? 'unreachable' : 'reconnecting')}
        </p>
      ) : null}
    </main>
  )
}
