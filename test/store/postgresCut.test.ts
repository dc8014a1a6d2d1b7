// A connection that breaks while somebody reads from it costs that reading, and not the process.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Store } from '../../server/ports.ts'
import { openPostgresStore } from '../../server/store/postgres.ts'
import { openWire, type Wire } from '../cluster/wire.ts'
import { openPostgresServer, type PostgresServer, skipsPostgres } from './postgresServer.ts'

describe.skipIf(skipsPostgres)('a line to PostgreSQL that is cut', () => {
  let server: PostgresServer
  let wire: Wire
  let store: Store
  beforeAll(async () => {
    server = await openPostgresServer()
    const url = new URL(await server.database())
    wire = await openWire(Number(url.port))
    url.port = String(wire.port)
    store = await openPostgresStore(url.href)
  })
  afterAll(async () => {
    await store.close()
    await wire.close()
    await server.close()
  })

  test('in the middle of a reading fails that reading, and the next one opens another', async () => {
    const reading = sql`select pg_sleep(30)`.execute(store.db)
    const other = sql<{ n: number }>`select count(*) as n from pg_stat_activity where query like '%pg_sleep%'`
    const isReading = async (): Promise<boolean> =>
      Number((await other.execute(store.db)).rows[0]?.n ?? 0) > 1
    while (!(await isReading())) {}
    wire.cut()
    await expect(reading).rejects.toThrow()
    await expect(store.ping()).rejects.toThrow()
    wire.mend()
    await store.ping()
  })
})
