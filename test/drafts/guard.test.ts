// What a client may not send: each kind of hostile frame closes its sender with a code and a reason, changes nothing,
// and is noticed by nobody else.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { type Editor, type Hall, openEditor, openHall, storedText, tempFolder, until } from './hall.ts'
import { awarenessFrame, openRaw, syncFrame, typed, varUint } from './raw.ts'

let folder: Awaited<ReturnType<typeof tempFolder>>
let hall: Hall
let victim: Editor
let witness: Editor

beforeAll(async () => {
  folder = await tempFolder()
})
afterAll(() => folder.remove())

beforeEach(async () => {
  hall = await openHall(folder.file)
  victim = openEditor(hall.url, 'victim')
  witness = openEditor(hall.url, 'witness')
  await until('both synced', () => victim.provider.synced && witness.provider.synced)
  victim.text.insert(0, 'v')
  await until('victim is known', () => witness.text.toString() === victim.text.toString())
})
afterEach(async () => {
  victim.leave()
  witness.leave()
  await hall.stop()
})

/** The hall is as it was, and the victim can still write. */
const expectUnharmed = async (): Promise<void> => {
  const before = victim.text.toString()
  victim.text.insert(0, 'x')
  await until('the witness reads on', () => witness.text.toString() === `x${before}`)
  expect(await storedText(hall.store)).toBe(`x${before}`)
  expect([...victim.closes, ...witness.closes]).toEqual([])
  expect(hall.faults).toEqual([])
}

const attacker = 4_000_000_001

/** Sections of one struct each, and deletes, by hand. */
const update = (
  sections: [client: number, clock: number, struct: number[]][],
  deletes: [client: number, clock: number, length: number][] = [],
): Uint8Array =>
  new Uint8Array([
    ...varUint(sections.length),
    ...sections.flatMap(([client, clock, struct]) => [1, ...varUint(client), ...varUint(clock), ...struct]),
    ...varUint(deletes.length),
    ...deletes.flatMap(([client, clock, length]) => [
      ...varUint(client),
      1,
      ...varUint(clock),
      ...varUint(length),
    ]),
  ])

const gc = (length: number): number[] => [0, ...varUint(length)]
const inRoot = (ref: number, ...content: number[]): number[] => [ref, 1, 1, 116, ...content]
const letter = inRoot(4, 1, 97)
/** In the editor's tree, `default`. */
const atTop = (ref: number, ...content: number[]): number[] => [
  ref,
  1,
  7,
  ...new TextEncoder().encode('default'),
  ...content,
]
const me = (struct: number[]): Uint8Array => update([[attacker, 0, struct]])
const clockOf = (doc: Y.Doc, client: number): number => Y.getState(doc.store, client)

const hostile: Record<string, { frame: () => Uint8Array; code: number; reason: string }> = {
  'a run of 2^40 in 13 bytes under the client id of another': {
    frame: () => {
      const { clientID } = victim.doc
      return update([[clientID, clockOf(victim.doc, clientID), gc(2 ** 40)]])
    },
    code: 4409,
    reason: 'clientTaken',
  },
  'a run of 2^40 under its own client id': { frame: () => me(gc(2 ** 40)), code: 4422, reason: 'runTooLong' },
  'deleted text of 2^40 letters': {
    frame: () => me(inRoot(1, ...varUint(2 ** 40))),
    code: 4422,
    reason: 'runTooLong',
  },
  'text under the client id of another': {
    frame: () => update([[victim.doc.clientID, clockOf(victim.doc, victim.doc.clientID), letter]]),
    code: 4409,
    reason: 'clientTaken',
  },
  'a gap in its clocks': { frame: () => update([[attacker, 5, letter]]), code: 4422, reason: 'clockGap' },
  'an origin that does not exist': {
    frame: () => me([0x84, ...varUint(77), 3, 1, 97]),
    code: 4422,
    reason: 'clockGap',
  },
  'a parent that does not exist': {
    frame: () => me([4, 0, ...varUint(77), 3, 1, 97]),
    code: 4422,
    reason: 'clockGap',
  },
  'two clients whose letters wait for each other': {
    frame: () =>
      update([
        [attacker, 0, [0x84, ...varUint(attacker - 1), 0, 1, 97]],
        [attacker - 1, 0, [0x84, ...varUint(attacker), 0, 1, 97]],
      ]),
    code: 4422,
    reason: 'clockGap',
  },
  'a letter that stands behind itself': {
    frame: () => me([0x84, ...varUint(attacker), 0, 1, 97]),
    code: 4422,
    reason: 'clockGap',
  },
  'deletions beyond what exists': {
    frame: () => update([], [[victim.doc.clientID, 0, 2 ** 40]]),
    code: 4422,
    reason: 'deleteBeyond',
  },
  'a blob in the V2 format': {
    frame: () => Y.convertUpdateFormatV1ToV2(typed(attacker, 'hello')),
    code: 4400,
    reason: 'malformed',
  },
  garbage: { frame: () => new Uint8Array([255, 255, 255, 255, 1, 2, 3]), code: 4400, reason: 'malformed' },
  'a cut update': { frame: () => typed(attacker, 'hello').slice(0, -4), code: 4400, reason: 'malformed' },
  'bytes behind the update': {
    frame: () => new Uint8Array([...typed(attacker, 'hello'), 7]),
    code: 4400,
    reason: 'malformed',
  },
  'a count of 2^50 structs': {
    frame: () => new Uint8Array([1, ...varUint(2 ** 50), 1, 0]),
    code: 4400,
    reason: 'malformed',
  },
  'text that is not UTF-8': { frame: () => me(inRoot(4, 2, 0xc3, 0x28)), code: 4400, reason: 'malformed' },
  'an empty letter': { frame: () => me(inRoot(4, 0)), code: 4400, reason: 'malformed' },
  'a skip': { frame: () => me([10, 5]), code: 4400, reason: 'malformed' },
  'an unknown type': { frame: () => me(inRoot(7, 9)), code: 4400, reason: 'malformed' },
  'a sub-document': { frame: () => me(inRoot(9, 1, 97, 118, 0)), code: 4400, reason: 'malformed' },
  'a format that is not JSON': { frame: () => me(inRoot(6, 1, 98, 1, 123)), code: 4400, reason: 'malformed' },
  'values nested 10,000 deep': {
    frame: () => me(inRoot(8, 1, ...Array.from({ length: 10_000 }, () => [117, 1]).flat(), 126)),
    code: 4400,
    reason: 'malformed',
  },
  'JSON nested 10,000 deep': {
    frame: () =>
      me(inRoot(5, ...varUint(20_000), ...new Array(10_000).fill(91), ...new Array(10_000).fill(93))),
    code: 4400,
    reason: 'malformed',
  },
  'the character NUL': { frame: () => me(inRoot(4, 3, 97, 0, 98)), code: 4400, reason: 'malformed' },
  'the character NUL behind others': {
    frame: () => me(inRoot(4, 4, 0xe4, 0xba, 0xba, 0)),
    code: 4400,
    reason: 'malformed',
  },
  'a hook': { frame: () => me(inRoot(7, 5, 1, 97)), code: 4400, reason: 'malformed' },
  'text at the top of the tree': { frame: () => me(atTop(7, 6)), code: 4400, reason: 'malformed' },
  'letters at the top of the tree': { frame: () => me(atTop(4, 1, 97)), code: 4400, reason: 'malformed' },
  'an answer with bytes behind it': {
    frame: () => new Uint8Array([...me(letter), 0]),
    code: 4400,
    reason: 'malformed',
  },
  'the same client twice': {
    frame: () =>
      update([
        [attacker, 0, letter],
        [attacker, 1, letter],
      ]),
    code: 4400,
    reason: 'malformed',
  },
  'a hundred client ids at once': {
    frame: () => update(Array.from({ length: 100 }, (_, i) => [i + 1, 0, letter])),
    code: 4413,
    reason: 'tooLarge',
  },
}

describe('a hostile update is refused:', () => {
  for (const [name, { frame, code, reason }] of Object.entries(hostile)) {
    test(name, async () => {
      const raw = await openRaw(hall.url, 'attacker')
      raw.sync(2, frame())
      await until('closed', () => raw.closed !== undefined)
      expect(raw.closed).toEqual({ code, reason })
      await expectUnharmed()
    })
  }

  test('the 2^40 attack is a few bytes, and silences its victim on a bare Yjs', () => {
    const clock = clockOf(victim.doc, victim.doc.clientID)
    const attack = update([[victim.doc.clientID, clock, gc(2 ** 40)]])
    expect(attack.length).toBeLessThanOrEqual(16)
    const bare = new Y.Doc()
    Y.applyUpdate(bare, Y.encodeStateAsUpdate(victim.doc))
    Y.applyUpdate(bare, attack)
    const before = bare.getText('t').toString()
    victim.text.insert(0, 'unheard')
    Y.applyUpdate(bare, Y.encodeStateAsUpdate(victim.doc))
    expect(bare.getText('t').toString()).toBe(before)
  })
})

const frames: Record<string, { frame: () => Uint8Array; code: number; reason: string }> = {
  'an unknown message type': { frame: () => new Uint8Array([9, 1]), code: 4400, reason: 'malformed' },
  'an unknown sync message': {
    frame: () => syncFrame(7, new Uint8Array([0])),
    code: 4400,
    reason: 'malformed',
  },
  'an empty message': { frame: () => new Uint8Array(0), code: 4400, reason: 'malformed' },
  'a state vector that does not decode': {
    frame: () => syncFrame(0, new Uint8Array([200])),
    code: 4400,
    reason: 'malformed',
  },
  'bytes behind an update in its message': {
    frame: () => new Uint8Array([...syncFrame(2, typed(attacker, 'hello')), 0]),
    code: 4400,
    reason: 'malformed',
  },
  'bytes behind a cursor in its message': {
    frame: () => new Uint8Array([...awarenessFrame([[attacker, 1, '{}']]), 0]),
    code: 4400,
    reason: 'malformed',
  },
  'a question with bytes behind it': { frame: () => new Uint8Array([3, 0]), code: 4400, reason: 'malformed' },
  'a cursor in the name of another': {
    frame: () => awarenessFrame([[victim.doc.clientID, 1_000, '{"user":"attacker"}']]),
    code: 4422,
    reason: 'awarenessForeign',
  },
  'a cursor over its size': {
    frame: () => awarenessFrame([[attacker, 1, JSON.stringify('x'.repeat(3_000))]]),
    code: 4422,
    reason: 'awarenessTooLarge',
  },
  'a cursor that is not JSON': {
    frame: () => awarenessFrame([[attacker, 1, '{']]),
    code: 4400,
    reason: 'malformed',
  },
}

test('elements stand at the top of the tree', async () => {
  const raw = await openRaw(hall.url, 'honest')
  raw.sync(2, update([[attacker + 1, 0, atTop(7, 3, 1, 112)]]))
  await until('it is in', () => hall.door.stats().edits === 2)
  expect(raw.closed).toBeUndefined()
  raw.ws.close()
})

describe('a hostile message is refused:', () => {
  for (const [name, { frame, code, reason }] of Object.entries(frames)) {
    test(name, async () => {
      const raw = await openRaw(hall.url, 'attacker')
      raw.send(frame())
      await until('closed', () => raw.closed !== undefined)
      expect(raw.closed).toEqual({ code, reason })
      await expectUnharmed()
    })
  }

  test('text frames', async () => {
    const raw = await openRaw(hall.url, 'attacker')
    raw.ws.send('hello')
    await until('closed', () => raw.closed !== undefined)
    expect(raw.closed?.code).toBe(4400)
    await expectUnharmed()
  })

  test('removing the cursor of another is passed over', async () => {
    victim.provider.awareness.setLocalStateField('cursor', 1)
    const isSeen = () => witness.provider.awareness.getStates().has(victim.doc.clientID)
    await until('the witness sees the victim', isSeen)
    const raw = await openRaw(hall.url, 'attacker')
    raw.send(awarenessFrame([[victim.doc.clientID, 2_000, 'null']]))
    raw.send(awarenessFrame([[attacker, 1, '{"here":1}']]))
    await until('the witness sees the attacker', () => witness.provider.awareness.getStates().has(attacker))
    expect(isSeen()).toBe(true)
    raw.ws.close()
    await expectUnharmed()
  })
})

test('a client cut off in the middle brings its honest edits on return', async () => {
  const ada = openEditor(hall.url, 'ada')
  await until('synced', () => ada.provider.synced)
  const before = ada.text.toString()
  ada.provider.ws?.send(new Uint8Array([0, 2, 3, 255, 255, 255]))
  ada.text.insert(before.length, ' honest')
  await until('cut', () => ada.closes.length > 0)
  ada.provider.connect()
  await until('the witness reads them', () => witness.text.toString() === `${before} honest`)
  ada.leave()
})
