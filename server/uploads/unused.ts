// Clears away pictures that no draft of the unit ever held. What a draft once held stays, whoever took it out since: its
// versions still show it. A page that was away may still bring the picture in, so they are given a month.
import { type Clock, type Store, step } from '../ports.ts'

export const unusedKeptMs = 30 * 24 * 3_600_000
const lookEveryMs = 24 * 3_600_000

export interface Clearing {
  /** Looks once a day, when a picture came; resolves when that is done. */
  look(unitId: string): Promise<void>
}

/** A hash stands in a draft's bytes letter for letter. */
const hashes = /[0-9a-f]{64}/g

export const openClearing = ({ store, clock }: { store: Store; clock: Clock }): Clearing => {
  const { db } = store
  const lookedAt = new Map<string, number>()
  /** Whatever was in a draft once is used for good. */
  const used = new Set<string>()

  const note = (rows: readonly { readonly bytes: Uint8Array }[]): void => {
    for (const { bytes } of rows) {
      const { buffer, byteOffset, byteLength } = bytes
      const text = Buffer.from(buffer, byteOffset, byteLength).toString('latin1')
      for (const [hash] of text.matchAll(hashes)) used.add(hash)
    }
  }

  const readDrafts = async (unitId: string): Promise<void> => {
    const drafts = await db.selectFrom('drafts').select('draftId').where('unitId', '=', unitId).execute()
    for (const { draftId } of drafts) {
      // First the log: what is merged meanwhile has gone from it into the snapshot.
      note(await db.selectFrom('draftUpdates').select('bytes').where('draftId', '=', draftId).execute())
      note(await db.selectFrom('draftSnapshots').select('bytes').where('draftId', '=', draftId).execute())
    }
  }

  const unusedOf = async (unitId: string, before: number): Promise<string[]> => {
    const rows = await db
      .selectFrom('uploads')
      .select('sha256')
      .where('unitId', '=', unitId)
      .where('at', '<', before)
      .execute()
    return rows.map(({ sha256 }) => sha256).filter((sha256) => !used.has(sha256))
  }

  return {
    look: async (unitId) => {
      const now = clock.now()
      if (now - (lookedAt.get(unitId) ?? Number.NEGATIVE_INFINITY) < lookEveryMs) return
      lookedAt.set(unitId, now)
      const before = now - unusedKeptMs
      if ((await unusedOf(unitId, before)).length === 0) return
      await readDrafts(unitId)
      const unused = await unusedOf(unitId, before)
      if (unused.length === 0) return
      const rows = db.deleteFrom('uploads').where('unitId', '=', unitId).where('at', '<', before)
      await store.write([step(rows.where('sha256', 'in', unused))])
    },
  }
}
