// A store is looked at before it is opened: made by a newer build it is refused, and before an upgrade it is backed up.

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from '@photostructure/sqlite'
import { Kysely, Migrator, PostgresDialect } from 'kysely'
import { Client, Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openHall, storeOf } from '../../server/app.ts'
import type { Config } from '../../server/config.ts'
import { restoreBackup } from '../../server/keeping/restore.ts'
import { migrationProvider, stepNames } from '../../server/store/migrations.ts'
import { fillPlace, hallFileIn, type Place, viewPlace } from '../../server/store/places.ts'
import { holdAlone, openServing } from '../../server/store/serving.ts'
import { openSqliteLine } from '../../server/store/sqliteLine.ts'
import { configFor } from '../live/hall.ts'
import { waiting } from '../patience.ts'
import { openPostgresServer, type PostgresServer, skipsPostgres } from '../store/postgresServer.ts'
import { database, embedded, freshFolder, quiet } from './keptHall.ts'

const oldStep = '0002-urns'
const fromTheFuture = '9999-flying-cars'
const newest = stepNames.at(-1) ?? ''

const text = "insert into texts values ('a', '旧的', 1)"

const oldSqlite = async (): Promise<string> => {
  const dataDir = await freshFolder()
  const line = openSqliteLine(hallFileIn(dataDir), 'fill')
  await line.migrateTo(oldStep)
  await line.run(text)
  await line.close()
  return dataDir
}

const said: string[] = []
const say = (line: string): void => {
  said.push(line)
}

const textIn = async (place: Place): Promise<unknown> => {
  const view = await viewPlace(place)
  const table = view.tables.find(({ name }) => name === 'texts')
  const row = table && (await view.find(table, ['a']))
  await view.close()
  return row?.[1]
}

const stepsIn = async (place: Place): Promise<readonly string[]> => {
  const view = await viewPlace(place)
  await view.close()
  return view.steps
}

test('an embedded hall made by a newer build is refused in words, and not touched', async () => {
  const dataDir = await freshFolder()
  await (await storeOf(configFor(dataDir), say)).close()
  const database = new DatabaseSync(hallFileIn(dataDir))
  database.prepare('insert into kysely_migration values (?, ?)').run(fromTheFuture, 'x')
  database.close()
  const bytes = async () =>
    Buffer.concat(await Promise.all(['', '-wal'].map((end) => readFile(`${hallFileIn(dataDir)}${end}`))))
  const before = await bytes()
  const opening = storeOf(configFor(dataDir), say)
  await expect(opening).rejects.toThrow(new RegExp(`newer build.*${fromTheFuture}.*${newest}`))
  expect(before.equals(await bytes())).toBe(true)
})

test('an older embedded hall is backed up, brought up to date, and can go back to what it was', async () => {
  const dataDir = await oldSqlite()
  const store = await storeOf(configFor(dataDir), say)
  expect((await store.db.selectFrom('texts').select('text').execute())[0]?.text).toBe('旧的')
  await store.close()
  expect(await stepsIn(embedded(dataDir))).toEqual(stepNames)
  const [name = ''] = await readdir(join(dataDir, 'backups'))
  expect(name).toContain(`before-${newest}-`)
  const to = join(await freshFolder(), 'again')
  const from = join(dataDir, 'backups', name)
  await restoreBackup({ from, to: embedded(to), dataDir: to, onProgress: quiet })
  expect(await stepsIn(embedded(to))).toEqual(['0001-record', oldStep])
  expect(await textIn(embedded(to))).toBe('旧的')
})

test('without room for the backup nothing is changed, in words; asked for, it goes on without', async () => {
  const dataDir = await oldSqlite()
  await writeFile(join(dataDir, 'backups'), 'a file where the folder should be')
  const config = configFor(dataDir)
  await expect(storeOf(config, say)).rejects.toThrow(/Nothing was changed.*UPGRADE_WITHOUT_BACKUP/)
  expect(await stepsIn(embedded(dataDir))).toEqual(['0001-record', oldStep])
  const store = await storeOf({ ...config, backup: { ...config.backup, upgradeWithout: true } }, say)
  await store.close()
  expect(await stepsIn(embedded(dataDir))).toEqual(stepNames)
})

test('two processes that open an old hall at once back it up once and bring it up to date once', async () => {
  const dataDir = await oldSqlite()
  const stores = await Promise.all([1, 2, 3].map(() => storeOf(configFor(dataDir), say)))
  for (const store of stores) await store.close()
  expect(await readdir(join(dataDir, 'backups'))).toHaveLength(1)
})

test('a hall that is served is not copied away, and one that is being copied is not served', async () => {
  const dataDir = await freshFolder()
  const hall = await openHall({ config: configFor(dataDir), clientDir: null })
  await expect(holdAlone(embedded(dataDir))).rejects.toThrow('is being served')
  await hall.close()
  const alone = await holdAlone(embedded(dataDir))
  await expect(openServing(embedded(dataDir))).rejects.toThrow('in use')
  await alone.release()
  await (await openServing(embedded(dataDir))).close()
})

describe.skipIf(skipsPostgres)('on PostgreSQL', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await openPostgresServer()
  })
  afterAll(() => server.close())

  const ask = async (url: string, sql: string): Promise<Record<string, unknown>[]> => {
    const client = new Client({ connectionString: url })
    await client.connect()
    try {
      return (await client.query(sql)).rows
    } finally {
      await client.end()
    }
  }
  const oldDatabase = async (): Promise<{ url: string; config: Config }> => {
    const url = await server.database()
    const db = new Kysely<unknown>({
      dialect: new PostgresDialect({ pool: new Pool({ connectionString: url }) }),
    })
    await new Migrator({ db, provider: migrationProvider }).migrateTo(oldStep)
    await db.destroy()
    await ask(url, text)
    return { url, config: configFor(await freshFolder(), { databaseUrl: url }) }
  }

  test('a database made by a newer build is refused in words', async () => {
    const url = await server.database()
    const config = configFor(await freshFolder(), { databaseUrl: url })
    await (await storeOf(config, say)).close()
    await ask(url, `insert into kysely_migration values ('${fromTheFuture}', 'x')`)
    await expect(storeOf(config, say)).rejects.toThrow(new RegExp(`newer build.*${fromTheFuture}.*${newest}`))
  })

  test('of nodes that start at once on an old database one backs it up and brings it up to date', async () => {
    const { url, config } = await oldDatabase()
    const stores = await Promise.all([1, 2, 3].map(() => storeOf(config, say)))
    for (const store of stores) await store.close()
    expect(await readdir(config.backup.dir)).toHaveLength(1)
    expect(await stepsIn(database(url))).toEqual(stepNames)
    expect(await textIn(database(url))).toBe('旧的')
  })

  test('without room for the backup the database stays as it is', async () => {
    const { url, config } = await oldDatabase()
    await mkdir(config.dataDir, { recursive: true })
    await writeFile(config.backup.dir, 'a file where the folder should be')
    await expect(storeOf(config, say)).rejects.toThrow('Nothing was changed')
    expect(await stepsIn(database(url))).toEqual(['0001-record', oldStep])
  })

  test('one of the nodes is the keeper, another when it ends, and none may be copied away meanwhile', async () => {
    const place = { kind: 'postgres', databaseUrl: await server.database() } as const
    const [one, two] = [await openServing(place), await openServing(place)]
    expect([await one.isKeeper(), await two.isKeeper(), await one.isKeeper()]).toEqual([true, false, true])
    await expect(holdAlone(place)).rejects.toThrow('is being served')
    await one.close()
    expect(await two.isKeeper()).toBe(true)
    // Its line is cut: it takes its place again by itself.
    const cut =
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'yishiting-serving'"
    await ask(place.databaseUrl, cut)
    await vi.waitFor(async () => expect(await two.isKeeper()).toBe(false), waiting)
    await vi.waitFor(async () => expect(await two.isKeeper()).toBe(true), waiting)
    await expect(holdAlone(place)).rejects.toThrow('is being served')
    await two.close()
    const alone = await holdAlone(place)
    await expect(openServing(place)).rejects.toThrow('being copied')
    await alone.release()
  })

  test('a database that is being filled is not opened', async () => {
    const url = await server.database()
    const vessel = await fillPlace(database(url))
    await vessel.begin('somewhere', stepNames)
    await vessel.close()
    await expect(storeOf(configFor(await freshFolder(), { databaseUrl: url }), say)).rejects.toThrow(
      'being filled',
    )
  })
})

test('every table has a primary key and none refers to another, so that they can be filled in any order', async () => {
  const dataDir = await freshFolder()
  await (await storeOf(configFor(dataDir), say)).close()
  const view = await viewPlace(embedded(dataDir))
  expect(view.tables.filter(({ key }) => key.length === 0)).toEqual([])
  await view.close()
  const database = new DatabaseSync(hallFileIn(dataDir))
  for (const { name } of view.tables)
    expect(database.prepare(`select * from pragma_foreign_key_list('${name}')`).all(), name).toEqual([])
  database.close()
})
