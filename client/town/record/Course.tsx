// What happened, in order, under the agenda item that was open; filtered by kind where somebody looks for something.
import { useMemo, useState } from 'react'
import type { ChronicleEntry, ChronicleKind, ChronicleSection } from '../../../shared/views/chronicle.ts'
import { chronicle, sectionsOf } from '../../../shared/views/chronicle.ts'
import { Button } from '../../kit/Button.tsx'
import { Card } from '../../kit/Card.tsx'
import { recordWords } from '../../words/record.ts'
import { useWords } from '../../words/words.ts'
import { secondsIn } from '../dates.ts'
import town from '../Town.module.css'
import styles from './Record.module.css'
import { runsOf, type Told } from './runs.ts'
import { type Saying, useSaying } from './saying.ts'
import type { RecordRead } from './useRecord.ts'

const kinds = [
  'meeting',
  'agenda',
  'attendance',
  'floor',
  'polls',
  'stage',
] as const satisfies readonly ChronicleKind[]

const kindKeys = {
  meeting: 'kindMeeting',
  agenda: 'kindAgenda',
  attendance: 'kindAttendance',
  floor: 'kindFloor',
  polls: 'kindPolls',
  stage: 'kindStage',
} as const satisfies Readonly<Record<ChronicleKind, unknown>>

/** A long section is laid out by parts, so that the page stays light on a phone. */
const toldAtFirst = 120

interface CourseProps {
  record: RecordRead
  isPrinting: boolean
}

export const Course = ({ record, isPrinting }: CourseProps) => {
  const word = useWords(recordWords)
  const saying = useSaying(record.names)
  const [kind, setKind] = useState<ChronicleKind | null>(null)
  const entries = useMemo(() => chronicle(record.events), [record.events])
  const shown = kind === null ? entries : entries.filter((entry) => entry.kind === kind)
  const sections = sectionsOf(shown)
  return (
    <section className={town.stack}>
      <div className={town.tight}>
        <h2 className={styles.sectionTitle}>{word('course')}</h2>
        <p className={town.small}>{word('courseLead', { count: entries.length })}</p>
      </div>
      <fieldset className={`${styles.kinds} ${town.noPrint}`}>
        <legend className={town.unseen}>{word('kindFilter')}</legend>
        <Button isPressed={kind === null} onPress={() => setKind(null)}>
          {word('kindAll')}
        </Button>
        {kinds.map((each) => (
          <Button key={each} isPressed={kind === each} onPress={() => setKind(each)}>
            {word(kindKeys[each])}
          </Button>
        ))}
      </fieldset>
      {sections.length === 0 ? <p className={town.soft}>{word('nothingOfKind')}</p> : null}
      {sections.map((section, index) => (
        <Section
          key={`${kind}${section.entries[0]?.seq}`}
          section={section}
          title={titleOf(record, sections, index, word)}
          saying={saying}
          isPrinting={isPrinting}
        />
      ))}
    </section>
  )
}

type Word = (key: 'beforeFirst' | 'afterClose' | 'again2') => string

const titleOf = (
  record: RecordRead,
  sections: readonly ChronicleSection[],
  index: number,
  word: Word,
): string => {
  const itemId = sections[index]?.itemId ?? null
  if (itemId === null) {
    const isAfter = sections[index]?.entries.some(({ type }) => type === 'meetingClosed') ?? false
    return word(isAfter ? 'afterClose' : 'beforeFirst')
  }
  const item = record.state.agenda.find((each) => each.itemId === itemId)
  const isAgain = sections.slice(0, index).some((section) => section.itemId === itemId)
  return `${item?.title ?? itemId}${isAgain ? word('again2') : ''}`
}

interface SectionProps {
  section: ChronicleSection
  title: string
  saying: Saying
  isPrinting: boolean
}

const Section = ({ section, title, saying, isPrinting }: SectionProps) => {
  const word = useWords(recordWords)
  const [limit, setLimit] = useState(toldAtFirst)
  const told = runsOf(section.entries)
  const shown = isPrinting ? told : told.slice(0, limit)
  return (
    <Card title={title}>
      <ol className={styles.course}>
        {shown.map((each) => (
          <ToldLine key={seqOf(each)} told={each} saying={saying} isPrinting={isPrinting} />
        ))}
      </ol>
      {shown.length < told.length ? (
        <Button onPress={() => setLimit((before) => before * 4)}>
          {word('more', { count: told.length - shown.length })}
        </Button>
      ) : null}
    </Card>
  )
}

const seqOf = (told: Told): number => (told.kind === 'entry' ? told.entry.seq : (told.entries[0]?.seq ?? 0))

const ToldLine = ({ told, saying, isPrinting }: { told: Told; saying: Saying; isPrinting: boolean }) =>
  told.kind === 'entry' ? (
    <Entry entry={told.entry} saying={saying} />
  ) : (
    <CheckIns entries={told.entries} saying={saying} isPrinting={isPrinting} />
  )

/** The actor is said where it is not already who the line is about. */
const Entry = ({ entry, saying }: { entry: ChronicleEntry; saying: Saying }) => {
  const word = useWords(recordWords)
  const isOwn = entry.lines.some(
    ({ params }) => params.seat !== undefined && 'seat' in params.seat && params.seat.seat === entry.by,
  )
  return (
    <li className={styles.entry} data-kind={entry.kind}>
      <time className={styles.time} dateTime={new Date(entry.at).toISOString()}>
        {secondsIn(entry.at)}
      </time>
      <div>
        {entry.lines.map((line, index) => (
          <p key={line.key}>
            {saying.line(line)}
            {isOwn || index < entry.lines.length - 1 ? null : (
              <span className={styles.actor}>{word('by', { name: saying.actor(entry.by) })}</span>
            )}
          </p>
        ))}
      </div>
    </li>
  )
}

interface CheckInsProps {
  entries: readonly ChronicleEntry[]
  saying: Saying
  isPrinting: boolean
}

const seatOf = (entry: ChronicleEntry): string => {
  const seat = entry.lines[0]?.params.seat
  return seat !== undefined && 'seat' in seat ? seat.seat : ''
}

const CheckIns = ({ entries, saying, isPrinting }: CheckInsProps) => {
  const word = useWords(recordWords)
  const [isOpen, setOpen] = useState(false)
  const first = entries[0]
  const last = entries.at(-1)
  if (first === undefined || last === undefined) return null
  const seats = entries.slice(0, 3).map((entry) => saying.seat(seatOf(entry)))
  return (
    <li className={styles.entry} data-kind="attendance">
      <time className={styles.time} dateTime={new Date(first.at).toISOString()}>
        {secondsIn(first.at)}
      </time>
      <div className={town.tight}>
        <p>{word('runCheckIn', { seats: seats.join('、'), count: entries.length })}</p>
        <p className={town.noPrint}>
          <Button kind="quiet" onPress={() => setOpen(!isOpen)}>
            {word(isOpen ? 'runClose' : 'runOpen')}
          </Button>
        </p>
        {isOpen || isPrinting ? (
          <ol className={styles.run}>
            {entries.map((entry) => (
              <li key={entry.seq}>
                <span className={styles.time}>{secondsIn(entry.at)}</span> {saying.seat(seatOf(entry))}
              </li>
            ))}
          </ol>
        ) : null}
      </div>
    </li>
  )
}
