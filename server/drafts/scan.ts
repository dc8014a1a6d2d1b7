// Reads a whole Yjs V1 update without building a document: where each client's structs lie, what they need, what is
// deleted. Linear in the bytes, allocates one record a client.
import { type Cursor, readVarUint, torn } from './bytes.ts'
import { contentRefs, emptyStruct, readStruct, type Struct } from './structs.ts'

/** A run of structs of one client, contiguous in clocks and in bytes. */
export interface Section {
  bytes: Uint8Array
  client: number
  /** The clock of the first struct, and the one behind the last. */
  clock: number
  end: number
  structs: number
  from: number
  to: number
  /** Where the length of the text stands, when all is one piece of text; otherwise -1. */
  textAt: number
  /** Where its right origin begins; equals `textAt` when it has none. */
  rightAt: number
  /** It was typed right behind the same client's previous letter. */
  joins: boolean
}

export interface Scan {
  /** What was read; the sections are stretches of it. */
  readonly bytes: Uint8Array
  readonly sections: Section[]
  /** Triples: client, from, to. */
  readonly deletes: number[]
  /** Quadruples: index of the section, clock of the struct, and the client and clock that it refers to. */
  readonly needs: number[]
  readonly textBytes: number
  /** The longest run that came without content. */
  readonly emptyUnits: number
  /** It decodes, and yet no editor could show it or no store keep it: see `Struct`. */
  readonly isPoison: boolean
}

/** The next clock of a client as far as the reader holds it. */
export type Known = (client: number) => number

export const everything: Known = () => Number.POSITIVE_INFINITY

const struct: Struct = emptyStruct()

/** @returns undefined for whatever does not decode to the last byte */
export const scanUpdate = (bytes: Uint8Array, known: Known, deletesMax: number): Scan | undefined => {
  const c: Cursor = { bytes, pos: 0, end: bytes.length }
  try {
    const count = readVarUint(c)
    const sections: Section[] = []
    const needs: number[] = []
    let textBytes = 0
    let emptyUnits = 0
    let isPoison = false
    for (let i = 0; i < count; i += 1) {
      const section = readSection(c, i, known, needs)
      sections.push(section)
      textBytes += tally.textBytes
      emptyUnits += tally.emptyUnits
      isPoison ||= tally.isPoison
    }
    const deletes = readDeletes(c, deletesMax)
    if (c.pos !== c.end || !areDistinct(sections)) return undefined
    return { bytes, sections, deletes, needs, textBytes, emptyUnits, isPoison }
  } catch (fault) {
    if (fault === torn) return undefined
    throw fault
  }
}

const tally = { textBytes: 0, emptyUnits: 0, isPoison: false }

const readSection = (c: Cursor, index: number, known: Known, needs: number[]): Section => {
  const structs = readVarUint(c)
  const client = readVarUint(c)
  const clock = readVarUint(c)
  const from = c.pos
  if (structs === 0) throw torn
  tally.textBytes = 0
  tally.emptyUnits = 0
  tally.isPoison = false
  let at = clock
  for (let i = 0; i < structs; i += 1) {
    readStruct(c, struct)
    // A skip says that something is missing: an honest document sends none, as nothing reaches it out of order.
    if (struct.info === contentRefs.skip) throw torn
    noteNeeds(index, client, at, known, needs)
    at += struct.length
    tally.textBytes += struct.textBytes
    if (struct.hasNul || struct.isMisplaced) tally.isPoison = true
    const ref = struct.info & 31
    if (ref === contentRefs.gc || ref === contentRefs.deleted) tally.emptyUnits += struct.length
  }
  if (at > Number.MAX_SAFE_INTEGER) throw torn
  const isText = structs === 1 && (struct.info & 31) === contentRefs.string
  return {
    bytes: c.bytes,
    client,
    clock,
    end: at,
    structs,
    from,
    to: c.pos,
    textAt: isText ? struct.contentAt : -1,
    rightAt: struct.rightClient < 0 ? struct.contentAt : struct.rightAt,
    joins: isText && struct.originClient === client && struct.originClock === clock - 1,
  }
}

const noteNeeds = (index: number, client: number, at: number, known: Known, needs: number[]): void => {
  const { originClient, rightClient, parentClient } = struct
  if (originClient >= 0) noteNeed(index, client, at, originClient, struct.originClock, known, needs)
  if (rightClient >= 0) noteNeed(index, client, at, rightClient, struct.rightClock, known, needs)
  if (parentClient >= 0) noteNeed(index, client, at, parentClient, struct.parentClock, known, needs)
}

const noteNeed = (
  index: number,
  client: number,
  at: number,
  refClient: number,
  refClock: number,
  known: Known,
  needs: number[],
): void => {
  if (refClient === client && refClock < at) return
  if (refClock < known(refClient)) return
  needs.push(index, at, refClient, refClock)
}

const readDeletes = (c: Cursor, deletesMax: number): number[] => {
  const deletes: number[] = []
  const clients = readVarUint(c)
  for (let i = 0; i < clients; i += 1) {
    const client = readVarUint(c)
    const count = readVarUint(c)
    for (let j = 0; j < count; j += 1) {
      const from = readVarUint(c)
      const to = from + readVarUint(c)
      if (to > Number.MAX_SAFE_INTEGER || deletes.length >= deletesMax * 3) throw torn
      if (to > from) deletes.push(client, from, to)
    }
  }
  return deletes
}

const areDistinct = (sections: readonly Section[]): boolean =>
  sections.length < 2 || new Set(sections.map(({ client }) => client)).size === sections.length

/**
 * Whether the update could be integrated, given that all it needs from outside is held: needs between its own sections
 * must be met without a circle. Linear in the needs.
 */
export const isOrderable = ({ sections, needs }: Pick<Scan, 'sections' | 'needs'>): boolean => {
  if (needs.length === 0) return true
  const sectionOf = new Map(sections.map((section, index) => [section.client, index]))
  const own: number[][] = sections.map(() => [])
  for (let i = 0; i < needs.length; i += 4) (own[needs[i] as number] as number[]).push(i)
  const next = sections.map(() => 0)
  /** How far each section is integrated. */
  const reached = sections.map(({ clock }) => clock)
  const waiting = new Map<number, number[]>()
  const ready = sections.map((_, index) => index)
  let done = 0
  for (let index = ready.pop(); index !== undefined; index = ready.pop()) {
    const mine = own[index] as number[]
    const before = reached[index]
    let blocked = false
    while (!blocked && (next[index] as number) < mine.length) {
      const need = mine[next[index] as number] as number
      reached[index] = needs[need + 1] as number
      const target = sectionOf.get(needs[need + 2] as number)
      if (target === undefined || (needs[need + 3] as number) >= (sections[target] as Section).end)
        return false
      if ((needs[need + 3] as number) < (reached[target] as number)) next[index] = (next[index] as number) + 1
      else {
        blocked = true
        const others = waiting.get(target)
        if (others) others.push(index)
        else waiting.set(target, [index])
      }
    }
    if (!blocked) {
      reached[index] = (sections[index] as Section).end
      done += 1
    }
    const awakened = waiting.get(index)
    // Only progress wakes: a circle stays asleep.
    if (awakened && reached[index] !== before) {
      waiting.delete(index)
      ready.push(...awakened)
    }
  }
  return done === sections.length
}
