// Reading a draft's log from the store as it was written, row by row, with whose hand was at what.
import type { Store } from '../ports.ts'
import { readLogRows } from './log.ts'
import type { WrittenLog, WrittenRow } from './tracing.ts'

export interface ReadLog extends WrittenLog {
  readonly rows: readonly (WrittenRow & { readonly updateId: number })[]
  /** The last row of the snapshot. */
  readonly upTo: number | undefined
}

/**
 * The log before the snapshot: a row that another node merges meanwhile is then seen twice, not missed.
 * @param held the snapshot's bytes, where they are at hand
 */
export const readWrittenLog = async (store: Store, draftId: string, held?: Uint8Array): Promise<ReadLog> => {
  const { db } = store
  const rows = await readLogRows(db, draftId, (page) =>
    page.select(['updateId', 'bytes', 'provenance']).execute(),
  )
  const snapshot = await db
    .selectFrom('draftSnapshots')
    .select(['upTo', 'provenance'])
    .$if(held === undefined, (some) => some.select('bytes'))
    .where('draftId', '=', draftId)
    .executeTakeFirst()
  const bytes = held ?? snapshot?.bytes
  const owners = await db
    .selectFrom('draftClients')
    .select(['clientId', 'owner'])
    .where('draftId', '=', draftId)
    .where('homeId', 'is', null)
    .execute()
  return {
    rows,
    base: snapshot && bytes ? { bytes, provenance: snapshot.provenance } : undefined,
    upTo: snapshot && Number(snapshot.upTo),
    owners: owners.map(({ clientId, owner }) => ({ clientId: Number(clientId), owner })),
  }
}
