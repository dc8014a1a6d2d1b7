// Who serves a hall at the moment, and which of its nodes keeps it: says so to whoever wants to copy it as a whole.
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from 'pg'
import { type Held, tryLock, waitForLock } from './fileLock.ts'
import { makeFolder } from './makeFolder.ts'
import { type Place, placeInWords } from './places.ts'

/** A server that is just ending may still hold on for a moment. */
const patienceMs = 5_000
const connectTimeoutMs = 5_000
const connectAgainMs = 1_000
/** A database that is frozen does not hold up the end. */
const farewellMs = 1_000

/** Advisory locks of one database: the first number is the hall's own. */
const [hallLocks, servingLock, keeperLock] = [0x797374, 1, 2]

export interface Serving {
  /** Of the nodes that serve a hall together one is its keeper, until it ends. */
  isKeeper(): Promise<boolean>
  close(): Promise<void>
}

const lockFileIn = (dataDir: string): string => join(dataDir, 'serving.lock')
const copying = (place: Place): Error =>
  new Error(
    `${placeInWords(place)} is being copied at this moment; start again when that has come to its end`,
  )

export const openServing = (place: Place): Promise<Serving> =>
  place.kind === 'sqlite' ? serveFile(place) : serveDatabase(place)

const serveFile = async (place: Place & { kind: 'sqlite' }): Promise<Serving> => {
  await makeFolder(place.dataDir)
  const held = await waitForLock(lockFileIn(place.dataDir), patienceMs)
  if (!held)
    throw new Error(
      `${placeInWords(place)} is in use: another process serves it, or copies it at this moment`,
    )
  return { isKeeper: async () => true, close: async () => held.release() }
}

const connect = async (url: string): Promise<Client> => {
  const { Client } = await import('pg')
  const client = new Client({
    connectionString: url,
    application_name: 'yishiting-serving',
    keepAlive: true,
    connectionTimeoutMillis: connectTimeoutMs,
    query_timeout: connectTimeoutMs,
  })
  client.on('error', () => {})
  await client.connect()
  return client
}

const tryDatabaseLock = async (client: Client, lock: number, how: '' | '_shared'): Promise<boolean> => {
  const asked = `select pg_try_advisory_lock${how}(${hallLocks}, ${lock}) as taken`
  return (await client.query<{ taken: boolean }>(asked)).rows[0]?.taken === true
}

const serveDatabase = async (place: Place & { kind: 'postgres' }): Promise<Serving> => {
  let line: Client | null = null
  let keeps = false
  let isClosed = false
  let timer: NodeJS.Timeout | null = null

  const open = async (): Promise<void> => {
    const client = await connect(place.databaseUrl)
    if (!(await tryDatabaseLock(client, servingLock, '_shared'))) {
      await client.end()
      throw copying(place)
    }
    line = client
    client.once('end', () => {
      line = null
      keeps = false
      again()
    })
  }
  /** The line was cut: the people are served on other lines, and this one is made anew. */
  const again = (): void => {
    if (isClosed) return
    timer = setTimeout(() => void open().catch(again), connectAgainMs)
    timer.unref()
  }
  await open()
  return {
    isKeeper: async () => {
      if (!keeps && line) keeps = await tryDatabaseLock(line, keeperLock, '').catch(() => false)
      return keeps
    },
    close: async () => {
      isClosed = true
      if (timer) clearTimeout(timer)
      await Promise.race([line?.end(), pause(farewellMs, undefined, { ref: false })])
    },
  }
}

/** Holds a hall that nobody serves, so that nobody begins to. @throws in words when it is served */
export const holdAlone = async (place: Place): Promise<{ release(): Promise<void> }> => {
  const served = new Error(
    `${placeInWords(place)} is being served: stop its server first, so that nothing that people do meanwhile is left behind`,
  )
  if (place.kind === 'sqlite') {
    await makeFolder(place.dataDir)
    const held: Held | null = tryLock(lockFileIn(place.dataDir))
    if (!held) throw served
    return { release: async () => held.release() }
  }
  const client = await connect(place.databaseUrl)
  if (await tryDatabaseLock(client, servingLock, '')) return { release: () => client.end() }
  await client.end()
  throw served
}
