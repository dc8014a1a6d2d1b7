import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Store, step } from '../../server/ports.ts'
import { openPostgresStore } from '../../server/store/postgres.ts'
import { waiting } from '../patience.ts'
import { storeContract } from './contract.ts'
import { openPostgresServer, type PostgresServer, skipsPostgres } from './postgresServer.ts'

describe.skipIf(skipsPostgres)('on a PostgreSQL server', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await openPostgresServer()
  })
  afterAll(() => server.close())

  storeContract('PostgreSQL', async () => {
    const url = await server.database()
    return { store: await openPostgresStore(url), reopen: () => openPostgresStore(url) }
  })

  const event = (store: Store, seq: number) =>
    step(
      store.db
        .insertInto('events')
        .values({ stream: 'mt_0001', seq, at: seq, actor: 'a', commandId: 'c', body: '{}', hash: 'h' }),
    )
  const seqs = async ({ db }: Store) =>
    (await db.selectFrom('events').select('seq').orderBy('seq').execute()).map(({ seq }) => seq)

  test('two nodes that open an empty database at once migrate it once', async () => {
    const url = await server.database()
    const stores = await Promise.all([openPostgresStore(url), openPostgresStore(url)])
    for (const store of stores) await store.ping()
    for (const store of stores) await store.close()
  })

  test('of two nodes that append the same sequence number one wins, and every write is kept once', async () => {
    const url = await server.database()
    const one = await openPostgresStore(url)
    const two = await openPostgresStore(url)
    const numbers = Array.from({ length: 50 }, (_, i) => i + 1)
    const results = await Promise.all(
      numbers.flatMap((seq) => [one.write([event(one, seq)]), two.write([event(two, seq)])]),
    )
    expect(results.filter(({ ok }) => ok)).toHaveLength(50)
    expect(await seqs(one)).toEqual(numbers)
    await one.close()
    await two.close()
  })

  test('a deadlock between two nodes is undone and tried again, and both writes are kept', async () => {
    const url = await server.database()
    const one = await openPostgresStore(url)
    const two = await openPostgresStore(url)
    await one.write([event(one, 1), event(one, 2)])
    const touch = (seq: number, hash: string) =>
      step(one.db.updateTable('events').set({ hash }).where('seq', '=', seq), { expect: 1 })
    // Each has its first row and stands before the gate; behind it each waits for the other's.
    const gate = { sql: 'select pg_advisory_xact_lock_shared(7)', parameters: [] }
    const other = new Client({ connectionString: url })
    await other.connect()
    await other.query('select pg_advisory_lock(7)')
    const first = one.write([touch(1, 'one'), gate, touch(2, 'one')])
    const second = two.write([touch(2, 'two'), gate, touch(1, 'two')])
    await vi.waitFor(async () => {
      const { rows } = await other.query('select 1 from pg_locks where not granted and objid = 7')
      expect(rows).toHaveLength(2)
    }, waiting)
    await other.query('select pg_advisory_unlock(7)')
    expect([await first, await second].map(({ ok }) => ok)).toEqual([true, true])
    const hashes = await one.db.selectFrom('events').select('hash').distinct().execute()
    expect(hashes).toHaveLength(1)
    await other.end()
    await one.close()
    await two.close()
  })

  test('a write that waits too long for a lock fails alone, with the others of its commit kept', async () => {
    const url = await server.database()
    const store = await openPostgresStore(url, { lockTimeoutMs: 200 })
    await store.write([event(store, 1)])
    const other = new Client({ connectionString: url })
    await other.connect()
    await other.query('begin; update "events" set "hash" = \'held\' where "seq" = 1')
    const stuck = step(store.db.updateTable('events').set({ hash: 'x' }).where('seq', '=', 1))
    const [before, refused, after] = await Promise.allSettled([
      store.write([event(store, 2)]),
      store.write([stuck]),
      store.write([event(store, 3)]),
    ])
    expect([before?.status, refused?.status, after?.status]).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    await other.end()
    expect(await seqs(store)).toEqual([1, 2, 3])
    await store.close()
  })

  test('a connection that is cut between two writes is made anew, and nobody notices', async () => {
    const url = await server.database()
    const store = await openPostgresStore(url)
    await store.write([event(store, 1)])
    const other = new Client({ connectionString: url })
    await other.connect()
    await other.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'yishiting' and datname = current_database()`,
    )
    await other.end()
    expect((await store.write([event(store, 2)])).ok).toBe(true)
    expect(await seqs(store)).toEqual([1, 2])
    await store.close()
  })

  test('the server crashes while writes are under way: what was acknowledged is there, and the store goes on', async () => {
    const url = await server.database()
    const store = await openPostgresStore(url, { retryForMs: 300 })
    const acknowledged: number[] = []
    const doubtful: number[] = []
    let next = 0
    let onSome = () => {}
    const some = new Promise<void>((resolve) => {
      onSome = resolve
    })
    const write = async (): Promise<void> => {
      while (next < 100_000 && doubtful.length === 0) {
        next += 1
        const seq = next
        const result = await store.write([event(store, seq)]).catch(() => null)
        if (result?.ok) acknowledged.push(seq)
        else doubtful.push(seq)
        if (acknowledged.length >= 200) onSome()
      }
    }
    const writers = Array.from({ length: 8 }, write)
    await some
    await server.crash()
    await expect(store.ping()).rejects.toThrow()
    await Promise.all(writers)
    await server.start()

    const kept = new Set(await seqs(store))
    expect(acknowledged.filter((seq) => !kept.has(seq))).toEqual([])
    const told = new Set([...acknowledged, ...doubtful])
    expect([...kept].filter((seq) => !told.has(seq))).toEqual([])
    expect((await store.write([event(store, next + 1)])).ok).toBe(true)
    await store.close()
  })

  test('a standby is refused, at the opening and when the primary becomes one', async () => {
    const url = await server.database()
    const store = await openPostgresStore(url, { retryForMs: 300 })
    await store.write([event(store, 1)])
    await server.restartAs('standby')
    await expect(openPostgresStore(url)).rejects.toThrow('standby')
    await expect(store.write([event(store, 2)])).rejects.toThrow('nothing was kept')
    await expect(store.ping()).rejects.toThrow('standby')
    await server.restartAs('primary')
    expect((await store.write([event(store, 2)])).ok).toBe(true)
    expect(await seqs(store)).toEqual([1, 2])
    await store.close()
  })
})
