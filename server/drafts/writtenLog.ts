// Reading a draft's log from the store as it was written, row by row, with whose hand was at what.
import type { Store } from '../ports.ts'
import type { WrittenLog, WrittenRow } from './tracing.ts'

export interface ReadLog extends WrittenLog {
  readonly rows: readonly (WrittenRow & { readonly updateId: number })[]
  /** The last row of the snapshot. */
  readonly upTo: number | undefined
}

const rowsPerPage = 1_000

/**
 * The log before the snapshot: a row that another node merges meanwhile is then seen twice, not missed.
 * @param held the snapshot's bytes, where they are at hand
 */
export const readWrittenLog = async (store: Store, draftId: string, held?: Uint8Array): Promise<ReadLog> => {
  const { db } = store
  const rows: ReadLog['rows'][number][] = []
  for (let behind = -1; ; ) {
    const page = await db
      .selectFrom('draftUpdates')
      .select(['updateId', 'bytes', 'provenance'])
      .where('draftId', '=', draftId)
      .where('updateId', '>', behind)
      .orderBy('updateId')
      .limit(rowsPerPage)
      .execute()
    for (const row of page) rows.push({ ...row, updateId: Number(row.updateId) })
    if (page.length < rowsPerPage) break
    behind = Number(page[page.length - 1]?.updateId)
    // Between pages the event loop serves the other drafts.
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
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
