// What goes on around a draft besides writing it: its versions, who wrote what, comments on passages, pictures.
import type { MeetingState } from '../../shared/meeting/state.ts'
import type { Names } from '../../shared/wire/live.ts'
import { openBench } from '../bench.ts'
import type { Bus, Clock, Ids, Store } from '../ports.ts'
import type { FrameListener } from '../record/meetings.ts'
import { openUploads, type Uploads } from '../uploads/uploads.ts'
import { type Authors, openAuthors } from './authors.ts'
import { type Comments, openComments } from './comments.ts'
import { type Histories, openVersions, type Versions } from './versions.ts'
import type { VersionsDone, VersionsJob } from './versionsWorker.ts'

export interface ReviewDeps {
  readonly store: Store
  readonly clock: Clock
  readonly ids: Ids
  readonly bus: Bus
  readonly drafts: Histories
  readonly names: (meetingId: string) => Promise<Names>
  readonly onFault: (fault: unknown) => void
}

/** Where a draft belongs. */
export interface DraftPlace {
  readonly draftId: string
  readonly meetingId: string
  readonly unitId: string
}

export interface Review {
  readonly versions: Versions
  readonly authors: Authors
  readonly comments: Comments
  readonly uploads: Uploads
  placeOf(draftId: string): Promise<DraftPlace | null>
  /** Follows the record: an item that begins keeps its text as a version. */
  readonly follow: FrameListener
  close(): Promise<void>
}

export const openReview = (deps: ReviewDeps): Review => {
  const { store, bus, onFault } = deps

  const placeOf = async (draftId: string): Promise<DraftPlace | null> => {
    const row = await store.db
      .selectFrom('drafts')
      .select(['meetingId', 'unitId'])
      .where('draftId', '=', draftId)
      .executeTakeFirst()
    return row?.meetingId ? { draftId, meetingId: row.meetingId, unitId: row.unitId } : null
  }

  const tell = (about: 'comments' | 'versions') => (draftId: string) => {
    placeOf(draftId).then(
      (place) => place && bus.publish({ kind: 'draftNews', meetingId: place.meetingId, draftId, about }),
      onFault,
    )
  }

  // Apart from the drafts' own thread, so that no poll waits for somebody who looks back.
  const bench = openBench<VersionsJob, VersionsDone>(new URL('./versionsWorker.ts', import.meta.url))
  const versions = openVersions({ ...deps, bench, changed: tell('versions') })

  const begin = (state: MeetingState, itemId: string, seq: number, by: string): void => {
    const item = state.agenda.find((one) => one.itemId === itemId)
    if (item) versions.itemStarted(item.draftId, `${state.meetingId} ${seq}`, by).catch(onFault)
  }

  return {
    versions,
    authors: openAuthors({ ...deps, bench }),
    comments: openComments({ ...deps, changed: tell('comments') }),
    uploads: openUploads(deps),
    placeOf,
    follow: (_, events, state) => {
      for (const { event, seq, by } of events) {
        if (event.type === 'agendaMovedTo') begin(state, event.itemId, seq, by)
      }
    },
    close: () => bench.close(),
  }
}
