// How the embedded database is opened, by the reader and by the writer alike.
import type { DatabaseSync } from '@photostructure/sqlite'

type Database = InstanceType<typeof DatabaseSync>

/** 16 MiB, four times SQLite's own: whoever commits when the log is so long waits for its checkpoint. */
const pagesToCheckpoint = 4_000

/** WAL, and FULL: SQLite reopens a WAL database with NORMAL, which forgets commits when the power goes. */
export const openDatabase = (open: typeof DatabaseSync, file: string): Database => {
  const database = new open(file)
  database.exec('pragma journal_mode = wal')
  database.exec('pragma synchronous = full')
  database.exec('pragma busy_timeout = 10000')
  database.exec('pragma foreign_keys = on')
  database.exec('pragma cache_size = -32768')
  database.exec(`pragma wal_autocheckpoint = ${pagesToCheckpoint}`)
  return database
}

export const assertDurable = (database: Database): void => {
  const { synchronous } = database.prepare('pragma synchronous').get() as { synchronous: number }
  if (synchronous !== 2)
    throw new Error(`the store is not durable: synchronous is ${synchronous}, not 2 (FULL)`)
}
