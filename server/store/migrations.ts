// The store's shape, built step by step; the same steps on SQLite and PostgreSQL. Each step is a file in migrations/.
import type { Migration, MigrationProvider } from 'kysely'
import { theDoors, theDrafts, thePeople, theRecord, theUrns } from './migrations/firstTables.ts'

const migrations: Record<string, Migration> = {
  '0001-record': { up: theRecord },
  '0002-urns': { up: theUrns },
  '0003-people': { up: thePeople },
  '0004-doors': { up: theDoors },
  '0005-drafts': { up: theDrafts },
}

export const migrationProvider: MigrationProvider = { getMigrations: async () => migrations }
