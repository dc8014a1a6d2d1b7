// A draft as bytes: the snapshot, the packets behind it, and the answers to clients that join, made by copying.
import { readStateVector, sizeOfVarUint, writeVarUint } from './bytes.ts'
import { frameStep2, frameUpdate } from './frames.ts'
import type { Section } from './scan.ts'
import { type Packet, stitch } from './stitch.ts'
import { seek, trimSection } from './trim.ts'

/** The merged part of a draft. */
export interface Base {
  readonly bytes: Uint8Array
  readonly sections: readonly Section[]
  /** Where the deletions begin. */
  readonly deletesAt: number
  /** The last row of the log that it took in. */
  readonly upTo: number
  /** How many edits it holds. */
  readonly edits: number
}

export interface History {
  /** How far each client's edits go in it. The holdings may be further: what was let in is not yet committed. */
  clocks: Map<number, number>
  base: Base | undefined
  /** Packets behind the base, in order of commit, with their rows of the log. */
  tail: { packet: Packet; rows: readonly number[]; edits: number }[]
  /** Answers by state vector, for as long as nothing changes. */
  readonly replies: Map<string, Buffer>
  /** The state vector that was asked last, and its key: in a storm a thousand ask the same. */
  asked?: { readonly stateVector: Uint8Array; readonly key: string }
  /** Base parts by state vector, for as long as the base stands. */
  readonly baseParts: Map<string, Uint8Array>
}

const repliesMax = 64
const repliesBytesMax = 32 * 1024 * 1024
const tailPacketsMax = 128

export const emptyHistory = (): History => ({
  clocks: new Map(),
  base: undefined,
  tail: [],
  replies: new Map(),
  baseParts: new Map(),
})

/** Whether nothing is missing between what is there and these. */
export const follow = ({ clocks }: History, sections: readonly Section[]): boolean =>
  sections.every(({ client, clock }) => clock <= (clocks.get(client) ?? 0))

/**
 * What another node committed first is there already, when somebody brought the same edits through both.
 * @param mayRestitch false while the tail is being merged into a new base */
export const append = (
  history: History,
  packet: Packet,
  row: number,
  edits: number,
  mayRestitch: boolean,
): void => {
  const fresh = notIn(history.clocks, packet)
  for (const { client, end } of fresh.sections) history.clocks.set(client, end)
  history.tail.push({ packet: fresh, rows: [row], edits })
  history.replies.clear()
  if (mayRestitch && history.tail.length > tailPacketsMax) history.tail = [gather(history.tail)]
}

const notIn = (clocks: History['clocks'], packet: Packet): Packet => {
  const held = (client: number): number => clocks.get(client) ?? 0
  if (packet.sections.every(({ client, clock }) => clock >= held(client))) return packet
  const sections = packet.sections
    .filter(({ client, end }) => end > held(client))
    .flatMap((section) =>
      section.clock >= held(section.client) ? section : (trimSection(section, held(section.client)) ?? []),
    )
  return stitch([{ sections, deletes: packet.deletes }])
}

const gather = (tail: History['tail']): History['tail'][number] => ({
  packet: stitch(tail.map(({ packet }) => packet)),
  rows: tail.flatMap(({ rows }) => rows),
  edits: tail.reduce((sum, { edits }) => sum + edits, 0),
})

export const tailBytes = ({ tail }: History): number =>
  tail.reduce((sum, { packet }) => sum + packet.bytes.length, 0)

/** Puts a new base under the tail in place of the first `packets` of it. */
export const rebase = (history: History, base: Base, packets: number): void => {
  history.base = base
  history.tail.splice(0, packets)
  history.replies.clear()
  history.baseParts.clear()
}

/** Everything, as updates to be applied in this order. */
export const updatesOf = ({ base, tail }: History): Uint8Array[] => {
  const updates = base ? [base.bytes] : []
  if (tail.length > 0) updates.push(stitch(tail.map(({ packet }) => packet)).bytes)
  return updates
}

/**
 * The frames that bring a client from its state vector to now, ending with a sync step 2. Computed once for all clients
 * with the same state vector. Throws `torn` for a state vector that does not decode.
 * @param held the clocks of the draft: what a state vector says of other clients makes no difference
 */
export const replyTo = (
  history: History,
  held: ReadonlyMap<number, number>,
  stateVector: Uint8Array,
): Buffer => {
  const { asked } = history
  const again = asked && Buffer.compare(asked.stateVector, stateVector) === 0
  const alike = again ? history.replies.get(asked.key) : undefined
  if (alike) return alike
  const clocks = new Map(
    [...readStateVector(stateVector)].filter(([client, clock]) => clock > 0 && held.has(client)),
  )
  const key = [...clocks].flat().join()
  history.asked = { stateVector: new Uint8Array(stateVector), key }
  const known = history.replies.get(key)
  if (known) return known
  const reply = makeReply(history, clocks, key)
  keep(history.replies, key, reply)
  return reply
}

const keep = <B extends Uint8Array>(kept: Map<string, B>, key: string, bytes: B): void => {
  let all = bytes.length
  for (const each of kept.values()) all += each.length
  if (kept.size >= repliesMax || all > repliesBytesMax) kept.clear()
  kept.set(key, bytes)
}

const makeReply = (history: History, clocks: Map<number, number>, key: string): Buffer => {
  const { base, tail } = history
  const basePart = base ? basePartFor(history, base, clocks, key) : undefined
  if (tail.length === 0) return frameStep2(basePart ?? new Uint8Array([0, 0]))
  const tailPart = tailPartFor(tail, clocks)
  if (!basePart || basePart.length === 2) return frameStep2(tailPart)
  return Buffer.concat([frameUpdate(basePart), frameStep2(tailPart)])
}

const tailPartFor = (tail: History['tail'], clocks: ReadonlyMap<number, number>): Uint8Array => {
  const isMissing = ({ client, end }: Section): boolean => end > (clocks.get(client) ?? 0)
  const [first] = tail
  // A draft that was just loaded, and whoever has nothing of it.
  if (first && tail.length === 1 && first.packet.sections.every(isMissing)) return first.packet.bytes
  return stitch(
    tail.map(({ packet: { sections, deletes } }) => ({ sections: sections.filter(isMissing), deletes })),
  ).bytes
}

const basePartFor = (history: History, base: Base, clocks: Map<number, number>, key: string): Uint8Array => {
  if (clocks.size === 0) return base.bytes
  const known = history.baseParts.get(key)
  if (known) return known
  const part = sliceBase(base, clocks)
  keep(history.baseParts, key, part)
  return part
}

/** A struct that the client holds in part goes whole: Yjs takes what it lacks. */
export const sliceBase = (base: Base, clocks: Map<number, number>): Uint8Array => {
  const parts: { client: number; clock: number; structs: number; from: number; to: number }[] = []
  for (const section of base.sections) {
    const held = clocks.get(section.client) ?? 0
    if (section.end <= held) continue
    if (held <= section.clock) parts.push(section)
    else parts.push({ client: section.client, to: section.to, ...seek(section, held) })
  }
  const deletes = base.bytes.subarray(base.deletesAt)
  let size = sizeOfVarUint(parts.length) + deletes.length
  for (const { client, clock, structs, from, to } of parts) {
    size += sizeOfVarUint(structs) + sizeOfVarUint(client) + sizeOfVarUint(clock) + to - from
  }
  const bytes = new Uint8Array(size)
  let pos = writeVarUint(bytes, 0, parts.length)
  for (const { client, clock, structs, from, to } of parts) {
    pos = writeVarUint(bytes, writeVarUint(bytes, writeVarUint(bytes, pos, structs), client), clock)
    bytes.set(base.bytes.subarray(from, to), pos)
    pos += to - from
  }
  bytes.set(deletes, pos)
  return bytes
}
