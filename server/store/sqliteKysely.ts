// Kysely speaks to better-sqlite3's interface; this is that interface over `node:sqlite`'s.
import type { DatabaseSync, StatementSyncInstance } from '@photostructure/sqlite'

const preparedMax = 500

export const asKyselyDatabase = (database: InstanceType<typeof DatabaseSync>) => {
  const prepared = new Map<string, StatementSyncInstance>()
  const prepare = (sql: string) => {
    let statement = prepared.get(sql)
    if (!statement) {
      statement = database.prepare(sql)
      if (prepared.size < preparedMax) prepared.set(sql, statement)
    }
    const ready = statement
    return {
      reader: ready.columns().length > 0,
      all: (parameters: readonly unknown[]) => ready.all(...parameters),
      run: (parameters: readonly unknown[]) => ready.run(...parameters),
      iterate: (parameters: readonly unknown[]) => ready.iterate(...parameters),
    }
  }
  return { prepare, close: () => (database.isOpen ? database.close() : undefined) }
}
