// The embedded store: reads on this thread, every write and its fsync on a worker, many writes to a commit.
import { existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads'
import { DatabaseSync } from '@photostructure/sqlite'
import { Kysely, Migrator, SqliteDialect } from 'kysely'
import type { Step, Store, WriteResult } from '../ports.ts'
import { waitForLock } from './fileLock.ts'
import { makeFolder } from './makeFolder.ts'
import { migrationProvider } from './migrations.ts'
import { fillingTable, type OpeningOptions, type Standing, upgradeOf } from './opening.ts'
import type { Schema } from './schema.ts'
import { assertDurable, openDatabase } from './sqliteFile.ts'
import { asKyselyDatabase } from './sqliteKysely.ts'
import { packWrites, unpackResults } from './sqlitePacking.ts'
import type { WriterReply, WriterRequest, WriterWork } from './sqliteWriter.ts'

/** How many batches may be with the writer: one committing and one waiting, so that it never idles. */
const batchesInFlightMax = 2
/** Small enough that one batch is answered while the next is written. */
const writesPerBatchMax = 256
/** So many writes that have come to wait are a reason to look whether the writer has answered. */
const writesPerLook = 32
/** The backup before an upgrade takes its time. */
const upgradeWithinMs = 30 * 60_000

interface Waiting {
  steps: readonly Step[]
  resolve: (result: WriteResult) => void
  reject: (fault: Error) => void
}

/** @param file path of the database; its folder is made. Migrates before it resolves. */
export const openSqliteStore = async (
  file: string,
  options: { fsyncDelayMs?: number } & OpeningOptions = {},
): Promise<Store> => {
  await makeFolder(dirname(file))
  await bringUpToDate(file, options)
  const reader = openDatabase(DatabaseSync, file)
  const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database: asKyselyDatabase(reader) }) })
  assertDurable(reader)

  const writer = startWriter(file, options.fsyncDelayMs ?? 0)
  await writer.started
  return {
    dialect: 'sqlite',
    isShared: false,
    db,
    write: writer.write,
    ping: async () => {
      reader.prepare('select 1').get()
    },
    close: async () => {
      await writer.close()
      await db.destroy()
      // Kysely closes only what it has used.
      if (reader.isOpen) reader.close()
    },
  }
}

/** Of two processes that open one file at once, one brings it up to date and the other waits. */
const bringUpToDate = async (file: string, { beforeUpgrade }: OpeningOptions): Promise<void> => {
  if (upgradeOf(standingOf(file)) === 'nothing') return
  const lock = await waitForLock(join(dirname(file), 'upgrade.lock'), upgradeWithinMs)
  if (!lock) throw new Error(`another process has been bringing ${file} up to date for too long`)
  try {
    const upgrade = upgradeOf(standingOf(file))
    if (typeof upgrade === 'object') await beforeUpgrade?.(upgrade)
    const database = asKyselyDatabase(openDatabase(DatabaseSync, file))
    const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database }) })
    const { error } = await new Migrator({ db, provider: migrationProvider }).migrateToLatest()
    await db.destroy()
    if (error) throw new Error('the database could not be brought up to date', { cause: error })
  } finally {
    lock.release()
  }
}

/** Looks without touching anything. */
const standingOf = (file: string): Standing | null => {
  if (!existsSync(file) || statSync(file).size === 0) return null
  const database = new DatabaseSync(file, { readOnly: true, timeout: 10_000 })
  try {
    const has = (table: string): boolean =>
      database.prepare("select 1 from sqlite_master where type = 'table' and name = ?").get(table) !==
      undefined
    const steps = has('kysely_migration')
      ? (database.prepare('select name from kysely_migration order by name').all() as { name: string }[])
      : []
    return { steps: steps.map(({ name }) => name), isBeingFilled: has(fillingTable) }
  } finally {
    database.close()
  }
}

/** Built, the thread is a script beside this one; from source, it must first learn to read TypeScript. */
const startThread = (workerData: WriterWork): Worker => {
  const here = import.meta.url
  const options = { workerData, transferList: [workerData.line] }
  if (!here.endsWith('.ts')) return new Worker(new URL('./sqliteWriter.js', here), options)
  const source = new URL('./sqliteWriter.ts', here).href
  const bootstrap = `import('tsx/esm/api').then(({ register }) => { register(); return import('${source}') })`
  return new Worker(bootstrap, { eval: true, ...options })
}

const startWriter = (file: string, fsyncDelayMs: number) => {
  const { port1: line, port2 } = new MessageChannel()
  const worker = startThread({ file, fsyncDelayMs, line: port2 })
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
      const writes = packWrites(batch.map(({ steps }) => steps))
      line.postMessage({ writes } satisfies WriterRequest, [writes.bytes.buffer])
    }
  }
  const fail = (fault: Error): void => {
    broken = fault
    onStarted(fault)
    for (const write of [...inFlight.splice(0).flat(), ...waiting.splice(0)]) write.reject(fault)
  }
  const hear = (reply: WriterReply): void => {
    if (reply.kind === 'started') {
      onStarted()
      return
    }
    const batch = inFlight.shift() ?? []
    if (reply.kind === 'fault') {
      for (const write of batch) write.reject(new Error(`the store could not write: ${reply.message}`))
    } else {
      for (const [i, result] of unpackResults(reply.results).entries()) batch[i]?.resolve(result)
    }
    send()
  }
  /** The event loop goes through all sockets that have news before it hears of an answer; a thousand voters are many. */
  const look = (): boolean => {
    const answered: { message: WriterReply } | undefined = receiveMessageOnPort(line)
    if (answered) hear(answered.message)
    return answered !== undefined
  }
  line.on('message', hear)
  worker.on('error', fail)
  worker.on('exit', () => {
    // What it still answered is true.
    while (look());
    fail(new Error('the store is closed'))
  })

  let scheduled = false
  const write = (steps: readonly Step[]): Promise<WriteResult> => {
    if (broken) return Promise.reject(broken)
    return new Promise((resolve, reject) => {
      waiting.push({ steps, resolve, reject })
      if (waiting.length % writesPerLook === 0) look()
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
      line.postMessage({ close: true } satisfies WriterRequest)
    })
  }
  return { started, write, close }
}
