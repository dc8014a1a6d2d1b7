// Makes one Yjs update of many by copying bytes: sections of a client follow each other, so their structs do too, and
// letters typed one behind the other become one run. No struct is ever built.
import { sizeOfVarUint, writeVarUint } from './bytes.ts'
import type { Piece } from './holdings.ts'
import { groupDeletes } from './ranges.ts'
import type { Section } from './scan.ts'

/** One stitched update, as it is kept in memory, stored and relayed. */
export interface Packet {
  readonly bytes: Uint8Array
  readonly sections: readonly Section[]
  readonly deletes: readonly number[]
}

/** Part of the output: a stretch of bytes, or a run of text put together from several letters. */
interface Run {
  first: Section
  others: Section[]
  /** UTF-8 bytes of a run of text. */
  length: number
}

/** The sections of each client must follow each other, in the order of `pieces`. */
export const stitch = (pieces: readonly Pick<Piece, 'sections' | 'deletes'>[]): Packet => {
  const byClient = new Map<number, Section[]>()
  for (const { sections } of pieces) {
    for (const section of sections) {
      const mine = byClient.get(section.client)
      if (mine) mine.push(section)
      else byClient.set(section.client, [section])
    }
  }
  const clients = [...byClient.keys()]
  // Yjs and its merging expect higher client ids first.
  if (clients.length > 1) clients.sort((a, b) => b - a)
  const runs = clients.map((client) => joinRuns(byClient.get(client) as Section[]))
  const deletes =
    pieces.length === 1 ? (pieces[0] as Piece).deletes : groupDeletes(pieces.map(({ deletes }) => deletes))

  let size = sizeOfVarUint(clients.length) + sizeOfDeletes(deletes)
  runs.forEach((mine, i) => {
    size += sizeOfSection(mine, clients[i] as number)
  })
  const bytes = new Uint8Array(size)
  const sections: Section[] = []
  let pos = writeVarUint(bytes, 0, clients.length)
  runs.forEach((mine, i) => {
    pos = writeSection(bytes, pos, mine, clients[i] as number, sections)
  })
  writeDeletes(bytes, pos, deletes)
  return { bytes, sections, deletes }
}

const joinRuns = (sections: readonly Section[]): Run[] => {
  const runs: Run[] = []
  let last: Run | undefined
  for (const section of sections) {
    if (last && last.first.textAt >= 0 && section.joins && hasSameRight(last.first, section)) {
      last.others.push(section)
      last.length += textLength(section)
      continue
    }
    last = { first: section, others: [], length: section.textAt < 0 ? 0 : textLength(section) }
    runs.push(last)
  }
  return runs
}

/** The section is one piece of text up to its end. */
const textLength = (section: Section): number => {
  let length = 0
  let unit = 1
  for (let i = section.textAt; ; i += 1) {
    const byte = section.bytes[i] as number
    length += (byte & 127) * unit
    if (byte < 128) return length
    unit *= 128
  }
}

const hasSameRight = (a: Section, b: Section): boolean => {
  const length = a.textAt - a.rightAt
  if (b.textAt - b.rightAt !== length) return false
  for (let i = 0; i < length; i += 1) {
    if (a.bytes[a.rightAt + i] !== b.bytes[b.rightAt + i]) return false
  }
  return true
}

const sizeOfRun = ({ first, others, length }: Run): number =>
  others.length === 0 ? first.to - first.from : first.textAt - first.from + sizeOfVarUint(length) + length

const structsOf = (runs: readonly Run[]): number => runs.reduce((sum, { first }) => sum + first.structs, 0)

const sizeOfSection = (runs: readonly Run[], client: number): number => {
  let size = sizeOfVarUint(structsOf(runs)) + sizeOfVarUint(client)
  size += sizeOfVarUint((runs[0] as Run).first.clock)
  for (const run of runs) size += sizeOfRun(run)
  return size
}

const writeSection = (
  bytes: Uint8Array,
  at: number,
  runs: readonly Run[],
  client: number,
  sections: Section[],
): number => {
  const { clock } = (runs[0] as Run).first
  const structs = structsOf(runs)
  const from = writeVarUint(bytes, writeVarUint(bytes, writeVarUint(bytes, at, structs), client), clock)
  let pos = from
  for (const run of runs) pos = writeRun(bytes, pos, run)
  const final = runs[runs.length - 1] as Run
  const { end } = final.others[final.others.length - 1] ?? final.first
  sections.push({ bytes, client, clock, end, structs, from, to: pos, textAt: -1, rightAt: -1, joins: false })
  return pos
}

const writeRun = (bytes: Uint8Array, at: number, { first, others, length }: Run): number => {
  if (others.length === 0) return copy(bytes, at, first, first.from)
  let pos = at
  for (let i = first.from; i < first.textAt; i += 1) {
    bytes[pos] = first.bytes[i] as number
    pos += 1
  }
  pos = writeVarUint(bytes, pos, length)
  pos = copy(bytes, pos, first, textFrom(first))
  for (const other of others) pos = copy(bytes, pos, other, textFrom(other))
  return pos
}

const textFrom = (section: Section): number => {
  let pos = section.textAt
  while ((section.bytes[pos] as number) >= 128) pos += 1
  return pos + 1
}

/** A loop for a few bytes is faster than a view and a `set`. */
const copy = (bytes: Uint8Array, at: number, section: Section, from: number): number => {
  const length = section.to - from
  if (length > 48) {
    bytes.set(section.bytes.subarray(from, section.to), at)
    return at + length
  }
  for (let i = 0; i < length; i += 1) bytes[at + i] = section.bytes[from + i] as number
  return at + length
}

const forEachGroup = (
  deletes: readonly number[],
  see: (client: number, from: number, to: number) => void,
): number => {
  let groups = 0
  for (let i = 0; i < deletes.length; groups += 1) {
    const from = i
    while (i < deletes.length && deletes[i] === deletes[from]) i += 3
    see(deletes[from] as number, from, i)
  }
  return groups
}

const sizeOfDeletes = (deletes: readonly number[]): number => {
  if (deletes.length === 0) return 1
  let size = 0
  const groups = forEachGroup(deletes, (client, from, to) => {
    size += sizeOfVarUint(client) + sizeOfVarUint((to - from) / 3)
    for (let i = from; i < to; i += 3) {
      const start = deletes[i + 1] as number
      size += sizeOfVarUint(start) + sizeOfVarUint((deletes[i + 2] as number) - start)
    }
  })
  return size + sizeOfVarUint(groups)
}

const writeDeletes = (bytes: Uint8Array, at: number, deletes: readonly number[]): number => {
  let pos = writeVarUint(bytes, at, countGroups(deletes))
  forEachGroup(deletes, (client, from, to) => {
    pos = writeVarUint(bytes, writeVarUint(bytes, pos, client), (to - from) / 3)
    for (let i = from; i < to; i += 3) {
      const start = deletes[i + 1] as number
      pos = writeVarUint(bytes, pos, start)
      pos = writeVarUint(bytes, pos, (deletes[i + 2] as number) - start)
    }
  })
  return pos
}

const countGroups = (deletes: readonly number[]): number => forEachGroup(deletes, () => {})
