// Reading from the store what other nodes wrote to a draft. Rows get their numbers before they are committed, so a row
// may appear below others that were seen already: what is missing is told by the rows themselves, never by a last number.
import { sql } from 'kysely'
import type { Store } from '../ports.ts'
import type { History } from './history.ts'
import type { StoredDraft } from './log.ts'

export interface News {
  /** Rows that the reader does not hold, in order. */
  readonly rows: StoredDraft['rows']
  /** The snapshot's last row; another one than the reader's means that its rows went there. */
  readonly upTo: number | undefined
}

export const rowsOf = ({ tail }: History): number[] => tail.flatMap(({ rows }) => rows)

/** Only the newest packets are looked at first: most rows that are asked about came just now. */
export const holdsRow = ({ tail }: History, updateId: number): boolean => {
  for (let i = tail.length - 1; i >= 0; i -= 1) if (tail[i]?.rows.includes(updateId)) return true
  return false
}

/** Rows before the snapshot: what is merged meanwhile then shows as another snapshot, and is not missed. */
export const readNews = async (
  { db, dialect }: Store,
  draftId: string,
  held: readonly number[],
): Promise<News> => {
  // As one parameter each, however many rows are held.
  const isMissing =
    dialect === 'sqlite'
      ? sql<boolean>`"updateId" not in (select value from json_each(${JSON.stringify(held)}))`
      : sql<boolean>`"updateId" <> all(${held}::bigint[])`
  const rows = await db
    .selectFrom('draftUpdates')
    .select(['updateId', 'bytes', 'edits'])
    .where('draftId', '=', draftId)
    .where(isMissing)
    .orderBy('updateId')
    .execute()
  const snapshot = await db
    .selectFrom('draftSnapshots')
    .select('upTo')
    .where('draftId', '=', draftId)
    .executeTakeFirst()
  return {
    rows: rows.map((row) => ({ ...row, updateId: Number(row.updateId) })),
    upTo: snapshot && Number(snapshot.upTo),
  }
}

export const readOwners = async (
  { db }: Store,
  draftId: string,
  clients: readonly number[],
): Promise<StoredDraft['owners']> => {
  if (clients.length === 0) return []
  const rows = await db
    .selectFrom('draftClients')
    .select(['clientId', 'owner'])
    .where('draftId', '=', draftId)
    .where('clientId', 'in', [...clients])
    .execute()
  return rows.map(({ clientId, owner }) => ({ clientId: Number(clientId), owner }))
}

/** What stands in the store of a draft, in brief; two that are the same hold the same. */
export interface Mark {
  readonly draftId: string
  readonly rows: number
  readonly last: number | null
  readonly upTo: number | null
}

export const readMarks = async (
  { db, dialect }: Store,
  draftIds: readonly string[],
): Promise<readonly Mark[]> => {
  if (draftIds.length === 0) return []
  const asked =
    dialect === 'sqlite'
      ? sql`(select value as id from json_each(${JSON.stringify(draftIds)}))`
      : sql`(select id from unnest(${draftIds}::text[]) as asked(id))`
  const { rows } = await sql<Mark>`
    select d.id as "draftId", count(u."updateId") as rows, max(u."updateId") as last,
      (select s."upTo" from "draftSnapshots" as s where s."draftId" = d.id) as "upTo"
    from ${asked} as d
    left join "draftUpdates" as u on u."draftId" = d.id
    group by d.id`.execute(db)
  return rows
}

export const isAtMark = (
  history: History,
  strays: readonly number[],
  { rows, last, upTo }: Mark,
): boolean => {
  const held = [...rowsOf(history), ...strays]
  return (
    held.length === rows &&
    (history.base?.upTo ?? null) === upTo &&
    (rows === 0 || held.reduce((most, row) => Math.max(most, row), -1) === last)
  )
}
