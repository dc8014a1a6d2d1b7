// The byte-level way of an update (judge, trim, stitch, answer) gives every receiver the same document as Yjs itself.
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { draftLimits } from '../../server/drafts/draftLimits.ts'
import { judgeScan, judgeUpdate } from '../../server/drafts/guard.ts'
import { append, emptyHistory, replyTo } from '../../server/drafts/history.ts'
import { admit, emptyHoldings, type Holdings, type Piece } from '../../server/drafts/holdings.ts'
import { loadDraft } from '../../server/drafts/load.ts'
import { newsIn, unbounded } from '../../server/drafts/news.ts'
import { stitch } from '../../server/drafts/stitch.ts'
import { seeded, typed, varUint } from './raw.ts'

const runs = Number(process.env.DRAFT_RUNS ?? 40)

/** One random edit of a document that has text, marks, nested elements, maps and lists. */
const edit = (doc: Y.Doc, below: (bound: number) => number): void => {
  const text = doc.getText('t')
  const map = doc.getMap('m')
  const list = doc.getArray('l')
  const tree = doc.getXmlFragment('default')
  const at = below(text.length + 1)
  const kind = below(12)
  if (kind < 4) text.insert(at, ['a', '村', 'long text', '灯', 'e\u0301'][below(5)] as string)
  else if (kind < 6) text.delete(Math.min(at, Math.max(0, text.length - 3)), Math.min(3, text.length))
  else if (kind === 6) text.format(0, Math.min(5, text.length), { bold: below(2) === 0 ? true : null })
  else if (kind === 7) map.set(`k${below(3)}`, { value: [below(100), 'x', null, 1.5, true] })
  else if (kind === 8) list.insert(below(list.length + 1), [below(1000), 'y', new Uint8Array([1, 2])])
  else if (kind === 9 && list.length > 0) list.delete(below(list.length), 1)
  else {
    const node = new Y.XmlElement('paragraph')
    node.setAttribute('align', 'left')
    node.insert(0, [new Y.XmlText('line')])
    tree.insert(below(tree.length + 1), [node])
  }
}

test('edits that somebody brought through two nodes, cut differently, stand in the history once', () => {
  for (let run = 0; run < runs; run += 1) {
    const { below } = seeded(`twice ${run}`)
    const person = new Y.Doc()
    const updates: Uint8Array[] = []
    person.on('update', (update: Uint8Array) => updates.push(update))
    while (updates.length < 20) edit(person, below)
    const whole = Y.encodeStateAsUpdate(person)
    const some = 1 + below(updates.length)
    const [near, far] = [emptyHoldings(), emptyHoldings()]
    const history = emptyHistory()
    for (const [i, update] of [Y.mergeUpdates(updates.slice(0, some)), whole].entries()) {
      const piece = judged(i === 0 ? near : far, update)
      if (piece) append(history, stitch([piece]), i, 1, true)
    }
    const reader = new Y.Doc()
    applyReply(reader, replyTo(history, far.clocks, Y.encodeStateVector(reader)))
    expect(everything(reader), `twice ${run}`).toBe(everything(person))
    // Joined, the two are still one.
    history.tail = [{ packet: stitch(history.tail.map(({ packet }) => packet)), rows: [0, 1], edits: 2 }]
    const later = new Y.Doc()
    history.replies.clear()
    applyReply(later, replyTo(history, far.clocks, Y.encodeStateVector(later)))
    expect(everything(later), `twice ${run}`).toBe(everything(person))
  }
})

const elapsedMs = (run: () => unknown): number => {
  const began = performance.now()
  run()
  return performance.now() - began
}

const everything = (doc: Y.Doc): string =>
  JSON.stringify([
    // Without marks: Yjs tidies idle ones in each document by itself, and tells the others as an edit.
    doc.getText('t').toString(),
    Object.entries(doc.getMap('m').toJSON()).sort(),
    doc.getArray('l').toJSON(),
    doc.getXmlFragment('default').toString(),
  ])

const writer = { owner: 'ada', mayEdit: true, settled: true }

/** A long update is first cut to what is new, with another eye on the same bytes. */
const readAside = (holdings: Holdings, update: Uint8Array) => {
  const scan = newsIn(update, holdings.clocks, unbounded)
  return judgeScan(holdings, () => undefined, writer, scan, update.length, draftLimits)
}

const judged = (holdings: Holdings, update: Uint8Array): Piece | undefined => {
  const verdict =
    update.length % 2 === 0
      ? judgeUpdate(holdings, () => undefined, writer, update, draftLimits)
      : readAside(holdings, update)
  if (verdict.kind === 'nothingNew') return undefined
  if (verdict.kind !== 'piece') throw new Error(JSON.stringify(verdict))
  admit(holdings, verdict.piece)
  return verdict.piece
}

const applyReply = (doc: Y.Doc, reply: Buffer): void => {
  for (let pos = 0; pos < reply.length; ) {
    const short = (reply[pos + 1] as number) & 127
    const [header, length] =
      short < 126
        ? [2, short]
        : short === 126
          ? [4, reply.readUInt16BE(pos + 2)]
          : [10, reply.readUInt32BE(pos + 6)]
    let body = pos + header + 2
    while ((reply[body] as number) >= 128) body += 1
    Y.applyUpdate(doc, reply.subarray(body + 1, pos + header + length))
    pos += header + length
  }
}

test('random edits of several people, stitched in random batches, read as Yjs would read them', () => {
  for (let run = 0; run < runs; run += 1) {
    const { below } = seeded(`stitch ${run}`)
    const people = Array.from({ length: 3 }, () => new Y.Doc())
    const queue: Uint8Array[] = []
    for (const doc of people) {
      doc.on('update', (update: Uint8Array, origin: unknown) => origin !== 'remote' && queue.push(update))
    }
    const holdings = emptyHoldings()
    const history = emptyHistory()
    const reader = new Y.Doc()
    const late = new Y.Doc()
    const rows: { updateId: number; bytes: Uint8Array; edits: number }[] = []
    for (let step = 0; step < 60; step += 1) {
      edit(people[below(3)] as Y.Doc, below)
      if (below(4) > 0) continue
      const pieces = queue.splice(0).flatMap((update) => judged(holdings, update) ?? [])
      if (pieces.length === 0) continue
      const packet = stitch(pieces)
      append(history, packet, step, pieces.length, true)
      rows.push({ updateId: step, bytes: packet.bytes, edits: pieces.length })
      for (const doc of [...people, reader]) Y.applyUpdate(doc, packet.bytes, 'remote')
      // Later, with a state vector from the middle.
      if (below(5) === 0) applyReply(late, replyTo(history, holdings.clocks, Y.encodeStateVector(late)))
      const wellFormed = everything(reader)
      expect(reader.store.pendingStructs, `stitch ${run}`).toBeNull()
      expect(wellFormed.length).toBeGreaterThan(0)
    }
    const [first] = people as [Y.Doc]
    for (const update of queue.splice(0)) {
      const piece = judged(holdings, update)
      if (!piece) continue
      const packet = stitch([piece])
      append(history, packet, rows.length + 1_000, 1, true)
      rows.push({ updateId: rows.length + 1_000, bytes: packet.bytes, edits: 1 })
      for (const doc of [...people, reader]) Y.applyUpdate(doc, packet.bytes, 'remote')
    }
    applyReply(late, replyTo(history, holdings.clocks, Y.encodeStateVector(late)))
    expect(everything(reader), `stitch ${run}`).toBe(everything(first))
    expect(everything(late), `stitch ${run}`).toBe(everything(first))

    // Loaded from a snapshot with the first half and the log with the rest, and asked from several places.
    const half = rows.length >> 1
    const bytes = rows.length > 1 ? Y.mergeUpdates(rows.slice(0, half).map((row) => row.bytes)) : undefined
    const loaded = loadDraft({
      snapshot: bytes && half > 0 ? { bytes, upTo: 0, edits: half } : undefined,
      rows: bytes && half > 0 ? rows.slice(half) : rows,
      owners: [],
    })
    expect(loaded.strayRows).toEqual([])
    expect([...loaded.holdings.clocks].sort()).toEqual([...holdings.clocks].sort())
    const partial = new Y.Doc()
    for (const row of rows.slice(0, below(half + 1))) Y.applyUpdate(partial, row.bytes)
    applyReply(partial, replyTo(loaded.history, loaded.holdings.clocks, Y.encodeStateVector(partial)))
    expect(everything(partial), `stitch ${run}`).toBe(everything(first))
  }
})

test('what overlaps with what is held is cut to what is new, in the middle of a struct too', () => {
  for (let run = 0; run < runs; run += 1) {
    const { below } = seeded(`trim ${run}`)
    const doc = new Y.Doc()
    const holdings = emptyHoldings()
    const reader = new Y.Doc()
    for (let step = 0; step < 12; step += 1) {
      const before = Y.encodeStateVector(doc)
      for (let i = 0; i < 1 + below(6); i += 1) {
        // Typed on at the end, so that Yjs makes one run of it across the steps.
        if (below(2) === 0)
          doc.getText('t').insert(doc.getText('t').length, ['a', '村民', 'bc'][below(3)] as string)
        else edit(doc, below)
      }
      // Sometimes from the very beginning, sometimes from before.
      const piece = judged(holdings, Y.encodeStateAsUpdate(doc, below(3) === 0 ? undefined : before))
      if (piece) Y.applyUpdate(reader, stitch([piece]).bytes)
      expect(reader.store.pendingStructs, `trim ${run}`).toBeNull()
    }
    expect(everything(reader), `trim ${run}`).toBe(everything(doc))
  }
})

test('a cut leaves pairs of surrogates whole', () => {
  const doc = new Y.Doc()
  const holdings = emptyHoldings()
  const reader = new Y.Doc()
  for (let i = 0; i < 20; i += 1) {
    doc.getText('t').insert(doc.getText('t').length, i % 3 === 0 ? '🏮' : '径山茶')
    const piece = judged(holdings, Y.encodeStateAsUpdate(doc))
    if (piece) Y.applyUpdate(reader, stitch([piece]).bytes)
  }
  expect(reader.getText('t').toString()).toBe(doc.getText('t').toString())
})

test('letters typed one behind the other travel as one run', () => {
  const doc = new Y.Doc()
  const holdings = emptyHoldings()
  const pieces: Piece[] = []
  doc.on('update', (update: Uint8Array) => pieces.push(judged(holdings, update) as Piece))
  for (let i = 0; i < 100; i += 1) doc.getText('t').insert(i, 'x')
  const { bytes } = stitch(pieces)
  expect(bytes.length).toBeLessThan(130)
  const reader = new Y.Doc()
  Y.applyUpdate(reader, bytes)
  expect(reader.getText('t').toString()).toBe('x'.repeat(100))
})

test('whatever the guard lets through, every receiver can read', () => {
  const base = new Y.Doc()
  const { below } = seeded('fuzz')
  const holdings = emptyHoldings()
  const updates: Uint8Array[] = []
  base.on('update', (update: Uint8Array) => updates.push(update))
  for (let i = 0; i < 200; i += 1) edit(base, below)
  const held = updates.slice(0, 100)
  for (const update of held) judged(holdings, update)
  const start = Y.mergeUpdates(held)
  let taken = 0
  let slowestMs = 0
  for (let i = 0; i < runs * 100; i += 1) {
    const frame = new Uint8Array(updates[below(updates.length)] as Uint8Array)
    for (let flips = below(4); flips >= 0; flips -= 1) frame[below(frame.length)] = below(256)
    const judge = () => judgeUpdate(holdings, () => undefined, writer, frame, draftLimits)
    const verdict = judge()
    // The better of two, as other processes take the processor now and then.
    slowestMs = Math.max(slowestMs, Math.min(elapsedMs(judge), elapsedMs(judge)))
    if (verdict.kind !== 'piece') continue
    taken += 1
    const reader = new Y.Doc()
    Y.applyUpdate(reader, start)
    const { bytes } = stitch([verdict.piece])
    expect(() => Y.applyUpdate(reader, bytes), `frame ${Buffer.from(frame).toString('hex')}`).not.toThrow()
    expect(reader.store.pendingStructs, `frame ${Buffer.from(frame).toString('hex')}`).toBeNull()
  }
  expect(taken).toBeGreaterThan(10)
  expect(slowestMs).toBeLessThan(50)
})

test('a receiver that lacks what is deleted makes up for it later, in whatever order it was deleted', () => {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  const text = doc.getText('t')
  text.insert(0, 'abcdefghijklm')
  for (const at of [11, 8, 5, 2]) text.delete(at, 1)
  const holdings = emptyHoldings()
  const [inserted, ...deletions] = updates.flatMap((update) => judged(holdings, update) ?? [])
  const late = new Y.Doc()
  Y.applyUpdate(late, stitch(deletions).bytes)
  Y.applyUpdate(late, stitch(inserted ? [inserted] : []).bytes)
  expect(late.getText('t').toString()).toBe('abdeghjkm')
  expect(late.store.pendingDs).toBeNull()
})

/** An update of nothing but deletions of one client. */
const deletesOf = (client: number, ranges: readonly (readonly [from: number, length: number])[]) =>
  new Uint8Array([
    0,
    1,
    ...varUint(client),
    ...varUint(ranges.length),
    ...ranges.flatMap(([from, length]) => [...varUint(from), ...varUint(length)]),
  ])

test('ranges that overlap and stand in disorder are what they cover, once', () => {
  const { next, below } = seeded('ranges')
  for (let run = 0; run < 200; run += 1) {
    const holdings = emptyHoldings()
    judged(holdings, typed(7, 'x'.repeat(300)))
    const gone = new Set<number>()
    for (let round = 0; round < 4; round += 1) {
      const many = next() < 0.5 ? 3 : 120
      const ranges = Array.from({ length: many }, () => [below(290), below(10)] as const)
      const covered = ranges.flatMap(([from, length]) => Array.from({ length }, (_, i) => from + i))
      const fresh = new Set(covered.filter((clock) => !gone.has(clock)))
      const deletes = judged(holdings, deletesOf(7, ranges))?.deletes ?? []
      const taken: number[] = []
      for (let i = 0; i < deletes.length; i += 3) {
        for (let clock = deletes[i + 1] as number; clock < (deletes[i + 2] as number); clock += 1)
          taken.push(clock)
      }
      expect(taken).toEqual([...fresh].sort((a, b) => a - b))
      for (const clock of fresh) gone.add(clock)
      expect(holdings.deletedUnits).toBe(gone.size)
    }
  }
})

test('a hundred thousand ranges over each other cut nothing to pieces', () => {
  const holdings = emptyHoldings()
  judged(holdings, typed(7, 'x'.repeat(100_000)))
  judged(
    holdings,
    deletesOf(
      7,
      Array.from({ length: 40_000 }, (_, i) => [i * 2, 1]),
    ),
  )
  const wide = Array.from({ length: 100_000 }, (_, i) => [1 + (i % 20_000), 60_000] as const)
  expect(judged(holdings, deletesOf(7, wide))?.deletes.length).toBe(3 * 40_000)
  expect(holdings.deletedUnits).toBe(80_000)
})
