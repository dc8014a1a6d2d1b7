// Rows about many people coming at once: cold joins of a long history, a storm of reconnections, idle people, kills.
import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import * as Y from 'yjs'
import { writeStateVector } from '../../../server/drafts/bytes.ts'
import { everything, scanUpdate } from '../../../server/drafts/scan.ts'
import { draftField } from '../../../shared/drafts/plainText.ts'
import type { Contender, Running } from './contenders.ts'
import { frameFor, Line, updateMessage } from './line.ts'
import type { Figure, RowOptions } from './rows.ts'
import { crowdDrafts } from './seedTemplate.ts'
import { cpuMsOf } from './traffic.ts'
import { Typist } from './typist.ts'

type Clocks = ReadonlyMap<number, number>

const giveUpMs = 120_000

const until = async (holds: () => boolean, withinMs = giveUpMs): Promise<boolean> => {
  const deadline = performance.now() + withinMs
  while (!holds()) {
    if (performance.now() > deadline) return false
    await pause(5)
  }
  return true
}

const openAll = async (lines: readonly Line[], atOnce = 50): Promise<void> => {
  for (let i = 0; i < lines.length; i += atOnce) {
    await Promise.all(lines.slice(i, i + atOnce).map((line) => line.open()))
  }
}

/** A join sends everybody the same bytes, so they are read once. */
const clocksReader = () => {
  let last: { bytes: Uint8Array; clocks: Clocks } | undefined
  return (bytes: Uint8Array): Clocks => {
    if (last?.bytes.length === bytes.length && Buffer.compare(last.bytes, bytes) === 0) return last.clocks
    const scan = scanUpdate(bytes, everything, Number.POSITIVE_INFINITY)
    if (!scan) throw new Error('what arrived does not decode')
    const clocks = new Map(scan.sections.map(({ client, end }) => [client, end]))
    if (bytes.length > 1_000) last = { bytes: new Uint8Array(bytes), clocks }
    return clocks
  }
}

/** What one person knows, as clocks. */
class Knowing {
  readonly clocks = new Map<number, number>()
  take(news: Clocks): void {
    for (const [client, end] of news) {
      if (end > (this.clocks.get(client) ?? 0)) this.clocks.set(client, end)
    }
  }
  has(all: Clocks): boolean {
    for (const [client, end] of all) if ((this.clocks.get(client) ?? 0) < end) return false
    return true
  }
}

const writers = 10

/** Ten people's edits, each in a paragraph of their own: bursts at random places, some deleted again. */
const makeHistory = (edits: number): { updates: Uint8Array[][]; clocks: Clocks } => {
  const clocks = new Map<number, number>()
  let random = 7
  const below = (bound: number): number => {
    random = (random * 48_271) % 2_147_483_647
    return random % bound
  }
  const updates = Array.from({ length: writers }, (_, i) => {
    const doc = new Y.Doc({ gc: false })
    doc.clientID = 500_000 + i
    const mine: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => mine.push(update))
    const text = new Y.XmlText('x')
    const paragraph = new Y.XmlElement('paragraph')
    doc.transact(() => {
      paragraph.insert(0, [text])
      doc.getXmlFragment(draftField).insert(0, [paragraph])
    })
    for (let n = 1, at = 0; n < edits / writers; n += 1) {
      if (n % 25 === 0) at = below(text.length + 1)
      if (n % 25 > 22 && at > 0) {
        at -= 1
        text.delete(at, 1)
      } else {
        text.insert(at, String.fromCharCode(97 + (n % 26)))
        at += 1
      }
    }
    clocks.set(doc.clientID, Y.getState(doc.store, doc.clientID))
    return mine
  })
  return { updates, clocks }
}

/** Until it has written down what it will, as far as its processor time tells. */
const rest = async (server: Running): Promise<void> => {
  for (let calm = 0; calm < 6; ) {
    const before = cpuMsOf(server.pid)
    await pause(500)
    calm = cpuMsOf(server.pid) - before < 50 ? calm + 1 : 0
  }
}

const writeHistory = async (server: Running, edits: number): Promise<Clocks> => {
  const { updates, clocks } = makeHistory(edits)
  const witness = new Knowing()
  const read = clocksReader()
  const own = 500_000
  witness.clocks.set(own, clocks.get(own) ?? 0)
  const lines = updates.map(
    (_, i) => new Line(server.place(0, i), { onUpdate: (bytes) => i === 0 && witness.take(read(bytes)) }),
  )
  await openAll(lines)
  await pause(200)
  const longest = Math.max(...updates.map(({ length }) => length))
  for (let n = 0; n < longest; n += 50) {
    for (const [i, line] of lines.entries()) {
      const frames = (updates[i] ?? []).slice(n, n + 50).map((u) => frameFor(line.prefix, updateMessage(u)))
      if (frames.length > 0) line.write(Buffer.concat(frames))
    }
    await pause(2)
  }
  const isThere = await until(() => witness.has(clocks))
  for (const line of lines) line.end()
  if (!isThere) throw new Error(`the history was not taken in: ${lines[0]?.closed}`)
  await rest(server)
  return clocks
}

/** Milliseconds until so many people who join a server that has just started know all of a long history. */
export const coldJoins = async (
  contender: Contender,
  ask: { edits: number; people: number },
): Promise<Figure> => {
  const server = await contender.start(true)
  const clocks = await writeHistory(server, ask.edits)
  await server.restart('SIGTERM')
  const read = clocksReader()
  const began = performance.now()
  const people = Array.from({ length: ask.people }, (_, i) => {
    const knowing = new Knowing()
    const line = new Line(server.place(0, i), { onUpdate: (bytes) => knowing.take(read(bytes)) })
    return { knowing, line }
  })
  await openAll(
    people.map(({ line }) => line),
    ask.people,
  )
  const isDone = await until(() => people.every(({ knowing }) => knowing.has(clocks)))
  const ms = performance.now() - began
  for (const { line } of people) line.end()
  await server.end()
  if (!isDone) throw new Error(`not everybody had it after ${giveUpMs / 1_000} s`)
  return { value: ms, text: `${Math.round(ms)} ms` }
}

/** Milliseconds until everybody is back in one draft, one in ten with an edit made offline, and knows all edits. */
export const storm = async (contender: Contender, ask: { people: number }): Promise<Figure> => {
  const server = await contender.start(true)
  const read = clocksReader()
  const before = Array.from({ length: ask.people }, (_, i) => {
    const knowing = new Knowing()
    return { knowing, line: new Line(server.place(0, i), { onUpdate: (bytes) => knowing.take(read(bytes)) }) }
  })
  await openAll(before.map(({ line }) => line))
  const typists = before.filter((_, i) => i % 10 === 0).map(({ line }) => new Typist(line.prefix))
  for (const [i, typist] of typists.entries()) before[i * 10]?.line.write(typist.paragraph())
  const all = new Map(typists.map(({ client, clock }) => [client, clock]))
  const isReady = await until(() =>
    before.every(({ knowing }, i) => {
      const mine = i % 10 === 0 ? typists[i / 10]?.client : undefined
      if (mine !== undefined) knowing.clocks.set(mine, all.get(mine) ?? 0)
      return knowing.has(all)
    }),
  )
  if (!isReady) throw new Error('the people did not come together before the storm')
  for (const { line } of before) line.end()
  await pause(500)

  const stateVector = writeStateVector(all)
  const offline = typists.map((typist) => typist.letterUpdate())
  for (const typist of typists) all.set(typist.client, typist.clock)
  const began = performance.now()
  const back = Array.from({ length: ask.people }, (_, i) => {
    const knowing = new Knowing()
    const typist = i % 10 === 0 ? typists[i / 10] : undefined
    knowing.take(before[i]?.knowing.clocks ?? new Map())
    if (typist) knowing.clocks.set(typist.client, typist.clock)
    const options = { stateVector, ...(typist ? { answer: offline[i / 10] as Uint8Array } : {}) }
    const line = new Line(server.place(0, i), { onUpdate: (bytes) => knowing.take(read(bytes)) }, options)
    return { knowing, line, typist }
  })
  await Promise.all(
    back.map(async ({ line, typist }) => {
      await line.open()
      if (typist) line.write(typist.cursor())
    }),
  )
  const isDone = await until(() => back.every(({ knowing, line }) => line.hasAnswer && knowing.has(all)))
  const ms = performance.now() - began
  const away = back.filter(({ knowing, line }) => !line.hasAnswer || !knowing.has(all)).length
  for (const { line } of back) line.end()
  await server.end()
  if (!isDone) throw new Error(`${away} of ${ask.people} were not back after ${giveUpMs / 1_000} s`)
  return { value: ms, text: `${Math.round(ms)} ms` }
}

const residentBytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024

/** KiB of memory for each person who is connected and does nothing. */
export const idleMemory = async (contender: Contender, ask: { drafts: number }): Promise<Figure> => {
  const server = await contender.start(false)
  await pause(500)
  const before = residentBytes(server.pid)
  const lines = Array.from({ length: ask.drafts * 10 }, (_, i) => {
    const place = server.place(crowdDrafts + Math.floor(i / 10), i % 10)
    return new Line(place, { onUpdate: () => {} })
  })
  await openAll(lines)
  await pause(3_000)
  const kib = (residentBytes(server.pid) - before) / lines.length / 1024
  for (const line of lines) line.end()
  await server.end()
  return { value: kib, text: `${kib.toFixed(1)} KiB` }
}

const killDrafts = 50
const lettersPerSecond = 100

/** Share of the edits that somebody saw which were gone after a kill, in all rounds together. */
export const kills = async (
  contender: Contender,
  ask: { rounds: number },
  options: RowOptions,
): Promise<Figure> => {
  const server = await contender.start(true)
  let seen = 0
  let lost = 0
  for (let round = 0; round < ask.rounds; round += 1) {
    const people = Array.from({ length: killDrafts }, (_, i) => {
      const read = clocksReader()
      const witness = new Knowing()
      const author = new Line(server.place(crowdDrafts + i, 0), { onUpdate: () => {} })
      const reader = new Line(server.place(crowdDrafts + i, 1), { onUpdate: (b) => witness.take(read(b)) })
      return { draft: crowdDrafts + i, witness, author, reader, typist: new Typist(author.prefix) }
    })
    await openAll(people.flatMap(({ author, reader }) => [author, reader]))
    await pause(500)
    for (const { author, typist } of people) author.write(typist.paragraph())
    const typing = setInterval(() => {
      const now = performance.now()
      for (const { author, typist } of people) author.write(typist.type(1, false, now))
    }, 1_000 / lettersPerSecond)
    await pause(1_500 + Math.random() * 1_500)
    await server.kill()
    clearInterval(typing)
    await pause(100)
    for (const { author, reader } of people) for (const line of [author, reader]) line.end()
    await server.restart('SIGKILL')
    const [wasSeen, isLost] = await missing(server, people)
    options.trace(`    ${contender.name} kill ${round + 1}: ${isLost} of ${wasSeen} seen edits gone`)
    seen += wasSeen
    lost += isLost
  }
  await server.end()
  const percent = (lost / Math.max(1, seen)) * 100
  return {
    value: percent,
    text: `${lost} of ${seen} seen edits gone (${percent.toFixed(0)} %) in ${ask.rounds} kills`,
  }
}

const missing = async (
  server: Running,
  people: readonly { draft: number; witness: Knowing; typist: Typist }[],
): Promise<[seen: number, lost: number]> => {
  const after = people.map(({ draft, witness, typist }) => {
    const read = clocksReader()
    const knowing = new Knowing()
    const line = new Line(server.place(draft, 0), { onUpdate: (bytes) => knowing.take(read(bytes)) })
    return { line, knowing, seen: witness.clocks.get(typist.client) ?? 0, client: typist.client }
  })
  await openAll(after.map(({ line }) => line))
  // A server may answer before it has loaded.
  await until(() => after.every(({ line }) => line.hasAnswer), 10_000)
  await pause(1_500)
  let [seen, lost] = [0, 0]
  for (const { line, knowing, client, seen: clock } of after) {
    seen += clock
    lost += Math.max(0, clock - (knowing.clocks.get(client) ?? 0))
    line.end()
  }
  return [seen, lost]
}
