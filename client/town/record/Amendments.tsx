// The amendments of the meeting and what became of each, with the texts that the record holds fast.
import { lazy, Suspense, useState } from 'react'
import type { Amendment, FrozenText, MeetingState } from '../../../shared/meeting/state.ts'
import { amendmentStanding } from '../../../shared/views/amendmentStanding.ts'
import { Badge } from '../../kit/Badge.tsx'
import { Button } from '../../kit/Button.tsx'
import { Card } from '../../kit/Card.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { Skeleton } from '../../kit/Skeleton.tsx'
import { amendmentWords } from '../../words/amendments.ts'
import { recordWords } from '../../words/record.ts'
import { useWords } from '../../words/words.ts'
import { clockIn } from '../dates.ts'
import town from '../Town.module.css'
import { ReadText } from './ReadText.tsx'
import styles from './Record.module.css'
import { useSaying } from './saying.ts'
import type { RecordRead } from './useRecord.ts'

const PollDifference = lazy(() =>
  import('../../editor/difference/PollDifference.tsx').then((it) => ({ default: it.PollDifference })),
)

export const Amendments = ({ record }: { record: RecordRead }) => {
  const word = useWords(amendmentWords)
  const { amendments } = record.state
  if (amendments.length === 0) return null
  return (
    <section className={town.stack}>
      <h2 className={styles.sectionTitle}>{word('amendments')}</h2>
      {amendments.map((amendment) => (
        <Entry key={amendment.amendmentId} amendment={amendment} record={record} />
      ))}
    </section>
  )
}

const Entry = ({ amendment, record }: { amendment: Amendment; record: RecordRead }) => {
  const word = useWords(amendmentWords)
  const say = useWords(recordWords)
  const { state } = record
  const { seat } = useSaying(record.names)
  const { title, itemId, seatId, settledAt, pollId, base, adopted, purpose, reason } = amendment
  const item = state.agenda.find((one) => one.itemId === itemId)
  return (
    <Card>
      <div className={town.tight}>
        <p className={`${town.small} ${town.figure}`}>
          {item === undefined ? '' : `${item.title} · `}
          {[amendment.proposedAt, ...(settledAt === null ? [] : [settledAt])].map(clockIn).join('–')}
        </p>
        <h3 className={styles.question}>{title}</h3>
        <p className={town.row}>
          <Badge tone={adopted ? 'good' : 'plain'}>
            {word(`standing_${amendmentStanding(state, amendment)}`)}
          </Badge>
          <span>{word('by', { name: seat(seatId) })}</span>
          {adopted ? <span>{say(pollId === null ? 'adoptedByConsent' : 'adoptedByPoll')}</span> : null}
        </p>
        {purpose === '' ? null : <p>{word('purpose', { purpose })}</p>}
        {reason === '' ? null : <p>{word('reason', { reason })}</p>}
      </div>
      <div className={styles.rule}>
        <ReadText label="baseOf" title={title} text={base} meetingId={state.meetingId} />
        {adopted ? (
          <>
            <ReadText label="adoptedOf" title={title} text={adopted} meetingId={state.meetingId} />
            <SeeChanges title={title} base={base} text={adopted} state={state} amendment={amendment} />
          </>
        ) : null}
      </div>
    </Card>
  )
}

interface SeeChangesProps {
  title: string
  base: FrozenText
  text: FrozenText
  state: MeetingState
  amendment: Pick<Amendment, 'amendmentId'>
}

/** From the text that an amendment was made from to its own. */
export const SeeChanges = ({ title, base, text, state, amendment: { amendmentId } }: SeeChangesProps) => {
  const word = useWords(amendmentWords)
  const [isOpen, setOpen] = useState(false)
  return (
    <div className={town.noPrint}>
      <Button kind="quiet" onPress={() => setOpen(true)}>
        {word('tabDifference')}
      </Button>
      <Dialog title={title} isOpen={isOpen} onClose={() => setOpen(false)} size="wide">
        <Suspense fallback={<Skeleton lines={5} />}>
          <PollDifference
            meetingId={state.meetingId}
            poll={{ text, amendment: { amendmentId, base } }}
            size="laptop"
          />
        </Suspense>
      </Dialog>
    </div>
  )
}
