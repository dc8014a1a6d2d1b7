// What every store must do, whatever it is made of. Each adapter's suite calls this with a way to open it.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Store, step } from '../../server/ports.ts'

export const storeContract = (
  name: string,
  open: () => Promise<{ store: Store; reopen: () => Promise<Store> }>,
) => {
  describe(`the store on ${name}`, () => {
    let store: Store
    let reopen: () => Promise<Store>
    beforeEach(async () => {
      ;({ store, reopen } = await open())
    })
    afterEach(() => store.close())

    const event = (seq: number, stream = 'mt_0001') =>
      step(
        store.db
          .insertInto('events')
          .values({ stream, seq, at: seq, actor: 'ac_0001', commandId: 'c', body: '{}', hash: 'h' }),
      )
    const seqs = async (from: Store = store) =>
      (await from.db.selectFrom('events').select('seq').orderBy('seq').execute()).map(({ seq }) => seq)

    test('a write is all or nothing, and says which step broke a unique key', async () => {
      await store.write([event(1)])
      expect(await store.write([event(2), event(1), event(3)])).toEqual({
        ok: false,
        at: 1,
        reason: 'conflict',
      })
      expect(await seqs()).toEqual([1])
    })

    test('a step that changes another number of rows than expected undoes its write', async () => {
      const none = step(store.db.updateTable('events').set({ hash: 'x' }).where('seq', '=', 99), {
        expect: 1,
      })
      expect(await store.write([event(1), none])).toEqual({ ok: false, at: 1, reason: 'unmet' })
      expect(await seqs()).toEqual([])
    })

    test('writes that arrive together are kept in order, and one that fails is undone alone', async () => {
      const results = await Promise.all([1, 2, 2, 3, 4].map((seq) => store.write([event(seq)])))
      expect(results.map(({ ok }) => ok)).toEqual([true, true, false, true, true])
      expect(await seqs()).toEqual([1, 2, 3, 4])
    })

    test('two writers of the same sequence number: one wins', async () => {
      const results = await Promise.all(Array.from({ length: 20 }, () => store.write([event(1)])))
      expect(results.filter(({ ok }) => ok)).toHaveLength(1)
    })

    test('answers how many rows changed and what a statement returned', async () => {
      const inserted = store.db
        .insertInto('draftUpdates')
        .values({ draftId: 'dr_0001', bytes: new Uint8Array([1, 2, 3]), edits: 1, at: 1 })
        .returning('updateId')
      const result = await store.write([step(inserted), event(1)])
      expect(result.ok && result.steps.map(({ changes }) => changes)).toEqual([1, 1])
      expect(result.ok && Number(result.steps[0]?.rows[0]?.updateId)).toBeGreaterThan(0)
    })

    test('gives bytes and large numbers back as they were', async () => {
      const at = 1_900_000_000_123
      const bytes = new Uint8Array([0, 255, 128, 7])
      await store.write([
        step(store.db.insertInto('draftUpdates').values({ draftId: 'dr_0001', bytes, edits: 1, at })),
      ])
      const row = await store.db.selectFrom('draftUpdates').select(['bytes', 'at']).executeTakeFirstOrThrow()
      expect([...row.bytes]).toEqual([...bytes])
      expect(row.at).toBe(at)
    })

    test('what was written is there after closing and opening again', async () => {
      await store.write([event(1), event(2)])
      await store.close()
      store = await reopen()
      expect(await seqs()).toEqual([1, 2])
      await store.ping()
    })

    test('refuses writes once it is closed, and does not hang', async () => {
      const closing = await reopen()
      await closing.close()
      await expect(closing.write([])).rejects.toThrow()
    })

    test('a statement that the database does not understand is a fault, and the store goes on', async () => {
      await expect(store.write([{ sql: 'insert into nowhere values (1)', parameters: [] }])).rejects.toThrow()
      expect((await store.write([event(1)])).ok).toBe(true)
    })
  })
}
