// Bounds of the drafts door: size, rates, slow readers, numbers of connections, a store that fails.
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { WebSocket } from 'ws'
import * as Y from 'yjs'
import { draftLimits } from '../../server/drafts/draftLimits.ts'
import { type Store, step } from '../../server/ports.ts'
import { readHallMessage } from '../../shared/drafts/wire.ts'
import {
  draftId,
  type Editor,
  type Hall,
  openEditor,
  openHall,
  storedText,
  tempFolder,
  until,
} from './hall.ts'
import { openRaw, type Raw, syncFrame, typed } from './raw.ts'

let folder: Awaited<ReturnType<typeof tempFolder>>
let hall: Hall
let editors: Editor[] = []

const open = async (options: Parameters<typeof openHall>[1] = {}): Promise<void> => {
  hall = await openHall(folder.file, options)
}
const enter = (owner: string): Editor => {
  const editor = openEditor(hall.url, owner)
  editors.push(editor)
  return editor
}

beforeEach(async () => {
  folder = await tempFolder()
})
afterEach(async () => {
  for (const editor of editors) editor.leave()
  editors = []
  await hall.stop()
  await folder.remove()
})

const hallMessages = (raw: Raw) =>
  raw.messages.filter((message) => message[0] === 4).map((message) => readHallMessage(message.subarray(1)))

test('a client that asks for it hears what is on disk, and only then', async () => {
  let release = (): void => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  const wrap = (store: Store): Store => ({
    ...store,
    write: async (steps) => {
      const result = await store.write(steps)
      await held
      return result
    },
  })
  await open({ wrap })
  const ben = enter('ben')
  const raw = await openRaw(hall.url, 'ada', '&acks=1')
  await until('ben synced', () => ben.provider.synced)
  raw.sync(2, typed(5, 'hello'))
  await until('it is on disk', () => hall.door.stats().edits === 1)
  expect(ben.text.toString()).toBe('')
  expect(hallMessages(raw)).toEqual([
    { kind: 'room', textBytes: 0, textBytesMax: 2 * 1024 * 1024, edits: 0, editsMax: 200_000 },
    { kind: 'committed', count: 1 },
  ])
  release()
  await until('ben reads', () => ben.text.toString() === 'hello')
  await until('ada hears', () => hallMessages(raw).some((m) => m?.kind === 'committed' && m.count === 2))
  raw.ws.close()
})

test('a draft that is full refuses more, says so before, and lets people shorten it', async () => {
  await open({ limits: { textBytesMax: 1_000 } })
  const raw = await openRaw(hall.url, 'ada', '&acks=1')
  const doc = new Y.Doc()
  doc.on('update', (update: Uint8Array) => raw.sync(2, update))
  doc.getText('t').insert(0, 'x'.repeat(900))
  await until('a warning', () => hallMessages(raw).some((m) => m?.kind === 'room' && m.textBytes === 900))
  doc.getText('t').delete(0, 500)
  doc.getText('t').insert(0, 'y'.repeat(300))
  await until('taken', () => hall.door.stats().edits === 3)
  doc.getText('t').insert(0, 'z'.repeat(400))
  await until('closed', () => raw.closed !== undefined)
  expect(raw.closed).toEqual({ code: 4413, reason: 'draftFull' })
  await expect.poll(async () => (await storedText(hall.store)).length).toBe(700)
})

test('a message over its bound is refused in words', async () => {
  await open({ limits: { frameBytesMax: 10_000 } })
  const raw = await openRaw(hall.url, 'ada')
  raw.sync(2, typed(5, 'x'.repeat(11_000)))
  await until('closed', () => raw.closed !== undefined)
  expect(raw.closed).toEqual({ code: 4413, reason: 'tooLarge' })
})

test('twelve thousand updates at once are let in as they may, go on in a few frames, and none is lost', async () => {
  await open()
  const updates = 12_000
  const ben = enter('ben')
  await until('ben synced', () => ben.provider.synced)
  const raw = await openRaw(hall.url, 'ada')
  const doc = new Y.Doc()
  doc.on('update', (update: Uint8Array) => raw.sync(2, update))
  for (let i = 0; i < updates; i += 1) doc.getText('t').insert(i, 'x')
  await until('its socket is not read', () => hall.door.stats().throttled > 0)
  expect(hall.door.stats().edits).toBeGreaterThanOrEqual(draftLimits.tokensMax / 2)
  expect(hall.door.stats().edits).toBeLessThan(updates)
  await until('ben has all', () => ben.text.length === updates)
  expect(hall.door.stats().frames).toBeLessThan(updates / 10)
  expect(raw.closed).toBeUndefined()
  raw.ws.close()
})

test('who never stops is cut', async () => {
  await open({ limits: { tokensPerSecond: 100, tokensMax: 100, overdrawnMs: 200 } })
  const raw = await openRaw(hall.url, 'ada')
  const push = (): void => {
    if (raw.closed) return
    for (let i = 0; i < 50; i += 1) raw.send(syncFrame(2, new Uint8Array([0, 0])))
    setImmediate(push)
  }
  push()
  await until('closed', () => raw.closed !== undefined)
  expect(raw.closed?.code).toBe(4429)
})

test('a reader that stops reading costs a megabyte, is cut, and comes back to the same text', async () => {
  await open({ limits: { storedBytesMax: 200_000_000 } })
  const ada = enter('ada')
  const slow = enter('slow')
  await until('both synced', () => ada.provider.synced && slow.provider.synced)
  ;(slow.provider.ws as unknown as WebSocket).pause()
  const pageBytes = 100_000
  let most = 0
  for (let i = 0; i < 500 && hall.door.stats().slowReaders === 0; i += 1) {
    const { commits } = hall.door.stats()
    ada.text.insert(0, 'x'.repeat(pageBytes))
    ada.text.delete(0, pageBytes)
    await until('committed', () => hall.door.stats().commits > commits)
    most = Math.max(most, hall.backlogBytes())
  }
  expect(hall.door.stats().slowReaders).toBe(1)
  // The frame that went over is the last.
  expect(most).toBeGreaterThan(draftLimits.backlogBytesMax / 2)
  expect(most).toBeLessThan(draftLimits.backlogBytesMax + 2 * pageBytes)
  expect(ada.closes).toEqual([])
  ada.text.insert(0, 'what slow missed')
  ;(slow.provider.ws as unknown as WebSocket).resume()
  await until('slow reads it', () => slow.text.toString() === 'what slow missed')
  expect(slow.closes.length).toBeGreaterThan(0)
})

test('a seat has no more than its number of connections, and is told to come back', async () => {
  await open({ limits: { connectionsPerOwnerMax: 2 } })
  const [one, two] = [await openRaw(hall.url, 'ada'), await openRaw(hall.url, 'ada')]
  const three = await openRaw(hall.url, 'ada', '', false)
  await until('closed', () => three.closed !== undefined)
  expect(three.closed).toEqual({ code: 4529, reason: 'tooMany' })
  for (const raw of [one, two]) raw.ws.close()
})

test('when the store fails nothing is relayed, and everybody comes back with what they hold', async () => {
  let fails = false
  const wrap = (store: Store): Store => ({
    ...store,
    write: (steps) => (fails ? Promise.reject(new Error('disk full')) : store.write(steps)),
  })
  await open({ wrap })
  const [ada, ben] = [enter('ada'), enter('ben')]
  await until('both synced', () => ada.provider.synced && ben.provider.synced)
  ada.text.insert(0, 'before ')
  await until('ben reads', () => ben.text.toString() === 'before ')
  fails = true
  ada.text.insert(7, 'during')
  await until('both are closed', () => ada.closes.length > 0 && ben.closes.length > 0)
  expect(ada.closes[0]).toEqual({ code: 4500, reason: 'storeUnavailable' })
  expect(ben.text.toString()).toBe('before ')
  fails = false
  await until('ben reads it after all', () => ben.text.toString() === 'before during')
  expect(await storedText(hall.store)).toBe('before during')
  ada.text.insert(0, '!')
  await until('and on', () => ben.text.toString() === '!before during')
})

test('the log is merged while people write, and comes back whole', async () => {
  await open({ limits: { logRowsMax: 32, windowMsMax: 0 } })
  const [ada, ben] = [enter('ada'), enter('ben')]
  await until('both synced', () => ada.provider.synced && ben.provider.synced)
  for (let i = 0; i < 200; i += 1) {
    const { commits } = hall.door.stats()
    ada.text.insert(i % (ada.text.length + 1), String(i % 10))
    if (i % 4 === 3) ada.text.delete(0, 1)
    await until('committed', () => hall.door.stats().commits > commits)
  }
  await until('merged', () => hall.door.stats().merges > 0)
  ben.provider.disconnect()
  ada.text.insert(0, 'while ben was away ')
  ben.provider.connect()
  const cat = enter('cat')
  const text = () => ada.text.toString()
  await until('all agree', () => ben.text.toString() === text() && cat.text.toString() === text())
  expect(await storedText(hall.store)).toBe(text())
  const rows = await hall.store.db.selectFrom('draftUpdates').select('updateId').execute()
  expect(rows.length).toBeLessThan(200)
  expect(hall.faults).toEqual([])
})

test('what another process wrote is relayed on a hint', async () => {
  await open()
  const ada = enter('ada')
  await until('synced', () => ada.provider.synced)
  ada.text.insert(0, 'here ')
  await until('saved', () => hall.door.stats().commits === 1)
  const row = { draftId, bytes: typed(9, 'there '), edits: 1, at: 0 }
  await hall.store.write([step(hall.store.db.insertInto('draftUpdates').values(row))])
  await hall.door.refresh(draftId)
  await until('ada reads it', () => ada.text.toString().includes('there'))
  ada.text.insert(0, 'and on ')
  await until('saved', () => hall.door.stats().commits === 2)
  expect(await storedText(hall.store)).toBe(ada.text.toString())
})
