// The short way of a keystroke ends where the long one through the guard does: the same holdings, the same document; and
// what the guard would refuse or pass over, it leaves to the guard.
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { draftLimits } from '../../server/drafts/draftLimits.ts'
import { judgeUpdate } from '../../server/drafts/guard.ts'
import { admit, emptyHoldings, type Holdings, type Piece } from '../../server/drafts/holdings.ts'
import { beginRun, endRun, extendRun, type Run, takeLetter } from '../../server/drafts/letters.ts'
import { stitch } from '../../server/drafts/stitch.ts'
import { seeded, varUint } from './raw.ts'

const runs = Number(process.env.DRAFT_RUNS ?? 40)
const writer = { owner: 'ada', mayEdit: true, settled: true }

const ownerIn =
  (holdings: Holdings) =>
  (client: number): string | undefined =>
    holdings.owners.get(client)

const judgeLong = (holdings: Holdings, update: Uint8Array): Piece | undefined => {
  const verdict = judgeUpdate(holdings, ownerIn(holdings), writer, update, draftLimits)
  if (verdict.kind === 'nothingNew') return undefined
  if (verdict.kind !== 'piece') throw new Error(JSON.stringify(verdict))
  admit(holdings, verdict.piece)
  for (const client of verdict.piece.freshClients) holdings.owners.set(client, writer.owner)
  return verdict.piece
}

/** Gathers as a batch of the commit queue does. */
const gatherer = (holdings: Holdings) => {
  let pieces: Pick<Piece, 'sections' | 'deletes'>[] = []
  let open = new Map<number, Run>()
  let short = 0
  return {
    short: () => short,
    take: (update: Uint8Array): void => {
      // A socket's chunk is written over after the message was read.
      const chunk = new Uint8Array(update)
      const letter = takeLetter(holdings, ownerIn(holdings), writer, chunk, draftLimits)
      if (!letter) {
        const piece = judgeLong(holdings, new Uint8Array(update))
        if (piece) pieces.push(piece)
        return
      }
      short += 1
      const run = open.get(letter.client)
      if (!run || !extendRun(run, letter)) {
        if (run) endRun(run)
        const next = beginRun(letter)
        open.set(letter.client, next)
        pieces.push(next.piece)
      }
      chunk.fill(255)
    },
    flush: (): Uint8Array => {
      for (const run of open.values()) endRun(run)
      const { bytes } = stitch(pieces)
      pieces = []
      open = new Map()
      return bytes
    },
  }
}

const figures = ({ clocks, edits, storedBytes, insertedBytes, insertedUnits, deletedUnits }: Holdings) => ({
  clocks: [...clocks].sort(),
  edits,
  storedBytes,
  insertedBytes,
  insertedUnits,
  deletedUnits,
})

test('random typing of several people, gathered in random batches, reads as Yjs would read it', () => {
  let short = 0
  for (let run = 0; run < runs; run += 1) {
    const { below } = seeded(`letters ${run}`)
    const people = Array.from({ length: 3 }, () => new Y.Doc())
    const waiting: Uint8Array[] = []
    for (const doc of people) doc.on('update', (update: Uint8Array, origin) => origin ?? waiting.push(update))
    const [fast, slow] = [emptyHoldings(), emptyHoldings()]
    const gathered = gatherer(fast)
    const reader = new Y.Doc()
    const places = people.map(() => 0)
    for (let i = 0; i < 400; i += 1) {
      const who = below(3)
      const text = (people[who] as Y.Doc).getText('t')
      if (below(12) === 0) places[who] = below(text.length + 1)
      const at = Math.min(places[who] as number, text.length)
      if (below(10) === 0 && at > 0) {
        text.delete(at - 1, 1)
        places[who] = at - 1
      } else {
        const typed = ['a', 'b', '村', 'é', '𠮷', 'pasted words '][below(6)] as string
        text.insert(at, typed)
        places[who] = at + typed.length
      }
      if (below(15) > 0) continue
      for (const update of waiting.splice(0)) {
        gathered.take(update)
        judgeLong(slow, update)
        for (const doc of people) Y.applyUpdate(doc, update, 'others')
      }
      Y.applyUpdate(reader, gathered.flush())
      expect(reader.getText('t').toString()).toBe(people[0]?.getText('t').toString())
      expect(figures(fast)).toEqual(figures(slow))
    }
    short += gathered.short()
    for (const doc of [...people, reader]) doc.destroy()
  }
  expect(short).toBeGreaterThan(runs * 100)
})

test('a run grows beyond every room it began with', () => {
  const doc = new Y.Doc()
  const holdings = emptyHoldings()
  const gathered = gatherer(holdings)
  doc.on('update', (update: Uint8Array) => gathered.take(update))
  for (let i = 0; i < 10_000; i += 1) doc.getText('t').insert(i, i % 7 === 0 ? '村' : 'x')
  const reader = new Y.Doc()
  const bytes = gathered.flush()
  Y.applyUpdate(reader, bytes)
  expect(reader.getText('t').toString()).toBe(doc.getText('t').toString())
  expect(bytes.length).toBeLessThan(14_000)
  expect(gathered.short()).toBe(9_999)
})

const client = 9_000
const typed = (clock: number, info: number, refs: number[], text: number[], behind: number[] = [0]) =>
  new Uint8Array([
    1,
    1,
    ...varUint(client),
    ...varUint(clock),
    info,
    ...refs,
    ...varUint(text.length),
    ...text,
    ...behind,
  ])
const behindLast = [...varUint(client), 2]

const unusual: Record<string, { update: Uint8Array; by?: typeof writer }> = {
  'the character NUL': { update: typed(3, 0x84, behindLast, [97, 0]) },
  'text that is not UTF-8': { update: typed(3, 0x84, behindLast, [0xc3, 0x28]) },
  'no text': { update: typed(3, 0x84, behindLast, []) },
  'bytes behind it': { update: typed(3, 0x84, behindLast, [97], [0, 0]) },
  'a deletion behind it': { update: typed(3, 0x84, behindLast, [97], [1, ...varUint(client), 1, 0, 1]) },
  'a gap in its clocks': { update: typed(4, 0x84, behindLast, [97]) },
  'a clock that is held': { update: typed(2, 0x84, [...varUint(client), 1], [97]) },
  'an origin that does not exist': { update: typed(3, 0x84, [...varUint(client), 3], [97]) },
  'a right origin that does not exist': { update: typed(3, 0x44, [...varUint(client + 1), 0], [97]) },
  'neither origin': { update: typed(3, 4, [1, 1, 116], [97]) },
  'another content': { update: typed(3, 0x85, behindLast, [49]) },
  'the hand of another': { update: typed(3, 0x84, behindLast, [97]), by: { ...writer, owner: 'ben' } },
  'a reader': { update: typed(3, 0x84, behindLast, [97]), by: { ...writer, mayEdit: false } },
  'a cut message': { update: typed(3, 0x84, behindLast, [97]).slice(0, -2) },
}

for (const [name, { update, by = writer }] of Object.entries(unusual)) {
  test(`left to the guard, and nothing changed: ${name}`, () => {
    const doc = new Y.Doc()
    doc.clientID = client
    doc.getText('t').insert(0, 'abc')
    const holdings = emptyHoldings()
    judgeLong(holdings, Y.encodeStateAsUpdate(doc))
    const before = figures(holdings)
    expect(takeLetter(holdings, ownerIn(holdings), by, update, draftLimits)).toBeUndefined()
    expect(figures(holdings)).toEqual(before)
  })
}

test('a letter as all others is taken', () => {
  const holdings = emptyHoldings()
  const doc = new Y.Doc()
  doc.clientID = client
  doc.getText('t').insert(0, 'abc')
  judgeLong(holdings, Y.encodeStateAsUpdate(doc))
  const letter = takeLetter(
    holdings,
    ownerIn(holdings),
    writer,
    typed(3, 0x84, behindLast, [97]),
    draftLimits,
  )
  expect(letter).toMatchObject({ client, clock: 3, end: 4, joins: true })
})
