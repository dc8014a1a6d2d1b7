// The store for several nodes: PostgreSQL, the primary only. Reads go through a pool, writes through the writer's line.
import { Kysely, Migrator, PostgresDialect } from 'kysely'
import { Client, type ClientBase, type ClientConfig, Pool, types } from 'pg'
import type { Store } from '../ports.ts'
import { migrationProvider } from './migrations.ts'
import { openPostgresWriter } from './postgresWriter.ts'
import type { Schema } from './schema.ts'

export interface PostgresOptions {
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

const oidBytea = 17
const oidInt8 = 20

/** Every int8 of the schema is a time, a count or a sequence number, and fits a double. */
const typeParsers = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (format === 'binary') return types.getTypeParser(oid, 'binary')
    const parse = types.getTypeParser(oid, 'text')
    if (oid === oidInt8) return Number
    // A copy with memory of its own: small Buffers share theirs, and bytes are handed on to worker threads.
    if (oid === oidBytea) return (text: string) => new Uint8Array(parse(text) as Buffer)
    return parse
  },
} as NonNullable<ClientConfig['types']>

/** Refuses a standby, and answers that would come before the disk has them. */
const assertPrimary = async (client: ClientBase): Promise<void> => {
  const { rows } = await client.query<{ standby: boolean; sync: string }>(
    `select pg_is_in_recovery() as standby, current_setting('synchronous_commit') as sync`,
  )
  if (rows[0]?.standby !== false)
    throw new Error('DATABASE_URL leads to a standby; the hall needs the primary')
  if (rows[0].sync === 'off') await client.query('set synchronous_commit = on')
}

/** No timeouts here: a large migration takes its time, and a second node waits for it under Kysely's advisory lock. */
const migrate = async (connectionString: string): Promise<void> => {
  const pool = new Pool({ connectionString, max: 1, connectionTimeoutMillis: connectTimeoutMs })
  pool.on('error', () => {})
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
  try {
    const client = await pool.connect()
    await assertPrimary(client).finally(() => client.release())
    const { error } = await new Migrator({ db, provider: migrationProvider }).migrateToLatest()
    if (error) throw new Error('the database could not be brought up to date', { cause: error })
  } finally {
    await db.destroy()
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
  await migrate(url)

  const line: ClientConfig = {
    connectionString: url,
    application_name: 'yishiting',
    keepAlive: true,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
    lock_timeout: lockTimeoutMs,
    idle_in_transaction_session_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs + hangUpAfterMs,
    types: typeParsers,
  }
  const pool = new Pool({ ...line, max: connectionsMax, onConnect: assertPrimary })
  // An idle connection that breaks has left the pool already; the next read opens another.
  pool.on('error', () => {})
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
