// The rows that forking and merging bring, each written in one transaction with the event that calls for them.
import type { EventOf } from '../../shared/meeting/events.ts'
import type { MeetingState } from '../../shared/meeting/state.ts'
import { type Step, type Store, step } from '../ports.ts'

export interface ForkAsk {
  readonly draftId: string
  readonly baseId: string
  readonly meetingId: string
  readonly unitId: string
  readonly title: string
  /** The base as one update. */
  readonly bytes: Uint8Array
  readonly provenance: string | null
  readonly at: number
}

/** What `fromId` knows of whose its client ids are, `draftId` knows too; they stay of the drafts they were of. */
const shareClients = ({ db }: Store, draftId: string, fromId: string): Step =>
  step(
    db
      .insertInto('draftClients')
      .columns(['draftId', 'clientId', 'owner', 'familyId', 'homeId'])
      .expression((eb) =>
        eb
          .selectFrom('draftClients')
          .select(({ val, fn }) => [
            val(draftId).as('draftId'),
            'clientId',
            'owner',
            'familyId',
            fn.coalesce('homeId', 'draftId').as('homeId'),
          ])
          .where('draftId', '=', fromId),
      )
      .onConflict((conflict) => conflict.doNothing()),
  )

/** A new draft that begins as a copy of another, history and all. */
export const forkSteps = (store: Store, { bytes, provenance, ...ask }: ForkAsk): Step[] => {
  const { draftId, baseId, meetingId, unitId, title, at } = ask
  const row = { draftId, baseId, meetingId, unitId, title, createdAt: at }
  return [
    step(store.db.insertInto('drafts').values(row), { expect: 1 }),
    step(
      store.db.insertInto('draftSnapshots').values({ draftId, upTo: 0, bytes, provenance, edits: 1, at }),
      {
        expect: 1,
      },
    ),
    shareClients(store, draftId, baseId),
  ]
}

/** Keeps a draft's state under the hash of its text, until it is merged. */
export const stateStep = (
  { db }: Store,
  state: {
    readonly draftId: string
    readonly sha256: string
    readonly bytes: Uint8Array
    readonly provenance: string | null
    readonly at: number
  },
): Step =>
  step(
    db
      .insertInto('draftStates')
      .values(state)
      .onConflict((conflict) =>
        conflict
          .columns(['draftId', 'sha256'])
          .doUpdateSet({ bytes: state.bytes, provenance: state.provenance, at: state.at }),
      ),
  )

/** @param state the meeting before the event. @returns the merge to be carried out after it */
export const mergeSteps = (
  store: Store,
  state: MeetingState,
  at: number,
  event: EventOf<'amendmentAdopted' | 'amendmentRebased'>,
): Step[] => {
  const amendment = state.amendments.find((one) => one.amendmentId === event.amendmentId)
  const item = state.agenda.find((one) => one.itemId === amendment?.itemId)
  if (!amendment || !item) throw new Error(`${event.type} of an amendment that is not there`)
  const [draftId, fromId, { sha256 }] =
    event.type === 'amendmentAdopted'
      ? [item.draftId, amendment.draftId, event.text]
      : [amendment.draftId, item.draftId, event.base]
  return mergeStepsOf(store, { draftId, fromId, sha256, at })
}

/** The state of `fromId` that was kept under `sha256` goes into `draftId`, and whose its client ids are. */
export const mergeStepsOf = (
  store: Store,
  merge: {
    readonly draftId: string
    readonly fromId: string
    readonly sha256: string
    readonly at: number
  },
): Step[] => [
  step(
    store.db
      .insertInto('draftMerges')
      .values(merge)
      .onConflict((conflict) => conflict.doNothing()),
  ),
  shareClients(store, merge.draftId, merge.fromId),
]
