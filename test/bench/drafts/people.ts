// People who come to a draft, as the rows about crowds need them: what each of them knows and was sent.
//
// How they come, for every contender alike: one group knocks behind the other, as fast as the load makes their sockets,
// so that no server stands idle while it makes them. The clock stops when every one of them has been answered and holds
// every edit, by the clocks in the bytes that each received. Documents are made when it has stopped, of what some of
// them received, and compared with what was written.
import { performance } from 'node:perf_hooks'
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises'
import * as Y from 'yjs'
import { everything, scanUpdate } from '../../../server/drafts/scan.ts'
import { draftField } from '../../../shared/drafts/plainText.ts'
import type { Place, Running } from './contenders.ts'
import { Line } from './line.ts'
import { cpuMsOf } from './traffic.ts'

export type Clocks = ReadonlyMap<number, number>

export const giveUpMs = 120_000

export const until = async (holds: () => boolean, withinMs = giveUpMs): Promise<boolean> => {
  const deadline = performance.now() + withinMs
  while (!holds()) {
    if (performance.now() > deadline) return false
    await pause(5)
  }
  return true
}

export const openAll = async (lines: readonly Line[], atOnce = 50): Promise<void> => {
  for (let i = 0; i < lines.length; i += atOnce) {
    await Promise.all(lines.slice(i, i + atOnce).map((line) => line.open()))
  }
}

const knockInGroupsOf = 20

/** Resolves when all are let in, as far as HTTP goes. Nobody waits for those before. */
export const allKnock = async (people: number, knock: (person: number) => Promise<void>): Promise<void> => {
  const knocks: Promise<void>[] = []
  for (let i = 0; i < people; i += 1) {
    const knocked = knock(i)
    // Whoever is turned away is heard of when all have knocked.
    knocked.catch(() => {})
    knocks.push(knocked)
    if (knocks.length % knockInGroupsOf === 0) await turn()
  }
  await Promise.all(knocks)
}

/** Whether it holds for all of them; whoever was found once is not looked at again. */
export const forAll = <P>(people: readonly P[], holds: (person: P) => boolean): (() => boolean) => {
  const left = [...people]
  return () => {
    while (left.length > 0 && holds(left[left.length - 1] as P)) left.pop()
    return left.length === 0
  }
}

/** A join sends everybody the same bytes, so they are read once. */
export const clocksReader = () => {
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
export class Knowing {
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

/** The document that these updates make. */
export const documentOf = (updates: readonly Uint8Array[]): string => {
  const doc = new Y.Doc({ gc: false })
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update)
  })
  if (doc.store.pendingStructs || doc.store.pendingDs)
    throw new Error('somebody has edits that do not follow')
  return doc.getXmlFragment(draftField).toString()
}

/** Throws unless what each of them received makes this document. */
export const mustHold = (expected: string, received: readonly (readonly Uint8Array[])[]): void => {
  for (const updates of received) {
    if (documentOf(updates) !== expected) throw new Error('somebody has another document than was written')
  }
}

export interface Person {
  readonly line: Line
  readonly knowing: Knowing
  /** All updates that came, where they are kept. */
  readonly heard: Uint8Array[]
}

export const comeIn = (
  place: Place,
  read: (bytes: Uint8Array) => Clocks,
  keeps: boolean,
  own?: ConstructorParameters<typeof Line>[2],
): Person => {
  const knowing = new Knowing()
  const heard: Uint8Array[] = []
  const onUpdate = (bytes: Uint8Array): void => {
    knowing.take(read(bytes))
    if (keeps) heard.push(new Uint8Array(bytes))
  }
  return { knowing, heard, line: new Line(place, { onUpdate }, own) }
}

/** Starts a clock. */
export const timed = (server: Running) => {
  const began = performance.now()
  const [serverMs, loadMs] = [cpuMsOf(server.pid), cpuMsOf(process.pid)]
  return (): { ms: number; text: string } => {
    const ms = performance.now() - began
    const [byServer, byLoad] = [cpuMsOf(server.pid) - serverMs, cpuMsOf(process.pid) - loadMs]
    return { ms, text: `${Math.round(ms)} ms, processor: server ${byServer} ms, load ${byLoad} ms` }
  }
}
