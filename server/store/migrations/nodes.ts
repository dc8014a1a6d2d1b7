// Which nodes serve the hall, and who is connected through them, for when they cannot tell each other.
import { type Kysely, sql } from 'kysely'
import { createTable, isPostgres } from './columns.ts'

export const theNodes = async (db: Kysely<unknown>): Promise<void> => {
  await createTable(db, 'nodes', [
    ['node', 'text', 'primary'],
    ['seenAt', 'bigint'],
    ['presence', 'text'],
  ])
  // It says how things are now, so that nothing of it is worth a write-ahead log or outliving a crash.
  if (isPostgres(db)) await sql`alter table nodes set unlogged`.execute(db)
}
