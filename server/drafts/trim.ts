// Cuts from an update what the room holds already, down to the middle of a struct.
import { type Cursor, readVarUint, sizeOfVarUint, skipBytes, writeVarUint } from './bytes.ts'
import type { Section } from './scan.ts'
import { contentRefs, emptyStruct, hasOrigin, hasRightOrigin, readStruct, skipValues } from './structs.ts'

const struct = emptyStruct()

/** Where in the bytes of `section` the struct stands that holds `clock`, and the clock at which that struct begins. */
export const seek = (section: Section, clock: number): { from: number; clock: number; structs: number } => {
  const c: Cursor = { bytes: section.bytes, pos: section.from, end: section.to }
  let at = section.clock
  let structs = section.structs
  while (structs > 0) {
    const from = c.pos
    readStruct(c, struct)
    if (at + struct.length > clock) return { from, clock: at, structs }
    at += struct.length
    structs -= 1
  }
  return { from: section.to, clock: at, structs: 0 }
}

/** The part of a section from `clock` on; `clock` lies inside it. Undefined when it would split a letter in two. */
export const trimSection = (section: Section, clock: number): Section | undefined => {
  const place = seek(section, clock)
  if (place.clock === clock) {
    return { ...section, clock, structs: place.structs, from: place.from, textAt: -1, joins: false }
  }
  const c: Cursor = { bytes: section.bytes, pos: place.from, end: section.to }
  readStruct(c, struct)
  const rest = section.bytes.subarray(c.pos, section.to)
  const head = tailOfStruct(section.bytes, clock - place.clock, section.client, clock - 1, c.pos)
  if (!head) return undefined
  const bytes = new Uint8Array(head.length + rest.length)
  bytes.set(head)
  bytes.set(rest, head.length)
  return {
    ...section,
    bytes,
    clock,
    structs: place.structs,
    from: 0,
    to: bytes.length,
    textAt: -1,
    joins: false,
  }
}

/** The struct just read, without its first `offset` clocks, as Yjs writes it: its origin is the clock before. */
const tailOfStruct = (
  bytes: Uint8Array,
  offset: number,
  client: number,
  originClock: number,
  to: number,
): Uint8Array | undefined => {
  const ref = struct.info & 31
  const content = tailOfContent(bytes, ref, offset, to)
  if (!content) return undefined
  if (struct.info === contentRefs.gc) return concat([new Uint8Array([0]), content])
  const right =
    struct.info & hasRightOrigin
      ? concat([varUint(struct.rightClient), varUint(struct.rightClock)])
      : new Uint8Array(0)
  return concat([
    new Uint8Array([struct.info | hasOrigin]),
    varUint(client),
    varUint(originClock),
    right,
    content,
  ])
}

const tailOfContent = (
  bytes: Uint8Array,
  ref: number,
  offset: number,
  to: number,
): Uint8Array | undefined => {
  const c: Cursor = { bytes, pos: struct.contentAt, end: to }
  const length = readVarUint(c)
  if (ref === contentRefs.gc || ref === contentRefs.deleted) return varUint(length - offset)
  if (ref === contentRefs.string) {
    if (!skipUnits(c, offset)) return undefined
    return concat([varUint(to - c.pos), bytes.subarray(c.pos, to)])
  }
  skipValues(c, ref, offset)
  return concat([varUint(length - offset), bytes.subarray(c.pos, to)])
}

/** False when `units` end between the two halves of a surrogate pair. */
const skipUnits = (c: Cursor, units: number): boolean => {
  let left = units
  while (left > 0) {
    const byte = c.bytes[c.pos] as number
    left -= byte >= 0xf0 ? 2 : 1
    skipBytes(c, byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1)
  }
  return left === 0
}

const varUint = (value: number): Uint8Array => {
  const bytes = new Uint8Array(sizeOfVarUint(value))
  writeVarUint(bytes, 0, value)
  return bytes
}

const concat = (parts: readonly Uint8Array[]): Uint8Array => {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let pos = 0
  for (const part of parts) {
    bytes.set(part, pos)
    pos += part.length
  }
  return bytes
}
