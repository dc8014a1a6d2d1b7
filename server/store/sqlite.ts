// The embedded store: reads on this thread, every write and its fsync on a worker, many writes to a commit.
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { DatabaseSync, type StatementSyncInstance } from '@photostructure/sqlite'
import { Kysely, Migrator, SqliteDialect } from 'kysely'
import type { Step, Store, WriteResult } from '../ports.ts'
import { migrationProvider } from './migrations.ts'
import type { Schema } from './schema.ts'
import { assertDurable, openDatabase } from './sqliteFile.ts'
import type { WriterReply, WriterRequest } from './sqliteWriter.ts'

/** How many batches may be with the writer: one committing and one waiting, so that it never idles. */
const batchesInFlightMax = 2
const writesPerBatchMax = 512

interface Waiting {
  steps: readonly Step[]
  resolve: (result: WriteResult) => void
  reject: (fault: Error) => void
}

/** @param file path of the database; its folder is made. Migrates before it resolves. */
export const openSqliteStore = async (
  file: string,
  options: { fsyncDelayMs?: number } = {},
): Promise<Store> => {
  await mkdir(dirname(file), { recursive: true })
  const reader = openDatabase(DatabaseSync, file)
  const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database: asKyselyDatabase(reader) }) })
  const migrated = await new Migrator({ db, provider: migrationProvider }).migrateToLatest()
  if (migrated.error)
    throw new Error('the database could not be brought up to date', { cause: migrated.error })
  assertDurable(reader)

  const writer = startWriter(file, options.fsyncDelayMs ?? 0)
  await writer.started
  return {
    dialect: 'sqlite',
    db,
    write: writer.write,
    ping: async () => {
      reader.prepare('select 1').get()
    },
    close: async () => {
      await writer.close()
      await db.destroy()
    },
  }
}

/** Built, the thread is a script beside this one; from source, it must first learn to read TypeScript. */
const startThread = (workerData: { file: string; fsyncDelayMs: number }): Worker => {
  const here = import.meta.url
  if (!here.endsWith('.ts')) return new Worker(new URL('./sqliteWriter.js', here), { workerData })
  const source = new URL('./sqliteWriter.ts', here).href
  const bootstrap = `import('tsx/esm/api').then(({ register }) => { register(); return import('${source}') })`
  return new Worker(bootstrap, { eval: true, workerData })
}

const startWriter = (file: string, fsyncDelayMs: number) => {
  const worker = startThread({ file, fsyncDelayMs })
  const waiting: Waiting[] = []
  const inFlight: Waiting[][] = []
  let broken: Error | null = null
  let onStarted: (fault?: Error) => void = () => {}
  const started = new Promise<void>((resolve, reject) => {
    onStarted = (fault) => (fault ? reject(fault) : resolve())
  })

  const send = (): void => {
    while (waiting.length > 0 && inFlight.length < batchesInFlightMax) {
      const batch = waiting.splice(0, writesPerBatchMax)
      inFlight.push(batch)
      worker.postMessage({ writes: batch.map((write) => write.steps) } satisfies WriterRequest)
    }
  }
  const fail = (fault: Error): void => {
    broken = fault
    onStarted(fault)
    for (const write of [...inFlight.splice(0).flat(), ...waiting.splice(0)]) write.reject(fault)
  }
  worker.on('message', (reply: WriterReply) => {
    if (reply.kind === 'started') return onStarted()
    const batch = inFlight.shift() ?? []
    if (reply.kind === 'fault') {
      for (const write of batch) write.reject(new Error(`the store could not write: ${reply.message}`))
    } else for (const [i, write] of batch.entries()) write.resolve(reply.results[i] as WriteResult)
    send()
  })
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('the store is closed')))

  let scheduled = false
  const write = (steps: readonly Step[]): Promise<WriteResult> => {
    if (broken) return Promise.reject(broken)
    return new Promise((resolve, reject) => {
      waiting.push({ steps, resolve, reject })
      if (scheduled) return
      scheduled = true
      queueMicrotask(() => {
        scheduled = false
        send()
      })
    })
  }
  const close = async (): Promise<void> => {
    if (broken) return
    await new Promise<void>((resolve) => {
      worker.once('exit', () => resolve())
      worker.postMessage({ close: true } satisfies WriterRequest)
    })
  }
  return { started, write, close }
}

/** Kysely speaks to better-sqlite3's interface; this is that interface over `node:sqlite`'s. */
const asKyselyDatabase = (database: InstanceType<typeof DatabaseSync>) => {
  const prepared = new Map<string, StatementSyncInstance>()
  const prepare = (sql: string) => {
    let statement = prepared.get(sql)
    if (!statement) {
      statement = database.prepare(sql)
      if (prepared.size < 500) prepared.set(sql, statement)
    }
    const ready = statement
    return {
      reader: ready.columns().length > 0,
      all: (parameters: readonly unknown[]) => ready.all(...parameters),
      run: (parameters: readonly unknown[]) => ready.run(...parameters),
      iterate: (parameters: readonly unknown[]) => ready.iterate(...parameters),
    }
  }
  return { prepare, close: () => database.close() }
}
