// The commands as people give them, from a shell.
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { stat, writeFile } from 'node:fs/promises'
import { type AddressInfo, connect, createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DatabaseSync } from '@photostructure/sqlite'
import { expect, test } from 'vitest'
import { readConfig } from '../../server/config.ts'
import { faultWords } from '../../server/keeping/faultWords.ts'
import { hallFileIn } from '../../server/store/places.ts'
import { openSqliteStore } from '../../server/store/sqlite.ts'
import { freePort } from '../faults/serverProcess.ts'
import { differences, embedded, freshFolder, makeKeptHall } from './keptHall.ts'

const yishiting = fileURLToPath(new URL('../../server/cli/yishiting.mjs', import.meta.url))

const run = (dataDir: string, ...args: string[]) => {
  const env = { ...process.env, DATA_DIR: dataDir, DATABASE_URL: '' }
  return runWith(env, ...args)
}

const runWith = (env: NodeJS.ProcessEnv, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [yishiting, ...args], {
    env: { ...process.env, ...env },
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
  const ofAll = run(to, 'restore', '--from', join(dataDir, 'backups'), '--to', to)
  expect(ofAll.stderr).toContain(`name one of the backups in it, such as ${folder}`)
})

test('a backup goes without further words where the settings say', async () => {
  const dataDir = await freshFolder()
  const store = await openSqliteStore(hallFileIn(dataDir))
  await (await makeKeptHall(store)).close()
  await store.close()
  const [folder = ''] = run(dataDir, 'backup').stdout.split('\n')
  const to = join(await freshFolder(), 'new')
  expect(run(to, 'restore', '--from', folder)).toMatchObject({
    status: 0,
    stdout: expect.stringContaining(`serve it with DATA_DIR=${to}`),
  })
  expect(await differences(embedded(dataDir), embedded(to))).toEqual([])
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

test('a folder that cannot be made is said so, also where the system says only that something is missing', async () => {
  const file = join(await freshFolder(), 'file')
  await writeFile(file, '')
  const main = fileURLToPath(new URL('../../server/main.ts', import.meta.url))
  for (const dataDir of ['/proc/1/hall', join(file, 'hall')]) {
    const env = { ...process.env, DATA_DIR: dataDir, DATABASE_URL: '', PORT: '0', HOST: '127.0.0.1' }
    const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', main], {
      env,
      encoding: 'utf8',
    })
    expect(stderr).toContain(`the hall could not be opened: the folder ${dataDir} cannot be made`)
    expect(status).toBe(1)
  }
})

test.each(['start', 'seed', 'demo', 'verify', 'count', 'backup', 'restore', 'migrate-store'])(
  '%s says with --help how to ask it, and to a wrong option the same',
  (command) => {
    const help = runWith({}, command, '--help')
    expect(help).toMatchObject({ status: 0, stderr: '' })
    expect(help.stdout).toMatch(new RegExp(`^usage: .*${command}`))
    const wrong = runWith({}, command, '--sideways')
    expect(wrong).toMatchObject({ status: 2, stdout: '' })
    expect(wrong.stderr).toMatch(/^[^\n]*--sideways[^\n]*\nusage: [^\n]+\n/)
    expect(wrong.stderr).not.toContain('    at ')
  },
)

test('a setting that is wrong is told in one line that names it, by whatever command reads it', async () => {
  const dataDir = await freshFolder()
  const main = fileURLToPath(new URL('../../server/main.ts', import.meta.url))
  const env = { ...process.env, DATA_DIR: dataDir, DATABASE_URL: '', BACKUP_KEEP: 'all' }
  const served = spawnSync(process.execPath, ['--import', 'tsx', main], { env, encoding: 'utf8' })
  for (const { status, stderr } of [served, runWith(env, 'backup')]) {
    expect(status).toBe(2)
    expect(stderr).toMatch(/^a setting is wrong: BACKUP_KEEP [^\n]*\n$/)
  }
})

test('what a setting cannot be is said of that setting', async () => {
  const folder = await freshFolder()
  const [empty, missing] = [join(folder, 'empty'), join(folder, 'missing')]
  await writeFile(empty, '\n')
  const address = 'postgres://hall@db/hall'
  for (const [name, env] of [
    ['PUBLIC_URL', { PUBLIC_URL: 'hall.example.org' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'localhost:3000' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
    ['TRUST_PROXY', { TRUST_PROXY: 'caddy' }],
    ['TRUST_PROXY', { TRUST_PROXY: '10.0.0.0/33' }],
    ['TLS_CERT', { TLS_CERT: missing, TLS_KEY: empty }],
    ['TLS_CERT and TLS_KEY', { TLS_CERT: empty, TLS_KEY: empty }],
    ['DATABASE_PASSWORD_FILE', { DATABASE_URL: address, DATABASE_PASSWORD_FILE: missing }],
    ['DATABASE_PASSWORD_FILE', { DATABASE_URL: address, DATABASE_PASSWORD_FILE: empty }],
  ] as const)
    expect(() => readConfig(env)).toThrow(name)
  const proxies = 'loopback, 172.16.0.0/12,fd00::/8'
  expect(readConfig({ TRUST_PROXY: proxies }).trustProxy).toBe(proxies)
  await writeFile(empty, 'a secret/\n')
  const { databaseUrl } = readConfig({ DATABASE_URL: address, DATABASE_PASSWORD_FILE: empty })
  expect(databaseUrl).toBe('postgres://hall:a%20secret%2F@db/hall')
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
  expect(run(dataDir, 'migrate-store', '--from', 'sqlite', '--to', 'postgres').stderr).toContain(
    'DATABASE_URL is not set',
  )
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

test('a port that is taken and a database that does not answer are told with what to do', async () => {
  const port = await freePort()
  const refused = await new Promise<Error>((resolve) => connect(port, '127.0.0.1').once('error', resolve))
  expect(faultWords(refused)).toContain(`nothing answers at 127.0.0.1:${port}`)
  // What a name with several addresses fails with.
  expect(faultWords(new AggregateError([refused]))).toBe(faultWords(refused))
  const holder = createServer().listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const taken = (holder.address() as AddressInfo).port
  const [fault] = await once(createServer().listen(taken, '127.0.0.1'), 'error')
  expect(faultWords(fault)).toMatch(new RegExp(`^port ${taken} is taken .*set PORT$`))
  holder.close()
})
