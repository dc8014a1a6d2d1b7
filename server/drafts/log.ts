// How a draft lies in the store: a log of updates, merged now and then into one snapshot. A row is in the log or in the
// snapshot, never in both and never in neither: the two change in one write.
import { sql } from 'kysely'
import { type Step, type Store, step } from '../ports.ts'

export interface StoredDraft {
  readonly snapshot: { readonly bytes: Uint8Array; readonly upTo: number; readonly edits: number } | undefined
  readonly rows: readonly { readonly updateId: number; readonly bytes: Uint8Array; readonly edits: number }[]
  readonly owners: readonly { readonly clientId: number; readonly owner: string }[]
}

const rowsPerPage = 1_000

const pageBehind = (db: Store['db'], draftId: string, behind: number) =>
  db
    .selectFrom('draftUpdates')
    .where('draftId', '=', draftId)
    .where('updateId', '>', behind)
    .orderBy('updateId')
    .limit(rowsPerPage)

/**
 * All rows of a draft's log, in order.
 * @param readPage selects what is wanted of a page
 */
export const readLogRows = async <Row extends { readonly updateId: number }>(
  db: Store['db'],
  draftId: string,
  readPage: (page: ReturnType<typeof pageBehind>) => Promise<readonly Row[]>,
): Promise<Row[]> => {
  const rows: Row[] = []
  for (let behind = -1; ; ) {
    const page = await readPage(pageBehind(db, draftId, behind))
    for (const row of page) rows.push({ ...row, updateId: Number(row.updateId) })
    if (page.length < rowsPerPage) return rows
    behind = Number(page[page.length - 1]?.updateId)
    // Between pages the event loop serves the other drafts.
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
}

/** Reads the log before the snapshot: a row that another node merges meanwhile is then seen twice, not missed. */
export const readDraft = async ({ db }: Store, draftId: string): Promise<StoredDraft> => {
  const rows = await readLogRows(db, draftId, (page) => page.select(['updateId', 'bytes', 'edits']).execute())
  const snapshot = await db
    .selectFrom('draftSnapshots')
    .select(['bytes', 'upTo', 'edits'])
    .where('draftId', '=', draftId)
    .executeTakeFirst()
  const owners = await db
    .selectFrom('draftClients')
    .select(['clientId', 'owner'])
    .where('draftId', '=', draftId)
    .execute()
  return {
    snapshot: snapshot && { ...snapshot, upTo: Number(snapshot.upTo) },
    rows,
    owners: owners.map(({ clientId, owner }) => ({ clientId: Number(clientId), owner })),
  }
}

export const draftExists = async ({ db }: Store, draftId: string): Promise<boolean> =>
  (await db.selectFrom('drafts').select('draftId').where('draftId', '=', draftId).executeTakeFirst()) !==
  undefined

export interface DraftLog {
  /** One row, with the client ids that it brings; the first step answers `updateId`. */
  appendSteps(
    draftId: string,
    row: { bytes: Uint8Array; edits: number; at: number; provenance: string | null },
    clients: readonly { clientId: number; owner: string }[],
  ): Step[]
  /** Moves `rows` into a snapshot; unmet when another node was there first. */
  snapshotSteps(
    draftId: string,
    snapshot: { bytes: Uint8Array; provenance: string; edits: number; at: number },
    rows: readonly number[],
    upTo: { readonly from: number | undefined; readonly to: number },
  ): Step[]
}

/** Compiles the statements once; per flush only parameters are put together. */
export const openLog = ({ db, dialect }: Store): DraftLog => {
  const nothing = new Uint8Array(0)
  const { sql: insertUpdate } = step(
    db
      .insertInto('draftUpdates')
      .values({ draftId: '', bytes: nothing, edits: 0, at: 0, provenance: '' })
      .returning('updateId'),
  )
  const { sql: insertClient } = step(
    db
      .insertInto('draftClients')
      .values(({ selectFrom }) => ({
        draftId: '',
        clientId: 0,
        owner: '',
        familyId: selectFrom('drafts')
          .select(({ fn }) => fn.coalesce('baseId', 'draftId').as('familyId'))
          .where('draftId', '=', ''),
      }))
      // The same client may have brought it through another node; anybody else's makes the step change nothing.
      .onConflict((conflict) =>
        conflict
          .columns(['draftId', 'clientId'])
          .doUpdateSet(({ ref }) => ({ owner: ref('excluded.owner') }))
          .whereRef('draftClients.owner', '=', 'excluded.owner'),
      ),
  )
  return {
    appendSteps: (draftId, { bytes, edits, at, provenance }, clients) => [
      { sql: insertUpdate, parameters: [draftId, bytes, edits, at, provenance] },
      ...clients.map(({ clientId, owner }) => ({
        sql: insertClient,
        parameters: [draftId, clientId, owner, draftId],
        expect: 1,
      })),
    ],
    snapshotSteps: (draftId, snapshot, rows, { from, to }) => [
      from === undefined
        ? step(db.insertInto('draftSnapshots').values({ draftId, upTo: to, ...snapshot }), { expect: 1 })
        : step(
            db
              .updateTable('draftSnapshots')
              .set({ upTo: to, ...snapshot })
              .where('draftId', '=', draftId)
              .where('upTo', '=', from),
            { expect: 1 },
          ),
      step(
        db
          .deleteFrom('draftUpdates')
          .where('draftId', '=', draftId)
          .where('updateId', '>=', Math.min(...rows))
          .where('updateId', '<=', Math.max(...rows))
          // Among them may stand rows of another node that were not read yet: those stay in the log.
          .$if(dialect === 'postgres', (some) =>
            some.where(sql<boolean>`"updateId" = any(${rows}::bigint[])`),
          ),
        { expect: rows.length },
      ),
    ],
  }
}
