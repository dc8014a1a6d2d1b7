// Backups by the clock: one node makes them, on a thread of their own, and clears away what is outdated.
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { Gauge, type Registry } from 'prom-client'
import type { BackupPlan } from '../config.ts'
import type { Clock } from '../ports.ts'
import { makeFolder } from '../store/makeFolder.ts'
import type { Place } from '../store/places.ts'
import type { Serving } from '../store/serving.ts'
import { type BackupAsk, brokenInWords } from './backup.ts'
import type { BackupOutcome } from './backupThread.ts'
import { faultWords } from './faultWords.ts'
import { newestAt, outdated } from './retention.ts'

const lookEveryMs = 60_000
const againAfterMs = 15 * 60_000
const msPerHour = 3_600_000

export interface ScheduleDeps {
  readonly plan: BackupPlan
  readonly place: Place
  readonly dataDir: string
  readonly clock: Clock
  readonly serving: Pick<Serving, 'isKeeper'>
  readonly registry: Registry
  readonly logger: { info(what: object, words: string): void; error(what: object, words: string): void }
}

export interface Schedule {
  /** Makes a backup if this node is the keeper and one is due; resolves when that is done. */
  look(): Promise<void>
  close(): Promise<void>
}

const figuresIn = (registry: Registry) => {
  const gauge = (name: string, help: string) =>
    new Gauge({ name: `yishiting_backup_${name}`, help, registers: [registry] })
  return {
    succeeded: gauge('last_success_timestamp_seconds', 'When the last backup was whole; 0 for never'),
    failed: gauge('last_failure_timestamp_seconds', 'When the last backup failed; 0 for never'),
    bytes: gauge('last_bytes', 'Size of the last backup'),
    seconds: gauge('last_seconds', 'How long the last backup took'),
  }
}

/** Built, the thread is a script beside this one; from source, it must first learn to read TypeScript. */
const startThread = (workerData: BackupAsk): Worker => {
  const here = import.meta.url
  if (!here.endsWith('.ts')) return new Worker(new URL('./backupThread.js', here), { workerData })
  const source = new URL('./backupThread.ts', here).href
  const bootstrap = `import('tsx/esm/api').then(({ register }) => { register(); return import('${source}') })`
  return new Worker(bootstrap, { eval: true, workerData })
}

export const openSchedule = (deps: ScheduleDeps): Schedule => {
  const { plan, clock, logger } = deps
  const figures = figuresIn(deps.registry)
  let thread: Worker | null = null
  let looking: Promise<void> | null = null
  let notBefore = 0
  let isClosed = false
  let timer: NodeJS.Timeout | null = null

  const run = (ask: BackupAsk): Promise<BackupOutcome> =>
    new Promise((resolve) => {
      const worker = startThread(ask)
      thread = worker
      worker.once('message', resolve)
      worker.once('error', (fault) => resolve({ ok: false, why: faultWords(fault) }))
      worker.once('exit', () => resolve({ ok: false, why: 'it was broken off' }))
    })

  /** A clock that went back does not put off the next backup for long. */
  const isDue = async (now: number): Promise<boolean> => {
    if (isClosed || !(plan.everyHours > 0) || now < notBefore) return false
    await makeFolder(plan.dir)
    const newest = newestAt(await readdir(plan.dir))
    if (newest !== null) figures.succeeded.set(newest / 1_000)
    return newest === null || Math.abs(now - newest) >= plan.everyHours * msPerHour
  }

  const failed = (why: string, words = 'no backup could be made'): void => {
    if (isClosed) return
    notBefore = clock.now() + againAfterMs
    figures.failed.set(clock.now() / 1_000)
    logger.error({ why, folder: plan.dir }, words)
  }

  const make = async (): Promise<void> => {
    if (!(await deps.serving.isKeeper()) || !(await isDue(clock.now()))) return
    const began = performance.now()
    const { place, dataDir } = deps
    const outcome = await run({ place, dataDir, into: plan.dir, kind: 'hall', now: clock.now() })
    thread = null
    if (!outcome.ok) return failed(outcome.why)
    // Until then all was well: none of the earlier ones is cleared away.
    if (outcome.backup.broken) return failed(brokenInWords(outcome.backup.broken), 'the record does not hold')
    figures.succeeded.set(clock.now() / 1_000)
    figures.bytes.set(outcome.backup.bytes)
    figures.seconds.set((performance.now() - began) / 1_000)
    logger.info(outcome.backup, 'a backup was made')
    for (const name of outdated(await readdir(plan.dir), plan.keep))
      await rm(join(plan.dir, name), { recursive: true, force: true })
  }

  const look = (): Promise<void> => {
    looking ??= make()
      .catch((fault) => failed(faultWords(fault)))
      .finally(() => {
        looking = null
      })
    return looking
  }
  if (plan.everyHours > 0) {
    readdir(plan.dir).then(
      (names) => figures.succeeded.set((newestAt(names) ?? 0) / 1_000),
      () => {},
    )
    timer = setInterval(look, lookEveryMs)
    timer.unref()
  }
  return {
    look,
    close: async () => {
      if (timer) clearInterval(timer)
      isClosed = true
      await thread?.terminate()
      await looking
    },
  }
}
