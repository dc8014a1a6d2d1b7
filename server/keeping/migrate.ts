// A hall moves from the embedded store to PostgreSQL, or back. It stands still meanwhile, so that nothing is left behind.
import { type Place, viewPlace } from '../store/places.ts'
import type { Schema } from '../store/schema.ts'
import { holdAlone } from '../store/serving.ts'
import type { View } from '../store/view.ts'
import { type Copied, copyHall } from './copy.ts'
import { differing } from './fill.ts'
import { asObject } from './lines.ts'
import type { OnProgress } from './progress.ts'

export const migrateHall = async (from: Place, to: Place, onProgress: OnProgress): Promise<Copied> => {
  const alone = await holdAlone(from)
  try {
    const origin = await viewPlace(from)
    try {
      const fingerprint = await fingerprintOf(origin)
      const beforeEnd = () => assertStoodStill(origin, from, onProgress)
      return await copyHall({ origin, fingerprint, to, onProgress, beforeEnd })
    } finally {
      await origin.close()
    }
  } finally {
    await alone.release()
  }
}

/** A server that had lost its hold, or a command beside it, may have written all the same. */
const assertStoodStill = async (origin: View, from: Place, onProgress: OnProgress): Promise<void> => {
  const now = await viewPlace(from)
  const changed = await differing(origin, new Map(), now, onProgress).finally(() => now.close())
  if (changed.length > 0)
    throw new Error(
      `the hall went on while it was moved (${changed.join(', ')}): see that nobody writes to it and run this again`,
    )
}

/** What stays the same of a hall, whenever it is looked at: when it was set up, and its first account. */
const fingerprintOf = async (origin: View): Promise<string> => {
  const [hall] = await objectsIn<Schema['hall']>(origin, 'hall')
  if (!hall) throw new Error('there is no hall to move')
  const accounts = await objectsIn<Schema['accounts']>(origin, 'accounts')
  const [first] = accounts.sort((a, b) => a.createdAt - b.createdAt || (a.accountId < b.accountId ? -1 : 1))
  return `hall ${hall.hallId} ${hall.readyAt} ${first?.accountId ?? ''} on ${origin.dialect}`
}

const objectsIn = async <T>(origin: View, name: string): Promise<T[]> => {
  const table = origin.tables.find((one) => one.name === name)
  const found: T[] = []
  if (table) for await (const row of origin.rows(table, null)) found.push(asObject<T>(table, row))
  return found
}
