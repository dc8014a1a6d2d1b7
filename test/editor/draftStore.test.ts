// The device's own store of drafts, in a real browser's IndexedDB.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { KeptDraft } from '../../client/link/draftStore.ts'
import { type DraftHouse, lacksChromium, openDraftHouse, type SignedIn } from './house.ts'

const day = 86_400_000

describe.skipIf(lacksChromium)(
  'the store of drafts on a device (needs Chromium: apt-get install chromium)',
  () => {
    let house: DraftHouse
    let context: SignedIn
    let page: Page

    beforeAll(async () => {
      house = await openDraftHouse()
      context = await house.signIn(house.seat(0, '').token)
    })
    afterAll(() => house.close())
    beforeEach(async () => {
      page = await openTab()
      await page.evaluate(
        () =>
          new Promise((settle) => {
            indexedDB.deleteDatabase('yishiting.drafts').onsuccess = settle
          }),
      )
    })

    const openTab = async (): Promise<Page> => {
      const tab = await context.newPage()
      await tab.goto(`${house.url}/editor-page/`)
      return tab
    }

    interface Work {
      readonly key: string
      readonly update?: number[]
      readonly edits?: number
      readonly isSynced?: boolean
      readonly at?: number
    }
    const append = (tab: Page, work: readonly Work[]): Promise<void> =>
      tab.evaluate(async (all) => {
        for (const { key, update, edits = 0, isSynced = false, at = 0 } of all) {
          const store = await window.draftStore.openDraftStore(() => at)
          await store.append(key, {
            update: update === undefined ? null : new Uint8Array(update),
            edits,
            isSynced,
          })
          store.close()
        }
      }, work)
    const load = async (tab: Page, key: string): Promise<KeptDraft> => {
      const kept = await tab.evaluate(async (of) => {
        const store = await window.draftStore.openDraftStore()
        const { updates, ...rest } = await store.load(of)
        store.close()
        return { ...rest, updates: updates.map((update) => [...update]) }
      }, key)
      return { ...kept, updates: kept.updates.map((update) => new Uint8Array(update)) }
    }
    const textIn = (kept: KeptDraft): string => {
      const doc = new Y.Doc()
      for (const update of kept.updates) Y.applyUpdate(doc, update)
      return doc.getText('t').toString()
    }
    /** Updates of a document that grows by a word at a time. */
    const typing = (words: readonly string[]): number[][] => {
      const doc = new Y.Doc()
      const updates: number[][] = []
      doc.on('update', (update: Uint8Array) => updates.push([...update]))
      for (const word of words) doc.getText('t').insert(doc.getText('t').length, word)
      return updates
    }

    test('[KS1] what one actor keeps is nobody else’s, and no other draft’s', async () => {
      const [mine = [], theirs = []] = [typing(['我的'])[0], typing(['她的'])[0]]
      await append(page, [
        { key: 'a/d1', update: mine, edits: 1 },
        { key: 'b/d1', update: theirs, edits: 1 },
        { key: 'a/d2', update: theirs },
      ])
      expect(textIn(await load(page, 'a/d1'))).toBe('我的')
      expect(textIn(await load(page, 'b/d1'))).toBe('她的')
      expect(await load(page, 'a/d3')).toMatchObject({ updates: [], unsaved: 0, isSynced: false })
    })

    test('[KS2] unsaved edits are counted up and settled down, over tabs, and never below none', async () => {
      const other = await openTab()
      await append(page, [{ key: 'a/d1', edits: 3 }])
      await append(other, [{ key: 'a/d1', edits: 2 }])
      expect((await load(page, 'a/d1')).unsaved).toBe(5)
      await append(page, [{ key: 'a/d1', edits: -4, isSynced: true }])
      expect(await load(other, 'a/d1')).toMatchObject({ unsaved: 1, isSynced: true })
      await append(other, [{ key: 'a/d1', edits: -4 }])
      expect((await load(page, 'a/d1')).unsaved).toBe(0)
      await other.close()
    })

    test('[KS3] compacting keeps the text, and what another tab adds meanwhile', async () => {
      const words = Array.from({ length: 50 }, (_, nth) => `字${nth}`)
      const updates = typing(words)
      await append(
        page,
        updates.slice(0, 40).map((update) => ({ key: 'a/d1', update, edits: 1 })),
      )
      const before = await load(page, 'a/d1')
      await append(
        page,
        updates.slice(40).map((update) => ({ key: 'a/d1', update, edits: 1 })),
      )
      await page.evaluate(async (upTo) => {
        const store = await window.draftStore.openDraftStore()
        await store.compact('a/d1', upTo)
        store.close()
      }, before.upTo)
      const after = await load(page, 'a/d1')
      expect(after.updates).toHaveLength(11)
      expect(after.unsaved).toBe(50)
      expect(textIn(after)).toBe(words.join(''))
    })

    test('[KS4] old drafts are swept away, but never one with unsaved edits', async () => {
      const [update = []] = typing(['字'])
      await append(page, [
        { key: 'a/old', update, at: 0 },
        { key: 'a/oldUnsaved', update, edits: 1, at: 0 },
        { key: 'a/fresh', update, at: 90 * day },
        ...Array.from({ length: 45 }, (_, nth) => ({ key: `a/many${nth}`, update, at: 80 * day + nth })),
      ])
      await page.evaluate(async (now) => {
        const store = await window.draftStore.openDraftStore()
        await store.sweep(now)
        store.close()
      }, 91 * day)
      const kept = await Promise.all(
        ['a/old', 'a/oldUnsaved', 'a/fresh', 'a/many0', 'a/many44'].map(
          async (key) => (await load(page, key)).updates.length,
        ),
      )
      expect(kept).toEqual([0, 1, 1, 0, 1])
    })

    test('[KS5] a forgotten draft leaves nothing behind', async () => {
      const [update = []] = typing(['字'])
      await append(page, [
        { key: 'a/d1', update, edits: 2, isSynced: true },
        { key: 'a/d2', update },
      ])
      await page.evaluate(async () => {
        const store = await window.draftStore.openDraftStore()
        await store.forget('a/d1')
        store.close()
      })
      expect(await load(page, 'a/d1')).toEqual({ updates: [], unsaved: 0, isSynced: false, upTo: 0 })
      expect((await load(page, 'a/d2')).updates).toHaveLength(1)
    })
  },
)
