// A store in memory that runs the very statements of the embedded one, and commits when it is told to.
import { DatabaseSync } from '@photostructure/sqlite'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  Migrator,
  SqliteAdapter,
  SqliteDialect,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { Step, Store, WriteResult } from '../../server/ports.ts'
import { migrationProvider } from '../../server/store/migrations.ts'
import type { Schema } from '../../server/store/schema.ts'
import { batchRunner, type RunBatch } from '../../server/store/sqliteBatch.ts'
import { asKyselyDatabase } from '../../server/store/sqliteKysely.ts'
import { statementsOf } from '../../server/store/sqliteStatements.ts'

/** How the way to the store and back is: by default it takes no time and nothing goes wrong. */
export interface Road {
  /** Resolves when the answer of a reading arrives; rejects when the store does not answer. */
  reading(): Promise<void>
  /** Calls `commit` when a batch of writes reaches the store, and `answer` with what it said or with a fault. */
  writing(
    commit: () => readonly WriteResult[],
    answer: (results: readonly WriteResult[] | Error) => void,
  ): void
}

const straight: Road = {
  reading: async () => {},
  writing: (commit, answer) => {
    try {
      answer(commit())
    } catch (fault) {
      answer(new Error('the store could not write', { cause: fault }))
    }
  },
}

interface Waiting {
  readonly steps: readonly Step[]
  readonly resolve: (result: WriteResult) => void
  readonly reject: (fault: Error) => void
}

/** Readings go side by side, as over a pool: one that never comes back holds up no other. */
const farDialect = (disk: MemoryDisk, road: Road): Dialect => {
  const connection: DatabaseConnection = {
    executeQuery: async <R>({ sql, parameters }: CompiledQuery) => {
      const rows = disk.rows<R>(sql, ...(parameters as (string | number)[]))
      await road.reading()
      return { rows }
    },
    streamQuery: () => {
      throw new Error('nothing is read in streams here')
    },
  }
  const never = async (): Promise<void> => {
    throw new Error('changes go through write')
  }
  const driver: Driver = {
    init: async () => {},
    acquireConnection: async () => connection,
    beginTransaction: never,
    commitTransaction: never,
    rollbackTransaction: never,
    releaseConnection: async () => {},
    destroy: async () => {},
  }
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => driver,
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
}

export class MemoryDisk {
  readonly database = new DatabaseSync(':memory:')
  private readonly run: RunBatch
  private readonly tables: string[] = []
  private readonly statements = statementsOf(this.database)
  /** What was read since the last write. */
  private readonly known = new Map<string, unknown[]>()

  constructor() {
    const run = batchRunner(this.database)
    this.run = (writes) => {
      this.known.clear()
      return run(writes)
    }
  }

  static async open(): Promise<MemoryDisk> {
    const disk = new MemoryDisk()
    const db = new Kysely({ dialect: new SqliteDialect({ database: asKyselyDatabase(disk.database) }) })
    const { error } = await new Migrator({ db, provider: migrationProvider }).migrateToLatest()
    if (error) throw error
    const tables = "select name from sqlite_master where type = 'table' and name not like 'kysely%'"
    for (const { name } of disk.rows<{ name: string }>(tables)) disk.tables.push(name)
    return disk
  }

  /** Empties everything, for the next run. */
  wipe(): void {
    this.known.clear()
    this.database.exec(this.tables.map((name) => `delete from "${name}"`).join(';'))
  }

  rows<T>(sql: string, ...parameters: readonly (string | number)[]): T[] {
    return this.statements(sql).all(parameters) as T[]
  }

  /** The same, for what every node asks again and again while nothing is written. */
  standing<T>(sql: string, ...parameters: readonly string[]): readonly T[] {
    const asked = [sql, ...parameters].join('\n')
    const rows = this.known.get(asked) ?? this.rows<T>(sql, ...parameters)
    this.known.set(asked, rows)
    return rows as T[]
  }

  /** One process's connection to this disk. */
  connect(road: Road = straight): Store {
    let waiting: Waiting[] = []
    let isOnItsWay = false
    let isClosed = false
    const send = (): void => {
      if (isOnItsWay || waiting.length === 0) return
      const batch = waiting
      waiting = []
      isOnItsWay = true
      road.writing(
        () => this.run(batch.map(({ steps }) => steps)),
        (answered) => {
          isOnItsWay = false
          for (const [i, { resolve, reject }] of batch.entries()) {
            if (answered instanceof Error) reject(answered)
            else resolve(answered[i] as WriteResult)
          }
          send()
        },
      )
    }
    return {
      dialect: 'sqlite',
      isShared: true,
      db: new Kysely<Schema>({ dialect: farDialect(this, road) }),
      write: (steps) => {
        if (isClosed) return Promise.reject(new Error('the store is closed'))
        return new Promise((resolve, reject) => {
          waiting.push({ steps, resolve, reject })
          queueMicrotask(send)
        })
      },
      ping: () => road.reading(),
      close: async () => {
        isClosed = true
      },
    }
  }
}
