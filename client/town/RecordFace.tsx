// The record of a meeting as a page: what was decided and by which rule, who spoke how long, what happened, and how
// anybody can check that nothing was changed.
import { useRoute } from 'wouter'
import { Banner } from '../kit/Banner.tsx'
import { Button } from '../kit/Button.tsx'
import { Card } from '../kit/Card.tsx'
import { Progress } from '../kit/Progress.tsx'
import { useSession } from '../link/session.ts'
import { recordWords } from '../words/record.ts'
import { useRefusal } from '../words/refusals.ts'
import { useLanguage, useWords } from '../words/words.ts'
import { clockIn, dateTimeIn } from './dates.ts'
import { DeviceTools, isStaff } from './Frames.tsx'
import { LinkButton } from './LinkButton.tsx'
import { PhaseBadge } from './PhaseBadge.tsx'
import { Amendments } from './record/Amendments.tsx'
import { AttendanceCard } from './record/AttendanceCard.tsx'
import { Course } from './record/Course.tsx'
import styles from './record/Record.module.css'
import { Results } from './record/Results.tsx'
import { SpeakingCard } from './record/SpeakingCard.tsx'
import { type RecordRead, useRecord } from './record/useRecord.ts'
import { VerifyCard } from './record/VerifyCard.tsx'
import town from './Town.module.css'
import { usePrinting } from './usePrinting.ts'

export const RecordFace = () => {
  const [, params] = useRoute('/m/:meetingId/record')
  const meetingId = params?.meetingId ?? ''
  return (
    <>
      <Top meetingId={meetingId} />
      <main className={`${town.page} ${styles.record}`}>
        <Read key={meetingId} meetingId={meetingId} />
      </main>
    </>
  )
}

const Top = ({ meetingId }: { meetingId: string }) => {
  const word = useWords(recordWords)
  const { session } = useSession()
  const staff = session !== null && session !== 'loading' && isStaff(session)
  return (
    <header className={town.top}>
      <div className={styles.back}>
        <LinkButton to={staff ? `/hall/meetings/${meetingId}` : `/m/${meetingId}`} kind="quiet">
          {word('toMeeting')}
        </LinkButton>
      </div>
      <div className={town.tools}>
        <DeviceTools />
        <span className={styles.print}>
          <Button kind="quiet" onPress={() => window.print()}>
            {word('print')}
          </Button>
        </span>
      </div>
    </header>
  )
}

const Read = ({ meetingId }: { meetingId: string }) => {
  const word = useWords(recordWords)
  const refusalWord = useRefusal()
  const [reading, again] = useRecord(meetingId)
  switch (reading.status) {
    case 'loading':
      return (
        <Card>
          <Progress label={word('loading')} value={reading.done} max={reading.total} />
        </Card>
      )
    case 'refused':
      return reading.refusal.code === 'meetingUnknown' ? (
        <Banner tone="warn" action={<LinkButton to="/">{word('toEntry')}</LinkButton>}>
          {refusalWord(reading.refusal)}
        </Banner>
      ) : (
        <Banner tone="warn" action={<Button onPress={again}>{word('again')}</Button>}>
          {refusalWord(reading.refusal)}
        </Banner>
      )
    case 'read':
      return <Record record={reading.record} />
  }
}

const Record = ({ record }: { record: RecordRead }) => {
  const word = useWords(recordWords)
  const isPrinting = usePrinting()
  const { state } = record
  return (
    <>
      <Head record={record} />
      {state.phase === 'closed' ? null : (
        <div className={town.noPrint}>
          <Banner tone="info">{word('stillOpen')}</Banner>
        </div>
      )}
      <Results record={record} isPrinting={isPrinting} />
      <Amendments record={record} />
      <div className={styles.pair}>
        <AttendanceCard state={state} />
        <SpeakingCard state={state} />
      </div>
      <Course record={record} isPrinting={isPrinting} />
      <VerifyCard record={record} />
    </>
  )
}

const Head = ({ record: { state } }: { record: RecordRead }) => {
  const word = useWords(recordWords)
  const [language] = useLanguage()
  const times = [
    state.openedAt === null ? word('notOpened') : `${word('opened')} ${clockIn(state.openedAt)}`,
    ...(state.closedAt === null ? [] : [`${word('closed')} ${clockIn(state.closedAt)}`]),
  ]
  return (
    <header className={town.tight}>
      <p className={town.row}>
        <span className={styles.kicker}>{word('title')}</span>
        <PhaseBadge phase={state.phase} />
      </p>
      <h1 className={town.title}>{state.title}</h1>
      <p className={`${town.soft} ${town.figure}`}>
        {dateTimeIn(language, state.openedAt ?? state.startsAt)}
        {state.place === '' ? '' : ` · ${state.place}`}
      </p>
      <p className={`${town.soft} ${town.figure}`}>{times.join(' · ')}</p>
    </header>
  )
}
