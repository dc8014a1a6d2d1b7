import { existsSync } from 'node:fs'
import { appendFile, cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { makeBackup } from '../../server/keeping/backup.ts'
import { restoreBackup } from '../../server/keeping/restore.ts'
import { outdated } from '../../server/keeping/retention.ts'
import { openSchedule } from '../../server/keeping/schedule.ts'
import type { Store } from '../../server/ports.ts'
import { hallFileIn } from '../../server/store/places.ts'
import { openSqliteStore } from '../../server/store/sqlite.ts'
import { silentLogger } from '../live/hall.ts'
import { differences, embedded, enter, freshFolder, makeKeptHall, nextUpdateId, quiet } from './keptHall.ts'

const openIn = (dataDir: string): Promise<Store> => openSqliteStore(hallFileIn(dataDir))

const backUp = (dataDir: string, into: string) =>
  makeBackup({ place: embedded(dataDir), dataDir, into, kind: 'hall', now: Date.now() })

const restore = (from: string, dataDir: string) =>
  restoreBackup({ from, to: embedded(dataDir), dataDir, onProgress: quiet })

/** A hall at rest, and a backup of it: made once, and looked at by all. */
let atRest: ReturnType<typeof makeAtRest> | null = null
const backedUp = () => {
  atRest ??= makeAtRest()
  return atRest
}
/** The same hall in a folder that a test may spoil. */
const copied = async (): Promise<string> => {
  const dataDir = await freshFolder()
  await cp((await backedUp()).dataDir, dataDir, { recursive: true })
  return dataDir
}

const makeAtRest = async () => {
  const dataDir = await freshFolder()
  const store = await openIn(dataDir)
  const hall = await makeKeptHall(store)
  await hall.close()
  const lastId = await nextUpdateId(store)
  await store.close()
  await mkdir(join(dataDir, 'uploads/un_1'), { recursive: true })
  await writeFile(join(dataDir, 'uploads/un_1/photo'), new Uint8Array([255, 216, 0, 1]))
  const { folder } = await backUp(dataDir, await freshFolder())
  return { dataDir, folder, meetingId: hall.meetingId, lastId }
}

test('what was backed up and restored is the same in every table, is proved, and goes on', async () => {
  const { dataDir, folder, meetingId, lastId } = await backedUp()
  const to = join(await freshFolder(), 'new')
  const { heads, manifest } = await restore(folder, to)
  expect(heads).toEqual(manifest.heads)
  expect(heads.map(({ stream }) => stream)).toContain(meetingId)
  expect(await differences(embedded(dataDir), embedded(to))).toEqual([])
  expect([...(await readFile(join(to, 'uploads/un_1/photo')))]).toEqual([255, 216, 0, 1])
  const store = await openIn(to)
  const hall = await enter(store, meetingId)
  expect(await hall.order({ type: 'lowerAllHands' })).toBe(true)
  expect(await nextUpdateId(store)).toBeGreaterThan(lastId)
  await hall.close()
  await store.close()
})

test('a backup made while people are at it is one moment of the hall, with all that was answered before', async () => {
  const dataDir = await freshFolder()
  const into = await freshFolder()
  const store = await openIn(dataDir)
  const hall = await makeKeptHall(store)
  const seatIds = await hall.seatIds()
  let over = false
  let answered = 0
  const working = seatIds.map(async (seatId) => {
    while (!over) {
      if (await hall.order({ type: 'raiseHand', seatId })) answered += 1
      if (await hall.order({ type: 'lowerHand', seatId })) answered += 1
    }
  })
  const headOf = async () =>
    (
      await store.db
        .selectFrom('events')
        .select(({ fn }) => fn.max('seq').as('seq'))
        .executeTakeFirst()
    )?.seq ?? 0
  const before = await headOf()
  const registry = new Registry()
  const schedule = openSchedule({
    plan: { dir: into, everyHours: 1, keep: 7, upgradeWithout: false },
    place: embedded(dataDir),
    dataDir,
    clock: { now: () => Date.now() },
    serving: { isKeeper: async () => true },
    registry,
    logger: silentLogger,
  })
  await schedule.look()
  const [name = ''] = await readdir(into)
  await schedule.look()
  expect(await readdir(into), 'no second one is due').toEqual([name])
  over = true
  await Promise.all(working)
  expect(answered).toBeGreaterThan(0)
  await schedule.close()
  await hall.close()
  await store.close()
  const { events } = await restore(join(into, name), join(await freshFolder(), 'new'))
  expect(events).toBeGreaterThanOrEqual(before)
  expect(await registry.getSingleMetricAsString('yishiting_backup_last_success_timestamp_seconds')).toMatch(
    / 1\d{9}(\.\d+)?$/,
  )
})

test('a damaged backup is refused by the name of the file, and nothing is made of it', async () => {
  const { folder } = await backedUp()
  const damages: [string, (copy: string) => Promise<unknown>][] = [
    ['tables/events.jsonl.gz', (copy) => appendFile(join(copy, 'tables/events.jsonl.gz'), 'x')],
    [
      'uploads/un_1/photo',
      (copy) => writeFile(join(copy, 'uploads/un_1/photo'), new Uint8Array([255, 216, 0, 2])),
    ],
    ['tables/ballots.jsonl.gz', (copy) => rm(join(copy, 'tables/ballots.jsonl.gz'))],
    ['tables/more.jsonl.gz', (copy) => writeFile(join(copy, 'tables/more.jsonl.gz'), '')],
    [
      'manifest.json',
      async (copy) => {
        const path = join(copy, 'manifest.json')
        await writeFile(path, (await readFile(path, 'utf8')).replace(/"rows": \d+/, '"rows": 7'))
      },
    ],
    [
      'newer build',
      async (copy) => {
        const path = join(copy, 'manifest.json')
        await writeFile(path, (await readFile(path, 'utf8')).replace('"version": 1', '"version": 2'))
      },
    ],
    ['manifest.json', (copy) => writeFile(join(copy, 'manifest.json'), '{')],
    ['manifest.json', (copy) => rm(join(copy, 'manifest.json'))],
  ]
  for (const [file, damage] of damages) {
    const copy = join(await freshFolder(), 'copy')
    await cp(folder, copy, { recursive: true })
    await damage(copy)
    const to = join(await freshFolder(), 'new')
    await expect(restore(copy, to)).rejects.toThrow(file)
    expect(existsSync(to)).toBe(false)
  }
})

test('what file managers leave in a folder does not make a backup damaged', async () => {
  const { folder } = await backedUp()
  for (const name of ['.DS_Store', 'tables/._events.jsonl.gz', 'Thumbs.db'])
    await writeFile(join(folder, name), 'view')
  const { rows } = await restore(folder, join(await freshFolder(), 'new'))
  expect(rows).toBeGreaterThan(0)
})

test('a backup goes into an empty place only', async () => {
  const { dataDir, folder } = await backedUp()
  await expect(restore(folder, dataDir)).rejects.toThrow('not empty')
  const other = await freshFolder()
  await writeFile(join(other, 'letters.txt'), 'mine')
  await expect(restore(folder, other)).rejects.toThrow('letters.txt')
  const used = await freshFolder()
  await (await openIn(used)).close()
  const store = await openIn(used)
  await store.write([{ sql: 'insert into texts values (?, ?, ?)', parameters: ['a', 'b', 1] }])
  await store.close()
  await expect(restore(folder, used)).rejects.toThrow('texts')
})

test('a restore that was broken off cannot be served, and comes to its end when it is run again', async () => {
  const { dataDir, folder } = await backedUp()
  const to = join(await freshFolder(), 'new')
  for (const phase of ['copying', 'comparing', 'proving'] as const) {
    const broken = restoreBackup({
      from: folder,
      to: embedded(to),
      dataDir: to,
      onProgress: ({ phase: reached, done, total }) => {
        if (reached === phase && done > total / 2) throw new Error('the power went')
      },
    })
    await expect(broken).rejects.toThrow('the power went')
    await expect(openIn(to)).rejects.toThrow('being filled')
  }
  await restore(folder, to)
  expect(await differences(embedded(dataDir), embedded(to))).toEqual([])
})

const changeEvent = async (dataDir: string): Promise<void> => {
  const store = await openIn(dataDir)
  await store.write([
    { sql: "update events set body = replace(body, 'st_', 'sx_') where seq = 12", parameters: [], expect: 1 },
  ])
  await store.close()
}

test('a record that was changed in the store is told by its backup, and by the chain when it is restored', async () => {
  const dataDir = await copied()
  await changeEvent(dataDir)
  const { folder, broken } = await backUp(dataDir, await freshFolder())
  expect(broken).toMatch(/^the record of mt_\w+ does not hold: at event 12,/)
  const to = join(await freshFolder(), 'new')
  await expect(restore(folder, to)).rejects.toThrow(/record of mt_\w+ does not hold: at event 12/)
  await expect(openIn(to)).rejects.toThrow('being filled')
})

test('a backup that was not finished has another name, and a failure leaves nothing behind', async () => {
  const dataDir = await copied()
  const into = await freshFolder()
  const names: string[] = []
  const broken = makeBackup({
    place: embedded(dataDir),
    dataDir,
    into,
    kind: 'hall',
    now: Date.now(),
    onProgress: ({ what }) => {
      if (what !== 'events') return
      names.push('seen')
      throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' })
    },
  })
  await expect(broken).rejects.toThrow('ENOSPC')
  expect(names).toEqual(['seen'])
  expect(await readdir(into)).toEqual([])
  // What a killed process left is passed over, and cleared away a day later.
  await mkdir(join(into, 'hall-2026-01-01T00-00-00-000Z.unfinished'))
  await backUp(dataDir, into)
  expect(outdated(await readdir(into), 1)).toEqual([])
  await makeBackup({
    place: embedded(dataDir),
    dataDir,
    into,
    kind: 'hall',
    now: Date.now() + 25 * 3_600_000,
  })
  expect((await readdir(into)).filter((name) => name.endsWith('.unfinished'))).toEqual([])
})

test('the newest backups stay, and the last of each of the six months behind them', async () => {
  const day = (n: number) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().replace(/[:.]/g, '-')
  const names = Array.from({ length: 400 }, (_, n) => `hall-${day(n)}`)
  const others = [
    'before-0009-uploads-2020-01-01T00-00-00-000Z',
    'letters',
    'hall-2020-01-01T00-00-00-000Z.unfinished',
  ]
  const gone = new Set(outdated([...others, ...names], 7))
  const kept = [...others, ...names].filter((name) => !gone.has(name))
  expect(kept.filter((name) => others.includes(name))).toEqual(others)
  const months = ['2026-08-31', '2026-09-30', '2026-10-31', '2026-11-30', '2026-12-31', '2027-01-28']
  expect(kept.filter((name) => names.includes(name)).map((name) => name.slice(5, 15))).toEqual([
    ...months,
    ...[29, 30, 31].map((n) => `2027-01-${n}`),
    ...[1, 2, 3, 4].map((n) => `2027-02-0${n}`),
  ])
})

test('a full folder of backups is cleared of the outdated ones, and a failure is told and tried again later', async () => {
  const dataDir = await copied()
  const into = await freshFolder()
  let now = Date.UTC(2026, 5, 1)
  const registry = new Registry()
  const schedule = openSchedule({
    plan: { dir: join(into, 'backups'), everyHours: 24, keep: 1, upgradeWithout: false },
    place: embedded(dataDir),
    dataDir,
    clock: { now: () => now },
    serving: { isKeeper: async () => true },
    registry,
    logger: silentLogger,
  })
  const failedAt = async () => {
    const text = await registry.getSingleMetricAsString('yishiting_backup_last_failure_timestamp_seconds')
    return Number(/ (\d+)$/m.exec(text)?.[1])
  }
  await rename(hallFileIn(dataDir), join(dataDir, 'away.db'))
  await schedule.look()
  expect(await failedAt()).toBe(now / 1_000)
  await rename(join(dataDir, 'away.db'), hallFileIn(dataDir))
  await schedule.look()
  expect(await readdir(join(into, 'backups')), 'not at once').toEqual([])
  now += 20 * 60_000
  for (let days = 0; days < 3; days += 1) {
    await schedule.look()
    now += 24 * 3_600_000
  }
  expect((await readdir(join(into, 'backups'))).sort()).toEqual([
    // The last of the month behind the newest one.
    'hall-2026-06-02T00-20-00-000Z',
    'hall-2026-06-03T00-20-00-000Z',
  ])
  await changeEvent(dataDir)
  await schedule.look()
  expect(await failedAt()).toBe(now / 1_000)
  expect(await readdir(join(into, 'backups')), 'of a broken record, the earlier ones stay').toHaveLength(3)
  await schedule.close()
})
