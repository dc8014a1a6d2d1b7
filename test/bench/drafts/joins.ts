// Cold joins: many come at once to a draft with a long history, on a server that has just started.
import { setTimeout as pause } from 'node:timers/promises'
import * as Y from 'yjs'
import { draftField } from '../../../shared/drafts/plainText.ts'
import { spread } from '../figures.ts'
import type { Contender, Running } from './contenders.ts'
import { frameFor, Line, updateMessage } from './line.ts'
import {
  allKnock,
  type Clocks,
  clocksReader,
  comeIn,
  documentOf,
  forAll,
  giveUpMs,
  Knowing,
  mustHold,
  openAll,
  type Person,
  timed,
  until,
} from './people.ts'
import type { Figure, RowOptions } from './rows.ts'
import { cpuMsOf } from './traffic.ts'

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

const writeHistory = async (
  server: Running,
  updates: readonly Uint8Array[][],
  clocks: Clocks,
): Promise<void> => {
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
  // Peers that store now and then do so while people are there; those that left at once lost edits of theirs.
  if (isThere) await rest(server)
  for (const line of lines) line.end()
  if (!isThere) throw new Error(`the history was not taken in: ${lines[0]?.closed}`)
  await rest(server)
}

/**
 * A start is short, and what it leaves behind to be cleaned up comes at any moment, so it is done several times. The first
 * is told apart: some have written the history edit by edit and only then, when they first read it, put it together.
 */
const starts = 5

interface Asked {
  readonly people: number
  readonly clocks: Clocks
  trace(text: string): void
}

/** What each of some people received, and the milliseconds until all people knew everything. */
const joinAfterStart = async (
  server: Running,
  { people: count, clocks, trace }: Asked,
): Promise<{ ms: number; received: (readonly Uint8Array[])[] }> => {
  await server.restart('SIGTERM')
  const read = clocksReader()
  const people: Person[] = []
  const clock = timed(server)
  await allKnock(count, (i) => {
    const person = comeIn(server.place(0, i), read, i % 10 === 0)
    people.push(person)
    return person.line.open()
  })
  const isDone = await until(forAll(people, ({ knowing }) => knowing.has(clocks)))
  const { ms, text } = clock()
  trace(text)
  for (const { line } of people) line.end()
  if (!isDone) throw new Error(`not everybody had it after ${giveUpMs / 1_000} s`)
  return { ms, received: people.filter((_, i) => i % 10 === 0).map(({ heard }) => heard) }
}

/** Milliseconds until so many people who join a server that has just started know all of a long history. */
export const coldJoins = async (
  contender: Contender,
  ask: { edits: number; people: number },
  options: RowOptions,
): Promise<Figure> => {
  const server = await contender.start(true)
  const { updates, clocks } = makeHistory(ask.edits)
  await writeHistory(server, updates, clocks)
  const expected = documentOf(updates.flat())
  const times: number[] = []
  for (let i = 0; i < starts; i += 1) {
    const trace = (text: string): void => options.trace(`    ${contender.name}: ${text}`)
    const { ms, received } = await joinAfterStart(server, { people: ask.people, clocks, trace })
    mustHold(expected, received)
    times.push(ms)
  }
  await server.end()
  const [first = 0] = times
  const { p50 } = spread(times)
  return { value: p50, text: `${Math.round(p50)} ms (${Math.round(first)} ms the first time)` }
}
