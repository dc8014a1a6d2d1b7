// Reading the whole record page by page, checking its chain on the way, and following it while the meeting runs.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Refusal } from '../../../shared/kernel/result.ts'
import type { Recorded } from '../../../shared/meeting/events.ts'
import { evolve } from '../../../shared/meeting/meeting.ts'
import type { MeetingState } from '../../../shared/meeting/state.ts'
import { firstHash, linkHash } from '../../../shared/record/chain.ts'
import type { RecordPage } from '../../../shared/wire/http.ts'
import type { Names } from '../../../shared/wire/live.ts'
import { get } from '../../link/api.ts'
import { closeMeeting, openMeeting, useMeeting } from '../../link/meeting.ts'
import { paths } from '../calls.ts'

export interface RecordRead {
  readonly events: readonly Recorded[]
  readonly state: MeetingState
  readonly names: Names
  /** Sequence number and hash of the last event, as this browser computed it. */
  readonly head: { readonly seq: number; readonly hash: string }
  /** The first event whose hash this browser could not confirm. */
  readonly brokenAt: number | null
}

export type Reading =
  | { readonly status: 'loading'; readonly done: number; readonly total: number | null }
  | { readonly status: 'refused'; readonly refusal: Refusal }
  | { readonly status: 'read'; readonly record: RecordRead }

interface Gathered {
  events: Recorded[]
  state: MeetingState | null
  hash: string
  brokenAt: number | null
  /** Of seats as they are now; of staff as each page names them. */
  names: Names
}

const gatherPage = (gathered: Gathered, page: RecordPage, meetingId: string): Gathered => {
  const next = {
    ...gathered,
    events: [...gathered.events],
    names: { ...gathered.names, ...page.names },
  }
  for (const { hash, ...recorded } of page.events) {
    const seq = next.events.length + 1
    const computed = linkHash(next.hash, { stream: meetingId, ...recorded })
    if (next.brokenAt === null && (recorded.seq !== seq || computed !== hash)) next.brokenAt = seq
    next.hash = computed
    next.state = evolve(next.state, recorded)
    next.events.push(recorded)
  }
  return next
}

/** Everything behind what is already there; `onPage` is told how far it has come. */
const readOn = async (
  meetingId: string,
  before: Gathered,
  onPage: (done: number, total: number) => void,
): Promise<Gathered | Refusal> => {
  let gathered = before
  for (;;) {
    const answer = await get<RecordPage>(paths.record(meetingId, gathered.events.length))
    if (!answer.ok) return answer.refusal
    gathered = gatherPage(gathered, answer.value, meetingId)
    onPage(gathered.events.length, answer.value.head.seq)
    if (answer.value.next === null || answer.value.events.length === 0) return gathered
  }
}

const nothing = (meetingId: string): Gathered => ({
  events: [],
  state: null,
  hash: firstHash(meetingId),
  brokenAt: null,
  names: {},
})

/** The live connection tells only that there is more; the record itself is always read from the store. */
const useLiveSeq = (meetingId: string, isFollowing: boolean): number => {
  useEffect(() => {
    if (!isFollowing) return
    openMeeting(meetingId)
    return closeMeeting
  }, [meetingId, isFollowing])
  return useMeeting((view) => (view.meetingId === meetingId ? view.seq : 0))
}

export const useRecord = (meetingId: string): readonly [Reading, () => void] => {
  const [reading, setReading] = useState<Reading>({ status: 'loading', done: 0, total: null })
  const gathered = useRef<Gathered | null>(null)
  const isBusy = useRef(false)
  const [round, setRound] = useState(0)
  const isOpen = reading.status === 'read' && reading.record.state.phase !== 'closed'
  const liveSeq = useLiveSeq(meetingId, isOpen)
  const knownSeq = reading.status === 'read' ? reading.record.head.seq : 0
  const isBehind = reading.status !== 'read' || liveSeq > knownSeq

  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` asks again after trouble, `liveSeq` when there is more
  useEffect(() => {
    if (!isBehind || isBusy.current) return
    isBusy.current = true
    const onPage = (done: number, total: number) =>
      setReading((before) => (before.status === 'loading' ? { status: 'loading', done, total } : before))
    void readOn(meetingId, gathered.current ?? nothing(meetingId), onPage).then((result) => {
      isBusy.current = false
      if ('code' in result) {
        // what was read stays in sight; the next event asks again
        if (gathered.current === null) setReading({ status: 'refused', refusal: result })
        return
      }
      const { events, state, hash, brokenAt, names } = result
      gathered.current = result
      if (state === null) return setReading({ status: 'refused', refusal: { code: 'meetingUnknown' } })
      const head = { seq: events.length, hash }
      setReading({ status: 'read', record: { events, state, names, head, brokenAt } })
    })
  }, [meetingId, isBehind, liveSeq, round])

  const again = useCallback(() => {
    setReading({ status: 'loading', done: 0, total: null })
    setRound((before) => before + 1)
  }, [])
  return [reading, again]
}
