// A lock that ends with the process that holds it, however that ends: SQLite's own on a file of no other use.
import { setTimeout as pause } from 'node:timers/promises'
import { DatabaseSync } from '@photostructure/sqlite'
import { reasonOf } from '../../shared/kernel/reason.ts'

const tryEveryMs = 50

export interface Held {
  release(): void
}

const opened = (file: string): InstanceType<typeof DatabaseSync> => {
  try {
    return new DatabaseSync(file)
  } catch (fault) {
    throw new Error(`${file} cannot be opened for writing (${reasonOf(fault)})`, {
      cause: fault,
    })
  }
}

export const tryLock = (file: string): Held | null => {
  const database = opened(file)
  try {
    database.exec('pragma busy_timeout = 0')
    database.exec('begin exclusive')
    return { release: () => database.close() }
  } catch (fault) {
    database.close()
    if (fault instanceof Error && /locked/.test(fault.message)) return null
    throw fault
  }
}

/** Resolves with the lock, or with `null` when it is still held after so long. */
export const waitForLock = async (file: string, withinMs: number): Promise<Held | null> => {
  const until = performance.now() + withinMs
  for (;;) {
    const held = tryLock(file)
    if (held || performance.now() > until) return held
    await pause(tryEveryMs)
  }
}
