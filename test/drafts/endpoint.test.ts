// The drafts door with unmodified y-websocket clients on a real store.
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import {
  draftId,
  type Editor,
  type Hall,
  insertDraft,
  openEditor,
  openHall,
  storedText,
  tempFolder,
  until,
} from './hall.ts'

let folder: Awaited<ReturnType<typeof tempFolder>>
let hall: Hall
let editors: Editor[] = []

const enter = (owner: string, options: Parameters<typeof openEditor>[2] = {}): Editor => {
  const editor = openEditor(hall.url, owner, options)
  editors.push(editor)
  return editor
}

beforeEach(async () => {
  folder = await tempFolder()
  hall = await openHall(folder.file)
})

afterEach(async () => {
  for (const editor of editors) editor.leave()
  editors = []
  await hall.stop()
  await folder.remove()
})

test('what one types another reads, and both after a restart', async () => {
  const [ada, ben] = [enter('ada'), enter('ben')]
  await until('both synced', () => ada.provider.synced && ben.provider.synced)
  ada.text.insert(0, '修路')
  await until('ben reads', () => ben.text.toString() === '修路')
  ben.text.insert(2, '方案')
  await until('ada reads', () => ada.text.toString() === '修路方案')
  expect(await storedText(hall.store)).toBe('修路方案')
  expect(hall.activity.map(({ owners }) => owners)).toEqual([['ada'], ['ben']])

  const { port } = hall
  await hall.stop()
  hall = await openHall(folder.file, { port })
  const cat = enter('cat')
  await until('cat reads', () => cat.text.toString() === '修路方案')
  await until('ada is back', () => ada.provider.synced)
})

test('many editors converge, deletions and formats included', async () => {
  const all = Array.from({ length: 12 }, (_, i) => enter(`seat ${i}`))
  await until('all synced', () => all.every(({ provider }) => provider.synced))
  for (let round = 0; round < 30; round += 1) {
    all.forEach(({ text }, i) => {
      const at = (round * 7 + i * 3) % (text.length + 1)
      text.insert(at, `${i}字`)
      if (text.length > 20 && round % 3 === 0) text.delete(at % (text.length - 5), 3)
      if (text.length > 20 && round % 5 === 0) text.format(2, 6, { bold: true })
    })
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
  const states = () => all.map(({ doc }) => Buffer.from(Y.encodeStateVector(doc)).length)
  const texts = () => new Set(all.map(({ text }) => JSON.stringify(text.toDelta())))
  await until('all agree', () => texts().size === 1 && new Set(states()).size === 1)
  const [first] = all as [Editor, ...Editor[]]
  expect(await storedText(hall.store)).toBe(first.text.toString())
  expect(all.flatMap(({ closes }) => closes)).toEqual([])
  expect(hall.faults).toEqual([])
})

test('cursors are seen by the others and vanish with their owner', async () => {
  const [ada, ben] = [enter('ada'), enter('ben')]
  await until('both synced', () => ada.provider.synced && ben.provider.synced)
  ada.provider.awareness.setLocalStateField('cursor', { at: 3 })
  const seen = () => ben.provider.awareness.getStates().get(ada.doc.clientID)
  await until('ben sees the cursor', () => JSON.stringify(seen()) === '{"cursor":{"at":3}}')
  ada.provider.disconnect()
  await until('the cursor is gone', () => seen() === undefined)
  expect([...ada.closes, ...ben.closes]).toEqual([])
})

test('a reader reads, and is closed for writing', async () => {
  const [ada, eva] = [enter('ada'), enter('eva', { read: true })]
  await until('both synced', () => ada.provider.synced && eva.provider.synced)
  ada.text.insert(0, 'agenda')
  await until('eva reads', () => eva.text.toString() === 'agenda')
  expect(eva.closes).toEqual([])
  eva.text.insert(0, 'x')
  await until('eva is closed', () => eva.closes.length > 0)
  expect(eva.closes).toEqual([{ code: 4403, reason: 'draftReadOnly' }])
  ada.text.insert(6, '!')
  await until('saved', () => hall.door.stats().commits === 2)
  expect(await storedText(hall.store)).toBe('agenda!')
  expect(ada.closes).toEqual([])
})

test('who is not signed in reads why', async () => {
  const stranger = enter('')
  await until('closed', () => stranger.closes.length > 0)
  expect(stranger.closes[0]).toEqual({ code: 4401, reason: 'notSignedIn' })
  const lost = enter('ada', { id: 'nothing' })
  await until('closed', () => lost.closes.length > 0)
  expect(lost.closes[0]).toEqual({ code: 4404, reason: 'notFound' })
})

test('edits made offline come home after a restart, under an older client id too', async () => {
  const first = enter('ada')
  await until('synced', () => first.provider.synced)
  first.text.insert(0, 'begin ')
  await until('saved', () => hall.door.stats().commits === 1)
  first.provider.disconnect()
  first.text.insert(6, 'offline ')
  first.text.delete(0, 2)
  const kept = Y.encodeStateAsUpdate(first.doc)
  const { port } = hall
  await hall.stop()
  hall = await openHall(folder.file, { port })
  // The tab was closed: a new document, with a new client id, holds what the old one left.
  const doc = new Y.Doc()
  Y.applyUpdate(doc, kept)
  const second = enter('ada', { doc, connect: false })
  second.text.insert(second.text.length, 'again')
  second.provider.connect()
  // Typed before the server could say what it has.
  second.provider.once('status', () => {})
  await until('synced', () => second.provider.synced)
  second.text.insert(second.text.length, '!')
  const ben = enter('ben')
  await until('ben reads it', () => ben.text.toString() === 'gin offline again!')
  expect(second.closes).toEqual([])
})

test('typing in the moment of reconnection loses nothing', async () => {
  const ada = enter('ada')
  await until('synced', () => ada.provider.synced)
  ada.provider.disconnect()
  ada.text.insert(0, 'offline')
  const connected = new Promise<void>((resolve) => {
    ada.provider.on('status', ({ status }) => {
      if (status !== 'connected') return
      // The server has not asked yet: this update builds upon what it does not hold.
      ada.text.insert(7, '+typed')
      resolve()
    })
  })
  ada.provider.connect()
  await connected
  const ben = enter('ben')
  await until('ben reads both', () => ben.text.toString() === 'offline+typed')
  expect(ada.closes).toEqual([])
})

test('a poll freezes the plain text and its hash', async () => {
  await insertDraft(hall.store)
  await hall.door.edit(draftId, (doc) => {
    const fragment = doc.getXmlFragment('default')
    const heading = new Y.XmlElement('heading')
    heading.insert(0, [new Y.XmlText('修路方案')])
    const list = new Y.XmlElement('bulletList')
    const item = new Y.XmlElement('listItem')
    const line = new Y.XmlElement('paragraph')
    line.insert(0, [new Y.XmlText('第一条'), new Y.XmlElement('hardBreak'), new Y.XmlText('第二行')])
    item.insert(0, [line])
    list.insert(0, [item])
    fragment.insert(0, [heading, new Y.XmlElement('paragraph'), list])
  })
  const frozen = await hall.door.freeze(draftId)
  expect(frozen?.text).toBe('修路方案\n\n第一条\n第二行')
  expect(frozen?.chars).toBe(13)
  expect(frozen?.sha256).toMatch(/^[0-9a-f]{64}$/)
  expect(await hall.door.freeze('dr_unknown')).toBeUndefined()
})

test('one session is cut off, the others write on', async () => {
  const [ada, ben] = [enter('ada'), enter('ben')]
  await until('both synced', () => ada.provider.synced && ben.provider.synced)
  hall.door.cutOffSession('session of ada')
  await until('ada is out', () => ada.closes.length > 0)
  expect(ada.closes[0]).toEqual({ code: 4401, reason: 'sessionEnded' })
  ben.text.insert(0, 'on')
  await until('saved', () => hall.door.stats().commits === 1)
  expect(ben.closes).toEqual([])
})
