// The store for several nodes: PostgreSQL, the primary only. Reads go through a pool, writes through the writer's line.
import { Kysely, Migrator, PostgresDialect } from 'kysely'
import { Client, type ClientBase, type ClientConfig, Pool } from 'pg'
import type { Store } from '../ports.ts'
import { migrationProvider } from './migrations.ts'
import { fillingTable, type OpeningOptions, type Standing, upgradeOf } from './opening.ts'
import { typeParsers } from './postgresTypes.ts'
import { openPostgresWriter } from './postgresWriter.ts'
import type { Schema } from './schema.ts'

export interface PostgresOptions extends OpeningOptions {
  /** Connections for reading; the writer has one of its own. */
  readonly connectionsMax?: number
  readonly statementTimeoutMs?: number
  readonly lockTimeoutMs?: number
  /** How long a write is tried again while it is certain that nothing of it was kept. */
  readonly retryForMs?: number
}

const connectTimeoutMs = 5_000
/** A server that is frozen answers nothing, not even its own timeout: then this side hangs up. */
const hangUpAfterMs = 2_000
/** A node that freezes within a transaction holds its locks, and every other node waits for so long. */
const idleInTransactionMs = 3_000

/** Refuses a standby, and answers that would come before the disk has them. */
const assertPrimary = async (client: ClientBase): Promise<void> => {
  const { rows } = await client.query<{ standby: boolean; sync: string }>(
    `select pg_is_in_recovery() as standby, current_setting('synchronous_commit') as sync`,
  )
  if (rows[0]?.standby !== false)
    throw new Error('DATABASE_URL leads to a standby; the hall needs the primary')
  if (rows[0].sync === 'off') await client.query('set synchronous_commit = on')
}

/** Only one node at a time looks and brings up to date; the others wait, and then find nothing to do. */
const upgradeLock = 'select pg_advisory_lock(7959412, 3)'

const standingOf = async (client: ClientBase): Promise<Standing | null> => {
  const { rows } = await client.query<{ steps: boolean; filling: boolean }>(
    `select to_regclass('kysely_migration') is not null as steps, to_regclass('${fillingTable}') is not null as filling`,
  )
  if (!rows[0]?.steps && !rows[0]?.filling) return null
  const steps = rows[0].steps
    ? await client.query<{ name: string }>('select name from kysely_migration order by name')
    : { rows: [] }
  return { steps: steps.rows.map(({ name }) => name), isBeingFilled: rows[0].filling }
}

/** No timeouts here: a large migration takes its time. */
const bringUpToDate = async (connectionString: string, { beforeUpgrade }: OpeningOptions): Promise<void> => {
  const pool = new Pool({ connectionString, max: 2, connectionTimeoutMillis: connectTimeoutMs })
  pool.on('error', () => {})
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
  try {
    const client = await pool.connect()
    try {
      await assertPrimary(client)
      if (upgradeOf(await standingOf(client)) === 'nothing') return
      await client.query(upgradeLock)
      const upgrade = upgradeOf(await standingOf(client))
      if (upgrade === 'nothing') return
      if (typeof upgrade === 'object') await beforeUpgrade?.(upgrade)
      const { error } = await new Migrator({ db, provider: migrationProvider }).migrateToLatest()
      if (error) throw new Error('the database could not be brought up to date', { cause: error })
    } finally {
      // The lock goes with its connection.
      client.release(true)
    }
  } finally {
    await db.destroy()
    if (!pool.ending) await pool.end()
  }
}

/** @param url `postgres://user:password@host:port/database`. Migrates before it resolves. */
export const openPostgresStore = async (url: string, options: PostgresOptions = {}): Promise<Store> => {
  const {
    connectionsMax = 10,
    statementTimeoutMs = 10_000,
    lockTimeoutMs = 5_000,
    retryForMs = 5_000,
  } = options
  await bringUpToDate(url, options)

  const line: ClientConfig = {
    connectionString: url,
    application_name: 'yishiting',
    keepAlive: true,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
    lock_timeout: lockTimeoutMs,
    idle_in_transaction_session_timeout: idleInTransactionMs,
    query_timeout: statementTimeoutMs + hangUpAfterMs,
    types: typeParsers,
  }
  const pool = new Pool({ ...line, max: connectionsMax, onConnect: assertPrimary })
  // An idle connection that breaks has left the pool already; the next read opens another.
  pool.on('error', () => {})
  // One that breaks while it reads says so to its reader; without an ear for it here the process would end.
  pool.on('connect', (client) => client.on('error', () => {}))
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })

  const connect = async (): Promise<Client> => {
    const client = new Client({ ...line, pipeline: true })
    client.on('error', () => {})
    try {
      await client.connect()
      await assertPrimary(client)
      return client
    } catch (fault) {
      client.end().catch(() => {})
      throw fault
    }
  }
  const writer = openPostgresWriter(connect, retryForMs)

  let closing: Promise<void> | null = null
  return {
    dialect: 'postgres',
    isShared: true,
    db,
    write: writer.write,
    ping: async () => {
      await pool.query('select 1')
    },
    close: () => {
      closing ??= writer
        .close()
        .then(() => db.destroy())
        // Kysely ends the pool only if it ever read.
        .then(() => (pool.ending ? undefined : pool.end()))
      return closing
    },
  }
}
