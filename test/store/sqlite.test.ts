import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from '@photostructure/sqlite'
import { afterAll, expect, test } from 'vitest'
import { step } from '../../server/ports.ts'
import { openSqliteStore } from '../../server/store/sqlite.ts'
import { assertDurable, openDatabase } from '../../server/store/sqliteFile.ts'
import { storeContract } from './contract.ts'

const folders: string[] = []
const freshFile = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'yishiting-store-'))
  folders.push(folder)
  return join(folder, 'deep', 'hall.db')
}
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
})

storeContract('SQLite', async () => {
  const file = await freshFile()
  return { store: await openSqliteStore(file), reopen: () => openSqliteStore(file) }
})

test('every connection is opened with synchronous=FULL, though SQLite forgets it', async () => {
  const file = await freshFile()
  const store = await openSqliteStore(file)
  const careless = new DatabaseSync(file)
  careless.exec('pragma synchronous = normal')
  expect(() => assertDurable(careless)).toThrow('not durable')
  careless.close()
  const careful = openDatabase(DatabaseSync, file)
  expect(() => assertDurable(careful)).not.toThrow()
  careful.close()
  await store.close()
})

test('a second process may write to the same file, and its appends are seen', async () => {
  const file = await freshFile()
  const one = await openSqliteStore(file)
  const two = await openSqliteStore(file)
  const row = { stream: 'mt_0001', at: 1, actor: 'a', commandId: 'c', body: '{}', hash: 'h' }
  const append = (store: typeof one, seq: number) =>
    store.write([step(store.db.insertInto('events').values({ ...row, seq }))])
  const results = await Promise.all([1, 2, 3, 4].flatMap((seq) => [append(one, seq), append(two, seq)]))
  expect(results.filter(({ ok }) => ok)).toHaveLength(4)
  expect(await one.db.selectFrom('events').select('seq').execute()).toHaveLength(4)
  await one.close()
  await two.close()
})

test('a slow disk delays the answer and never the event loop', async () => {
  const store = await openSqliteStore(await freshFile(), { fsyncDelayMs: 200 })
  let turns = 0
  let done = false
  const written = store
    .write([step(store.db.insertInto('texts').values({ sha256: 'a', text: 't', at: 1 }))])
    .then(() => {
      done = true
    })
  while (!done) {
    await new Promise(setImmediate)
    turns += 1
  }
  await written
  expect(turns).toBeGreaterThan(100)
  await store.close()
})
