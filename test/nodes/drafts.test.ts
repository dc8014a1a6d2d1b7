// One draft, written through two nodes on one PostgreSQL: with hints through Redis, and with nothing but the store.
import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { openLocalBus } from '../../server/bus/local.ts'
import { openRedisBus } from '../../server/bus/redis.ts'
import type { Bus } from '../../server/ports.ts'
import { openRedisServer, type RedisServer, skipsRedis } from '../bus/redisServer.ts'
import { type Editor, insertDraft, openEditor, storedText, until } from '../drafts/hall.ts'
import { openRaw, typed } from '../drafts/raw.ts'
import { waiting } from '../patience.ts'
import { diceOf } from '../random/dice.ts'
import { openPostgresServer, type PostgresServer, skipsPostgres } from '../store/postgresServer.ts'
import { type DoorNode, openDoorNode } from './door.ts'

const roads = [
  { name: 'that hear each other through Redis', withRedis: true },
  { name: 'that only follow the store', withRedis: false },
]

let postgres: PostgresServer
beforeAll(async () => {
  if (!skipsPostgres) postgres = await openPostgresServer()
})
afterAll(() => postgres?.close())

for (const { name, withRedis } of roads) {
  describe.skipIf(skipsPostgres || (withRedis && skipsRedis))(`a draft on two nodes ${name}`, () => {
    let redis: RedisServer | null = null
    let databaseUrl: string
    let here: DoorNode
    let there: DoorNode
    let editors: Editor[]

    const openBus = (): Bus => (redis ? openRedisBus(redis.url) : openLocalBus())
    beforeAll(async () => {
      redis = withRedis ? await openRedisServer() : null
    })
    afterAll(() => redis?.close())
    beforeEach(async () => {
      editors = []
      databaseUrl = await postgres.database()
      here = await openDoorNode(databaseUrl, openBus(), { logRowsMax: 40 })
      there = await openDoorNode(databaseUrl, openBus(), { logRowsMax: 40 })
      await insertDraft(here.store)
    })
    afterEach(async () => {
      for (const editor of editors) editor.leave()
      await here.close()
      await there.close()
    })

    const sit = (node: DoorNode, owner: string, options: Parameters<typeof openEditor>[2] = {}): Editor => {
      const editor = openEditor(node.url, owner, options)
      editors.push(editor)
      return editor
    }
    const synced = (...all: Editor[]) =>
      until('everybody is in', () => all.every(({ provider }) => provider.synced))
    const areSame = (all: readonly Editor[]) => () =>
      all.every(({ text }) => text.toString() === all[0]?.text.toString())

    test('what one types the other reads, whichever node they sit at', async () => {
      const [ada, bob] = [sit(here, 'ada'), sit(there, 'bob')]
      await synced(ada, bob)
      ada.text.insert(0, '甲：同意。')
      await until('bob reads ada', () => bob.text.toString() === '甲：同意。')
      bob.text.insert(bob.text.length, '乙：再议。')
      await until('ada reads bob', () => ada.text.toString() === '甲：同意。乙：再议。')
      ada.text.delete(0, 5)
      await until('bob sees it gone', () => bob.text.toString() === '乙：再议。')
      expect(await storedText(there.store)).toBe('乙：再议。')
    })

    test('four who type and delete at random converge, while both nodes merge the log', async () => {
      const seed = process.env.NODES_SEED ?? randomUUID()
      const dice = diceOf(seed)
      const first = sit(here, 'ada')
      const rest = [sit(there, 'bob'), sit(here, 'cai'), sit(there, 'dan')]
      const all = [first, ...rest]
      const commits = () => here.door.stats().commits + there.door.stats().commits
      await synced(...all)
      for (let i = 0; i < 420; i += 1) {
        const { text } = dice.of(first, ...rest)
        const at = dice.below(text.length + 1)
        if (dice.below(4) === 0 && text.length > at) text.delete(at, Math.min(3, text.length - at))
        else text.insert(at, `${i},`)
        // Many commits, so that there is something to merge.
        const before = commits()
        if (i % 3 === 0)
          await vi.waitFor(() => expect(commits()).toBeGreaterThan(before), { ...waiting, interval: 2 })
      }
      // Every number was typed once, so that one that is missing shows.
      await vi.waitFor(async () => {
        const saved = await storedText(here.store)
        for (const { text } of all) expect(text.toString(), `NODES_SEED=${seed}`).toBe(saved)
      }, waiting)
      expect(here.door.stats().merges + there.door.stats().merges).toBeGreaterThan(0)
      for (const editor of all) expect(editor.closes).toEqual([])
      const late = sit(there, 'eva')
      await synced(late)
      expect(late.text.toString()).toBe(all[0]?.text.toString())
    })

    test('a row that appears below others that were read is not missed', async () => {
      const [ada, bob] = [sit(here, 'ada'), sit(there, 'bob')]
      await synced(ada, bob)
      const doc = new Y.Doc()
      doc.getText('t').insert(0, 'slow ')
      const slow = new Client({ connectionString: databaseUrl })
      await slow.connect()
      await slow.query('begin')
      // It has its number now, and is committed after the rows behind it.
      await slow.query(
        `insert into "draftUpdates" ("draftId", "bytes", "edits", "at") values ('dr_test0000', $1, 1, 0)`,
        [Buffer.from(Y.encodeStateAsUpdate(doc))],
      )
      ada.text.insert(0, 'quick ')
      await until('bob reads what came behind it', () => bob.text.toString() === 'quick ')
      await slow.query('commit')
      await slow.end()
      await until('both read it', () => [ada, bob].every(({ text }) => text.toString().includes('slow ')))
      expect(areSame([ada, bob])()).toBe(true)
    })

    test('whoever moves to the other node brings what was read there, and writes on', async () => {
      const [ada, bob] = [sit(here, 'ada'), sit(here, 'bob')]
      await synced(ada, bob)
      for (let i = 0; i < 20; i += 1) {
        bob.text.insert(bob.text.length, `b${i}.`)
        ada.text.insert(ada.text.length, `a${i}.`)
      }
      await until('they read each other', areSame([ada, bob]))
      const { doc } = ada
      ada.provider.destroy()
      doc.getText('t').insert(0, 'moved ')
      const moved = sit(there, 'ada', { doc })
      await synced(moved)
      moved.text.insert(moved.text.length, 'again.')
      await until('bob reads her still', () => bob.text.toString() === moved.text.toString())
      expect(bob.text.toString()).toMatch(/^moved .*again\.$/)
      expect(moved.closes).toEqual([])
      expect(await storedText(there.store)).toBe(bob.text.toString())
    })

    test('nobody writes under a client id that another brought through the other node', async () => {
      const [ada, bob] = [sit(here, 'ada'), sit(there, 'bob')]
      await synced(ada, bob)
      ada.text.insert(0, 'mine')
      await until('it is on disk', () => here.door.stats().commits > 0)
      const eve = await openRaw(there.url, 'eve')
      eve.sync(2, typed(ada.doc.clientID, 'not yours any more'))
      await until('eve is sent away', () => eve.closed !== undefined)
      expect(eve.closed?.reason).toBe('clientTaken')
      await until('bob reads it', () => bob.text.toString() === 'mine')
      bob.text.insert(0, 'it is ')
      await until('the others go on', () => ada.text.toString() === 'it is mine')
    })

    test('a poll freezes what was saved through the other node the moment before', async () => {
      const ada = sit(here, 'ada')
      await synced(ada)
      const before = await there.door.freeze('dr_test0000')
      expect(before?.text).toBe('')
      const fragment = ada.doc.getXmlFragment('default')
      const paragraph = new Y.XmlElement('paragraph')
      paragraph.insert(0, [new Y.XmlText('修路。')])
      fragment.insert(0, [paragraph])
      await until('it is saved', () => here.door.stats().commits > 0)
      expect((await there.door.freeze('dr_test0000'))?.text).toBe('修路。')
    })

    if (!withRedis) return
    test('carets are seen through the other node, and vanish with their owner and with a node that dies', async () => {
      const [ada, bob] = [sit(here, 'ada'), sit(there, 'bob')]
      await synced(ada, bob)
      const sees = (editor: Editor, other: Editor) =>
        editor.provider.awareness.getStates().has(other.doc.clientID)
      ada.provider.awareness.setLocalState({ user: { name: 'Ada' } })
      bob.provider.awareness.setLocalState({ user: { name: 'Bob' } })
      await until('they see each other', () => sees(ada, bob) && sees(bob, ada))
      const cai = sit(there, 'cai')
      await until('a newcomer sees both', () => sees(cai, ada) && sees(cai, bob))
      bob.leave()
      await until('who left is gone', () => !sees(ada, bob) && !sees(cai, bob))
      cai.provider.awareness.setLocalState({ user: { name: 'Cai' } })
      await until('ada sees cai', () => sees(ada, cai))
      await there.close('dies')
      await until('and not after her node died', () => !sees(ada, cai))
      there = await openDoorNode(databaseUrl, openBus())
    })
  })
}
