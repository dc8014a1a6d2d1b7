// A hall moves to PostgreSQL and back, and whatever breaks off on the way, it arrives whole and once.
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runFile } from '../../server/cli/run.ts'
import { makeBackup } from '../../server/keeping/backup.ts'
import { migrateHall } from '../../server/keeping/migrate.ts'
import { restoreBackup } from '../../server/keeping/restore.ts'
import { step } from '../../server/ports.ts'
import { hallFileIn } from '../../server/store/places.ts'
import { openPostgresStore } from '../../server/store/postgres.ts'
import { openServing } from '../../server/store/serving.ts'
import { openSqliteStore } from '../../server/store/sqlite.ts'
import { openPostgresServer, type PostgresServer, skipsPostgres } from '../store/postgresServer.ts'
import {
  database,
  differences,
  embedded,
  enter,
  freshFolder,
  makeKeptHall,
  nextUpdateId,
  quiet,
} from './keptHall.ts'

const migrateStore = fileURLToPath(new URL('../../server/cli/migrateStore.ts', import.meta.url))

describe.skipIf(skipsPostgres)('between the embedded store and PostgreSQL', () => {
  let server: PostgresServer
  let dataDir: string
  let meetingId: string
  let lastId: number
  beforeAll(async () => {
    server = await openPostgresServer()
    dataDir = await freshFolder()
    const store = await openSqliteStore(hallFileIn(dataDir))
    const hall = await makeKeptHall(store)
    ;({ meetingId } = hall)
    await hall.close()
    lastId = await nextUpdateId(store)
    await store.close()
  })
  afterAll(() => server.close())

  test('a hall moves there and back, equal table by table, and goes on at each place', async () => {
    const url = await server.database()
    const { events, heads } = await migrateHall(embedded(dataDir), database(url), quiet)
    expect(heads.map(({ stream }) => stream)).toContain(meetingId)
    expect(events).toBeGreaterThan(10)
    expect(await differences(embedded(dataDir), database(url))).toEqual([])

    const store = await openPostgresStore(url)
    const hall = await enter(store, meetingId)
    expect(await hall.order({ type: 'lowerAllHands' })).toBe(true)
    const seatId = (await hall.seatIds())[0]
    const by = { actorId: seatId ?? '', role: 'participant', seatId: seatId ?? '' } as const
    const urn = await store.db
      .selectFrom('urns')
      .select('pollId')
      .where('state', '=', 'open')
      .executeTakeFirst()
    const ballot = { type: 'castBallot', pollId: urn?.pollId, choice: { choice: 'abstain' } } as const
    expect(await hall.order(ballot, by)).toBe(true)
    const idThere = await nextUpdateId(store)
    expect(idThere).toBeGreaterThan(lastId)
    await hall.close()
    await store.close()

    const back = join(await freshFolder(), 'back')
    await migrateHall(database(url), embedded(back), quiet)
    expect(await differences(database(url), embedded(back))).toEqual([])
    const home = await openSqliteStore(hallFileIn(back))
    const again = await enter(home, meetingId)
    expect(await again.order({ type: 'closePoll', pollId: urn?.pollId })).toBe(true)
    expect(await nextUpdateId(home)).toBeGreaterThan(idThere)
    await again.close()
    await home.close()
  })

  test('broken off at any point it goes on where it stopped, and doubles nothing', async () => {
    const url = await server.database()
    let reached = 0
    for (let tries = 0; ; tries += 1) {
      let calls = 0
      const moved = await migrateHall(embedded(dataDir), database(url), () => {
        calls += 1
        if (calls < reached) return
        reached = calls + 9
        throw new Error('the power went')
      }).catch((fault: Error) => fault)
      if (!(moved instanceof Error)) {
        expect(tries).toBeGreaterThan(5)
        expect(moved.isResumed).toBe(true)
        break
      }
      expect(moved.message).toBe('the power went')
      await expect(openPostgresStore(url)).rejects.toThrow('being filled')
    }
    expect(await differences(embedded(dataDir), database(url))).toEqual([])
  })

  test('what happened in the hall between two tries is in the copy', async () => {
    const from = await freshFolder()
    const store = await openSqliteStore(hallFileIn(from))
    const hall = await makeKeptHall(store)
    const url = await server.database()
    const broken = migrateHall(embedded(from), database(url), ({ phase }) => {
      if (phase === 'comparing') throw new Error('the power went')
    })
    await expect(broken).rejects.toThrow('the power went')

    const { db } = store
    await hall.order({ type: 'lowerAllHands' })
    await store.write([
      step(db.deleteFrom('people').where('personId', '=', 'pe_odd0')),
      step(db.updateTable('people').set({ name: '改名' }).where('personId', '=', 'pe_odd1')),
      step(db.updateTable('cards').set({ cardId: 'ca_0' }).where('role', '=', 'screen')),
    ])
    await nextUpdateId(store)
    await hall.close()
    await store.close()
    expect((await migrateHall(embedded(from), database(url), quiet)).isResumed).toBe(true)
    expect(await differences(embedded(from), database(url))).toEqual([])
  })

  test('a hall that goes on while it is moved is not declared moved, and the next try has it all', async () => {
    const from = await freshFolder()
    const store = await openSqliteStore(hallFileIn(from))
    await (await makeKeptHall(store)).close()
    const url = await server.database()
    let writing: Promise<unknown> | null = null
    const moved = migrateHall(embedded(from), database(url), ({ phase }) => {
      if (phase === 'proving') writing ??= nextUpdateId(store)
    })
    await expect(moved).rejects.toThrow(/went on.*draftUpdates/)
    expect(writing).not.toBe(null)
    await store.close()
    await expect(openPostgresStore(url)).rejects.toThrow('being filled')
    await migrateHall(embedded(from), database(url), quiet)
    expect(await differences(embedded(from), database(url))).toEqual([])
  })

  /** Copied page by page, so that there is a middle. */
  const bigHall = async (): Promise<string> => {
    const from = await freshFolder()
    const store = await openSqliteStore(hallFileIn(from))
    const hall = await makeKeptHall(store)
    const bytes = new Uint8Array(40_000).fill(7)
    const row = { draftId: 'dr_big', bytes, edits: 1, at: 1 }
    for (let i = 0; i < 20; i += 1)
      await store.write(
        Array.from({ length: 50 }, () => step(store.db.insertInto('draftUpdates').values(row))),
      )
    await hall.close()
    await store.close()
    return from
  }

  const command = (env: Record<string, string>) => {
    const { child } = runFile(migrateStore, ['--from', 'sqlite', '--to', 'postgres'], env)
    let said = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
    return { child, ended: once(child, 'close').then(([code]) => ({ code, said })) }
  }

  const inTheMiddle = async (url: string, isEnded: () => boolean): Promise<void> => {
    const watcher = new Client({ connectionString: url })
    await watcher.connect()
    for (;;) {
      const { rows } = await watcher
        .query("select rows from filling where name = 'draftUpdates'")
        .catch(() => ({ rows: [] }))
      if (rows.length > 0) break
      expect(isEnded()).toBe(false)
    }
    await watcher.end()
  }

  test.each(['the command', 'PostgreSQL'])(
    '%s is killed in the middle: run again it goes on, says so, and the copy is whole',
    async (killed) => {
      const from = await bigHall()
      const url = await server.database()
      const env = { DATA_DIR: from, DATABASE_URL: url }
      const first = command(env)
      await inTheMiddle(url, () => first.child.exitCode !== null)
      if (killed === 'PostgreSQL') {
        await server.crash()
        expect(await first.ended).toMatchObject({ code: 1, said: '' })
        await server.start()
      } else {
        first.child.kill('SIGKILL')
        await first.ended
      }
      await expect(openPostgresStore(url)).rejects.toThrow('being filled')

      const { code, said } = await command(env).ended
      expect(code).toBe(0)
      expect(said).toContain('went on with an earlier try')
      expect(await differences(embedded(from), database(url))).toEqual([])
      await (await openPostgresStore(url)).close()
    },
  )

  test('a target that holds something, or was begun from another hall, is refused and stays as it is', async () => {
    const url = await server.database()
    const store = await openPostgresStore(url)
    await store.write([step(store.db.insertInto('texts').values({ sha256: 'a', text: 'b', at: 1 }))])
    await expect(migrateHall(embedded(dataDir), database(url), quiet)).rejects.toThrow('not empty')
    expect(await store.db.selectFrom('texts').selectAll().execute()).toHaveLength(1)
    await store.close()

    const begun = await server.database()
    const broken = migrateHall(embedded(dataDir), database(begun), () => {
      throw new Error('the power went')
    })
    await expect(broken).rejects.toThrow('the power went')
    const other = await freshFolder()
    const second = await openSqliteStore(hallFileIn(other))
    await (await makeKeptHall(second)).close()
    await second.close()
    await expect(migrateHall(embedded(other), database(begun), quiet)).rejects.toThrow('another hall')
  })

  test('a hall that is being served is not moved', async () => {
    const url = await server.database()
    const serving = await openServing(embedded(dataDir))
    await expect(migrateHall(embedded(dataDir), database(url), quiet)).rejects.toThrow('is being served')
    await serving.close()
    const there = await openServing(database(url))
    await expect(migrateHall(embedded(dataDir), database(url), quiet)).rejects.toThrow('is being served')
    await there.close()
  })

  test('a backup of either store made while it is written to goes into the other', async () => {
    const url = await server.database()
    await migrateHall(embedded(dataDir), database(url), quiet)
    const store = await openPostgresStore(url)
    let over = false
    let next = 0
    const writing = (async () => {
      while (!over) {
        next += 1
        const row = { sha256: `t${next}`, text: 'x', at: next }
        await store.write([step(store.db.insertInto('texts').values(row))])
      }
    })()
    const { folder } = await makeBackup({
      place: database(url),
      dataDir,
      into: await freshFolder(),
      kind: 'hall',
      now: Date.now(),
    })
    over = true
    await writing
    await store.close()
    const to = join(await freshFolder(), 'new')
    const restored = await restoreBackup({ from: folder, to: embedded(to), dataDir: to, onProgress: quiet })
    expect((await differences(embedded(dataDir), embedded(to))).filter((table) => table !== 'texts')).toEqual(
      [],
    )
    const third = await server.database()
    const again = await restoreBackup({ from: folder, to: database(third), dataDir: to, onProgress: quiet })
    expect(again.heads).toEqual(restored.heads)
    expect(await differences(embedded(to), database(third))).toEqual([])
  })
})
