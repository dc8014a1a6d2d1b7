// The desk of the hall: its meetings, each with the next step, and the ways to hold another.
import { useState } from 'react'
import type { HallView, MeetingsView, RosterView } from '../../shared/wire/http.ts'
import { Button } from '../kit/Button.tsx'
import { EmptyState } from '../kit/EmptyState.tsx'
import { townWords } from '../words/town.ts'
import { pick, useLanguage, useWords } from '../words/words.ts'
import { paths } from './calls.ts'
import { dateTimeIn } from './dates.ts'
import { useStaffRole } from './Frames.tsx'
import { LinkButton } from './LinkButton.tsx'
import { LoadedView, useLoaded } from './loaded.tsx'
import styles from './Meetings.module.css'
import { groupsOf, type MeetingLine } from './meetingList.ts'
import { isPhase, nextStepKey, PhaseBadge } from './PhaseBadge.tsx'
import { StartNow } from './StartNow.tsx'
import town from './Town.module.css'

const pastShownAtFirst = 10

export const MeetingsPage = () => {
  const word = useWords(townWords)
  const [language] = useLanguage()
  const [hall] = useLoaded<HallView>(paths.hall)
  const [roster] = useLoaded<RosterView>(paths.roster)
  const [meetings, again] = useLoaded<MeetingsView>(paths.meetings)
  const [isStarting, setStarting] = useState(false)
  const mayConvene = useStaffRole() !== 'clerk'
  const people = roster.status === 'loaded' ? roster.value.people.length : null
  const groups = meetings.status === 'loaded' ? groupsOf(meetings.value.meetings) : null
  // with a meeting running or ahead, that one comes first; with none at all, the empty state says so itself
  const isNextStep =
    groups !== null && groups.now.length + groups.ahead.length === 0 && groups.past.length > 0
  const unit = hall.status === 'loaded' ? hall.value.unit : null
  return (
    <>
      <div className={town.head}>
        <div className={town.headText}>
          <h1 className={town.title}>{word('meetings')}</h1>
          {unit === null ? null : <p className={town.lead}>{pick(unit.name, language)}</p>}
        </div>
        {mayConvene ? (
          <div className={town.row}>
            <Button onPress={() => setStarting(true)}>{word('startNow')}</Button>
            <LinkButton to="/hall/meetings/new" kind={isNextStep ? 'primary' : 'plain'}>
              {word('convene')}
            </LinkButton>
          </div>
        ) : null}
      </div>
      {people === 0 ? (
        <EmptyState
          title={word('rosterEmptyTitle')}
          hint={word('rosterEmptyHint')}
          action={
            <LinkButton to="/hall/roster" kind="primary" size="large">
              {word('toRoster')}
            </LinkButton>
          }
        />
      ) : null}
      <LoadedView loaded={meetings} again={again}>
        {(value) => <Groups meetings={value.meetings} isRosterEmpty={people === 0} />}
      </LoadedView>
      <StartNow isOpen={isStarting} onClose={() => setStarting(false)} people={people} />
    </>
  )
}

const Groups = ({
  meetings,
  isRosterEmpty,
}: {
  meetings: readonly MeetingLine[]
  isRosterEmpty: boolean
}) => {
  const word = useWords(townWords)
  const [showsAll, setShowsAll] = useState(false)
  const { now, ahead, past } = groupsOf(meetings)
  if (meetings.length === 0) {
    // with an empty roster the page already says what comes first
    if (isRosterEmpty) return null
    return (
      <EmptyState
        title={word('noMeetingsTitle')}
        hint={word('noMeetingsHint')}
        action={
          <LinkButton to="/hall/meetings/new" kind="primary" size="large">
            {word('convene')}
          </LinkButton>
        }
      />
    )
  }
  const first = now[0] ?? ahead[0] ?? null
  const shownPast = showsAll ? past : past.slice(0, pastShownAtFirst)
  return (
    <>
      <Group title={word('groupNow')} meetings={now} first={first} />
      <Group title={word('groupAhead')} meetings={ahead} first={first} />
      <Group title={word('groupPast')} meetings={shownPast} first={first} />
      {shownPast.length < past.length ? (
        <Button kind="quiet" onPress={() => setShowsAll(true)}>
          {word('earlier', { count: past.length - shownPast.length })}
        </Button>
      ) : null}
    </>
  )
}

interface GroupProps {
  title: string
  meetings: readonly MeetingLine[]
  /** The one meeting whose next step is the main one of the page. */
  first: MeetingLine | null
}

const Group = ({ title, meetings, first }: GroupProps) => {
  if (meetings.length === 0) return null
  return (
    <section className={town.tight}>
      <h2 className={styles.groupTitle}>{title}</h2>
      <ul className={styles.list}>
        {meetings.map((meeting) => (
          <Meeting key={meeting.meetingId} meeting={meeting} isFirst={meeting === first} />
        ))}
      </ul>
    </section>
  )
}

const Meeting = ({ meeting, isFirst }: { meeting: MeetingLine; isFirst: boolean }) => {
  const word = useWords(townWords)
  const [language] = useLanguage()
  const phase = isPhase(meeting.phase) ? meeting.phase : 'convened'
  const page = `/hall/meetings/${meeting.meetingId}`
  const main = isFirst ? 'primary' : 'plain'
  return (
    <li className={styles.meeting}>
      <div className={styles.meetingText}>
        <div className={town.row}>
          <PhaseBadge phase={phase} />
          <span className={`${town.soft} ${town.figure}`}>{dateTimeIn(language, meeting.startsAt)}</span>
        </div>
        <h3 className={styles.meetingTitle}>{meeting.title}</h3>
        <p className={town.small}>{word(nextStepKey(phase))}</p>
      </div>
      <div className={styles.meetingActions}>
        {phase === 'convened' ? (
          <>
            <LinkButton to={page} kind={main}>
              {word('prepare')}
            </LinkButton>
            <LinkButton to={`/cockpit/${meeting.meetingId}`}>{word('openCockpit')}</LinkButton>
          </>
        ) : phase === 'closed' ? (
          <LinkButton to={`/m/${meeting.meetingId}/record`}>{word('readRecord')}</LinkButton>
        ) : (
          <>
            <LinkButton to={`/cockpit/${meeting.meetingId}`} kind={main}>
              {word('openCockpit')}
            </LinkButton>
            <LinkButton to={page}>{word('printCards')}</LinkButton>
            <LinkButton to={`/m/${meeting.meetingId}/record`} kind="quiet">
              {word('readRecord')}
            </LinkButton>
          </>
        )}
      </div>
    </li>
  )
}
