// The commands as people give them, from a shell.
import { spawnSync } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DatabaseSync } from '@photostructure/sqlite'
import { expect, test } from 'vitest'
import { readConfig } from '../../server/config.ts'
import { faultWords } from '../../server/keeping/progress.ts'
import { hallFileIn } from '../../server/store/places.ts'
import { openSqliteStore } from '../../server/store/sqlite.ts'
import { differences, embedded, freshFolder, makeKeptHall } from './keptHall.ts'

const yishiting = fileURLToPath(new URL('../../server/cli/yishiting.mjs', import.meta.url))

const run = (dataDir: string, ...args: string[]) => {
  const env = { ...process.env, DATA_DIR: dataDir, DATABASE_URL: '' }
  const { status, stdout, stderr } = spawnSync(process.execPath, [yishiting, ...args], {
    env,
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

test('backup says where it lies, and restore brings it back, once', async () => {
  const dataDir = await freshFolder()
  const store = await openSqliteStore(hallFileIn(dataDir))
  await (await makeKeptHall(store)).close()
  const made = run(dataDir, 'backup')
  await store.close()
  expect(made.status).toBe(0)
  const [folder = ''] = made.stdout.split('\n')
  expect(folder).toContain(join(dataDir, 'backups', 'hall-'))
  // Names and the hashes of passwords are in it.
  expect((await stat(folder)).mode & 0o077).toBe(0)
  const to = join(await freshFolder(), 'new')
  const restored = run(to, 'restore', '--from', folder, '--to', to)
  expect(restored.status).toBe(0)
  expect(restored.stdout).toMatch(/restored to .*hall\.db.*records with \d+ events hold/)
  expect(await differences(embedded(dataDir), embedded(to))).toEqual([])
  const again = run(to, 'restore', '--from', folder, '--to', to)
  expect(again.status).toBe(1)
  expect(again.stderr).toContain('not restored: the target is not empty')
})

test('a server that cannot open its hall says why in one line, and ends', async () => {
  const dataDir = await freshFolder()
  await (await openSqliteStore(hallFileIn(dataDir))).close()
  const database = new DatabaseSync(hallFileIn(dataDir))
  database.exec("insert into kysely_migration values ('9999-flying-cars', 'x')")
  database.close()
  const env = { ...process.env, DATA_DIR: dataDir, DATABASE_URL: '', PORT: '0', HOST: '127.0.0.1' }
  const main = fileURLToPath(new URL('../../server/main.ts', import.meta.url))
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', main], { env, encoding: 'utf8' })
  expect(status).toBe(1)
  expect(stderr).toMatch(/^the hall could not be opened: .*newer build.*9999-flying-cars.*\n$/)
})

test('what is asked for wrongly is answered with how to ask', async () => {
  const dataDir = await freshFolder()
  for (const args of [
    ['restore'],
    ['migrate-store'],
    ['migrate-store', '--from', 'sqlite', '--to', 'postgres'],
  ]) {
    const { status, stderr } = run(dataDir, ...args)
    expect(status).toBe(2)
    expect(stderr).toContain(`usage: yishiting ${args[0]}`)
  }
  expect(run(dataDir, 'backup')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('there is no hall in'),
  })
})

test('the settings of backups are read with their bounds', () => {
  const plan = (env: Record<string, string>) => readConfig(env).backup
  expect(plan({ DATA_DIR: '/hall' })).toEqual({
    dir: '/hall/backups',
    everyHours: 24,
    keep: 7,
    upgradeWithout: false,
  })
  expect(plan({ DATABASE_URL: 'postgres://x/y' }).everyHours).toBe(0)
  expect(plan({ BACKUP_EVERY_HOURS: '0.5', BACKUP_KEEP: '30', BACKUP_DIR: '/b' })).toMatchObject({
    dir: '/b',
    everyHours: 0.5,
    keep: 30,
  })
  for (const [name, value] of [
    ['BACKUP_EVERY_HOURS', 'daily'],
    ['BACKUP_EVERY_HOURS', '-1'],
    ['BACKUP_KEEP', '0'],
  ] as const)
    expect(() => plan({ [name]: value })).toThrow(name)
})

test('a full disk is told in words, however deep the fault lies', () => {
  const full = Object.assign(new Error('No space left on device'), { code: 'ENOSPC' })
  const inDatabase = Object.assign(new Error('could not extend file'), { code: '53100' })
  for (const fault of [full, inDatabase, new Error('database or disk is full')]) {
    expect(faultWords(fault)).toContain('no room left on the disk')
    expect(faultWords(new Error('the table could not be copied', { cause: fault }))).toContain('no room left')
  }
  expect(faultWords(new Error('another fault'))).toBe('another fault')
})
