// The desk: people who wait to be let in, and seat cards that were scanned a second time.
import type { DeskAsk } from '../../../shared/wire/http.ts'
import type { Desk } from '../../../shared/wire/live.ts'
import { Button } from '../../kit/Button.tsx'
import { EmptyState } from '../../kit/EmptyState.tsx'
import { post } from '../../link/api.ts'
import { useMeeting } from '../../link/meeting.ts'
import { roomWords } from '../../words/facilitatorRoom.ts'
import { useWords } from '../../words/words.ts'
import { useMeetingParts, useSeatName } from '../cockpit.ts'
import { openDialog } from '../dialogs.ts'
import { useNow } from '../useNow.ts'
import { useAsk } from '../useOrder.ts'
import { DoorCard } from './DoorCard.tsx'
import styles from './desk.module.css'

type Entry = Desk['entries'][number]

const noEntries: readonly Entry[] = []

export const DeskPanel = () => {
  const word = useWords(roomWords)
  const entries = useMeeting((it) => it.desk?.entries ?? noEntries)
  return (
    <div className={styles.panel} data-panel="desk">
      {entries.length === 0 ? (
        <EmptyState title={word('deskEmpty')} hint={word('deskEmptyHint')} />
      ) : (
        <ul className={styles.entries}>
          {entries.map((entry) => (
            <li key={entry.deskEntryId} className={styles.entry} data-kind={entry.kind}>
              {entry.kind === 'waiting' ? <Waiting entry={entry} /> : <SecondScan entry={entry} />}
            </li>
          ))}
        </ul>
      )}
      <DoorCard />
    </div>
  )
}

const useDeskAnswer = (entry: Entry) => {
  const { meetingId } = useMeetingParts('meetingId')
  const { ask, pending } = useAsk()
  const answer = (body: DeskAsk) =>
    void ask(post(`/api/meetings/${meetingId}/desk/${entry.deskEntryId}`, body))
  return { answer, pending }
}

const EntryHead = ({ entry, kind, name }: { entry: Entry; kind: string; name: string }) => {
  const word = useWords(roomWords)
  const now = useNow(true, 5_000)
  const minutes = Math.floor((now - entry.at) / 60_000)
  return (
    <div className={styles.head}>
      <span className={styles.kind}>{kind}</span>
      <strong className={styles.name}>{name}</strong>
      <span className={styles.ago}>{minutes < 1 ? word('justNow') : word('ago', { count: minutes })}</span>
    </div>
  )
}

const Waiting = ({ entry }: { entry: Entry }) => {
  const word = useWords(roomWords)
  const { answer, pending } = useDeskAnswer(entry)
  const { deskEntryId, name } = entry
  return (
    <>
      <EntryHead entry={entry} kind={word('waitingKind')} name={name} />
      <div className={styles.keys}>
        <Button onPress={() => openDialog({ kind: 'bindSeat', deskEntryId, name })} isPending={pending}>
          {word('bind')}
        </Button>
        <Button onPress={() => answer({ action: 'admitObserver' })} isPending={pending}>
          {word('admit')}
        </Button>
        <Button kind="danger" onPress={() => answer({ action: 'refuse' })} isPending={pending}>
          {word('refuse')}
        </Button>
      </div>
    </>
  )
}

const SecondScan = ({ entry }: { entry: Entry }) => {
  const word = useWords(roomWords)
  const seatName = useSeatName()
  const { answer, pending } = useDeskAnswer(entry)
  const { seatId } = entry
  const name = seatId === null ? entry.name : seatName(seatId)
  return (
    <>
      <EntryHead entry={entry} kind={word('secondScanKind')} name={name} />
      <p className={styles.hint}>{word('secondScanHint', { name })}</p>
      <div className={styles.keys}>
        {seatId === null ? null : (
          <Button onPress={() => openDialog({ kind: 'card', seatId, way: 'move' })} isPending={pending}>
            {word('moveDevice')}
          </Button>
        )}
        <Button onPress={() => answer({ action: 'dismiss' })} isPending={pending}>
          {word('dismiss')}
        </Button>
      </div>
    </>
  )
}
