// The page of a meeting for the hall's staff: what it is, its door, its seat cards, its screens, and the ways on.
import { useEffect, useState } from 'react'
import type { MeetingState } from '../../../shared/meeting/state.ts'
import type { CardsView, HallView } from '../../../shared/wire/http.ts'
import { Banner } from '../../kit/Banner.tsx'
import { Skeleton } from '../../kit/Skeleton.tsx'
import { closeMeeting, openMeeting, useMeeting } from '../../link/meeting.ts'
import { townWords } from '../../words/town.ts'
import { meetingWords } from '../../words/townMeeting.ts'
import { useLanguage, useWords } from '../../words/words.ts'
import { paths } from '../calls.ts'
import { dateTimeIn } from '../dates.ts'
import { LinkButton } from '../LinkButton.tsx'
import { useLoaded } from '../loaded.tsx'
import { nextStepKey, PhaseBadge } from '../PhaseBadge.tsx'
import town from '../Town.module.css'
import { CardSheet } from './CardSheet.tsx'
import { CardsCard } from './CardsCard.tsx'
import { DetailsCard } from './DetailsCard.tsx'
import { DoorCard } from './DoorCard.tsx'
import styles from './Meeting.module.css'
import { MeetingEnded } from './MeetingEnded.tsx'
import { ScreensCard } from './ScreensCard.tsx'

export type Cards = CardsView['cards']

export const MeetingPage = ({ meetingId }: { meetingId: string }) => {
  const word = useWords(meetingWords)
  useEffect(() => {
    openMeeting(meetingId)
    return closeMeeting
  }, [meetingId])
  const status = useMeeting((view) => view.status)
  const endedCode = useMeeting((view) => view.endedCode)
  const state = useMeeting((view) => view.state)
  if (status === 'ended') return <MeetingEnded code={endedCode} />
  if (state === null || state.meetingId !== meetingId) return <Skeleton lines={8} />
  return (
    <>
      {status === 'offline' ? <Banner tone="offline">{word('unreachable')}</Banner> : null}
      <Meeting state={state} />
    </>
  )
}

const Meeting = ({ state }: { state: MeetingState }) => {
  const [hall] = useLoaded<HallView>(paths.hall)
  const [cards, setCards] = useState<Cards | null>(null)
  if (cards !== null)
    return (
      <CardSheet
        cards={cards}
        state={state}
        hallName={hall.status === 'loaded' ? hall.value.name : ''}
        onDone={() => setCards(null)}
      />
    )
  return (
    <>
      <Head state={state} />
      <div className={styles.sheets}>
        <div className={town.stack}>
          <DetailsCard state={state} />
          {state.phase === 'closed' ? null : <CardsCard state={state} onCards={setCards} />}
        </div>
        {state.phase === 'closed' ? null : (
          <div className={town.stack}>
            <DoorCard meetingId={state.meetingId} />
            <ScreensCard meetingId={state.meetingId} />
          </div>
        )}
      </div>
    </>
  )
}

const Head = ({ state }: { state: MeetingState }) => {
  const word = useWords(meetingWords)
  const townWord = useWords(townWords)
  const [language] = useLanguage()
  const isClosed = state.phase === 'closed'
  const record = `/m/${state.meetingId}/record`
  return (
    <div className={town.head}>
      <div className={town.headText}>
        <p className={town.row}>
          <PhaseBadge phase={state.phase} />
          <span className={`${town.soft} ${town.figure}`}>
            {dateTimeIn(language, state.startsAt)}
            {state.place === '' ? '' : ` · ${state.place}`}
          </span>
        </p>
        <h1 className={town.title}>{state.title}</h1>
        <p className={town.small}>{townWord(nextStepKey(state.phase))}</p>
      </div>
      <div className={town.row}>
        {isClosed ? null : (
          <LinkButton
            to={`/cockpit/${state.meetingId}`}
            kind={state.phase === 'convened' ? 'plain' : 'primary'}
          >
            {word('toCockpit')}
          </LinkButton>
        )}
        <LinkButton to={record} kind={isClosed ? 'primary' : 'plain'}>
          {word('toRecord')}
        </LinkButton>
      </div>
    </div>
  )
}
