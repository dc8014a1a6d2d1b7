// Kysely speaks to better-sqlite3's interface; this is that interface over `node:sqlite`'s.
import type { DatabaseSync } from '@photostructure/sqlite'
import { statementsOf } from './sqliteStatements.ts'

export const asKyselyDatabase = (database: InstanceType<typeof DatabaseSync>) => ({
  prepare: statementsOf(database),
  close: () => (database.isOpen ? database.close() : undefined),
})
