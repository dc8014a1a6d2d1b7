// Long updates, which are read on the worker thread: nothing overtakes them, and they are judged like short ones.
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { longBytes } from '../../server/drafts/aside.ts'
import { readHallMessage } from '../../shared/drafts/wire.ts'
import { type Editor, type Hall, openEditor, openHall, storedText, tempFolder, until } from './hall.ts'
import { openRaw, typed, varUint } from './raw.ts'

let folder: Awaited<ReturnType<typeof tempFolder>>
let hall: Hall
let witness: Editor

beforeEach(async () => {
  folder = await tempFolder()
  hall = await openHall(folder.file)
  witness = openEditor(hall.url, 'witness')
  await until('synced', () => witness.provider.synced)
})
afterEach(async () => {
  witness.leave()
  await hall.stop()
  await folder.remove()
})

const book = '村民会议讨论决定下列事项。'.repeat(5_000)

test('what is typed behind a pasted book comes behind it, and is acknowledged in order', async () => {
  const raw = await openRaw(hall.url, 'ada', '&acks=1')
  const doc = new Y.Doc()
  doc.on('update', (update: Uint8Array) => raw.sync(2, update))
  const text = doc.getText('t')
  text.insert(0, book)
  for (const letter of 'and on') text.insert(text.length, letter)
  text.insert(0, book)
  text.insert(0, '!')
  await until('the witness reads it', () => witness.text.toString() === `!${book}${book}and on`)
  const acked = (): number => {
    const told = raw.messages.flatMap((m) => (m[0] === 4 ? (readHallMessage(m.subarray(1)) ?? []) : []))
    return Math.max(...told.map((each) => (each.kind === 'committed' ? each.count : 0)))
  }
  // The answer to the server's question, two books, six letters, one mark.
  await until('all is acknowledged', () => acked() === 10)
  expect(await storedText(hall.store)).toBe(text.toString())
  expect(raw.closed).toBeUndefined()
  raw.ws.close()
})

test('who leaves while a long update is read has still brought it', async () => {
  const raw = await openRaw(hall.url, 'ada')
  raw.sync(2, typed(5, book))
  await new Promise<void>((resolve) => raw.ws.once('close', () => resolve()).close())
  await until('the witness reads it', () => witness.text.toString() === book)
})

test('a history that came home while the hall forgot its line is cut to what is new', async () => {
  const ada = openEditor(hall.url, 'ada')
  ada.text.insert(0, book)
  await until('the witness reads it', () => witness.text.toString() === book)
  ada.provider.disconnect()
  ada.text.insert(7, book)
  ada.text.delete(0, 3)
  // Everything again, and a line that was held already.
  const raw = await openRaw(hall.url, 'ada')
  raw.sync(2, Y.encodeStateAsUpdate(ada.doc))
  await until('it is in', () => witness.text.toString() === ada.text.toString())
  expect(raw.closed).toBeUndefined()
  raw.ws.close()
  ada.leave()
})

const long = (...bytes: number[]): Uint8Array => {
  const structs = Math.ceil(longBytes / 4)
  return new Uint8Array([
    1,
    ...varUint(structs),
    ...varUint(4_000_000_001),
    0,
    ...new Array(structs).fill(bytes).flat(),
    0,
  ])
}

const hostile: Record<string, { frame: () => Uint8Array; reason: string }> = {
  'with origins that do not exist': { frame: () => long(0x84, 77, 3, 1, 97), reason: 'clockGap' },
  'that is torn': { frame: () => long(4, 1, 1, 116, 1, 97).slice(0, -1), reason: 'malformed' },
  'under the client id of another': {
    frame: () => typed(witness.doc.clientID, book),
    reason: 'clientTaken',
  },
  'of too many client ids': {
    frame: () =>
      new Uint8Array([
        ...varUint(9_000),
        ...Array.from({ length: 9_000 }, (_, i) => [1, ...varUint(i + 1), 0, 0, 1]).flat(),
        0,
      ]),
    reason: 'malformed',
  },
}

for (const [name, { frame, reason }] of Object.entries(hostile)) {
  test(`a long update ${name} is refused, with all behind it`, async () => {
    witness.text.insert(0, 'w')
    await until('it is saved', () => hall.door.stats().commits === 1)
    const raw = await openRaw(hall.url, 'attacker')
    raw.sync(2, frame())
    raw.sync(2, typed(9, 'behind'))
    await until('closed', () => raw.closed !== undefined)
    expect(raw.closed?.reason).toBe(reason)
    witness.text.insert(1, 'x')
    await until('the witness writes on', () => hall.door.stats().commits === 2)
    expect(await storedText(hall.store)).toBe('wx')
    expect(hall.faults).toEqual([])
  })
}
