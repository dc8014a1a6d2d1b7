// The short way of a keystroke: text put behind or before something that exists, under its author's own client id, is
// judged and gathered without making an object, since a busy hall sees a hundred thousand a second. Whatever is not
// as plain as that goes the long way through the guard, which refuses; this file never does.
import { isUtf8 } from 'node:buffer'
import { readVarUint, sizeOfVarUint, torn, writeVarUint } from './bytes.ts'
import type { DraftLimits } from './draftLimits.ts'
import type { OwnerOf, Writer } from './guard.ts'
import { type Holdings, isFull, type Piece } from './holdings.ts'
import type { Section } from './scan.ts'
import { contentRefs, hasOrigin, hasRightOrigin } from './structs.ts'

/** The last keystroke that was read; one record used again and again. */
export interface Letter {
  bytes: Uint8Array
  client: number
  clock: number
  /** The clock behind it. */
  end: number
  /** Where its struct begins, its right origin, the length of its text, and its text; and where that ends. */
  from: number
  rightAt: number
  textAt: number
  textFrom: number
  to: number
  /** It was typed right behind the same client's previous letter. */
  joins: boolean
}

const letter: Letter = {
  bytes: new Uint8Array(0),
  client: 0,
  clock: 0,
  end: 0,
  from: 0,
  rightAt: 0,
  textAt: 0,
  textFrom: 0,
  to: 0,
  joins: false,
}
const cursor = { bytes: letter.bytes, pos: 0, end: 0 }

const textStruct = contentRefs.string
/** Longer texts are pastes, which can afford the long way. */
const plainBytesMax = 256

/** Takes a plain keystroke into the holdings. @returns undefined, with nothing changed, for all else */
export const takeLetter = (
  holdings: Holdings,
  ownerOf: OwnerOf,
  writer: Writer,
  bytes: Uint8Array,
  limits: DraftLimits,
): Letter | undefined => {
  if (bytes.length > plainBytesMax || bytes[0] !== 1 || bytes[1] !== 1 || !writer.mayEdit) return undefined
  try {
    if (!readLetter(holdings, bytes)) return undefined
  } catch (fault) {
    if (fault === torn) return undefined
    throw fault
  }
  if (ownerOf(letter.client) !== writer.owner || letter.end > limits.clockMax) return undefined
  const textBytes = letter.to - letter.textFrom
  if (isFull(holdings, textBytes, bytes.length, limits)) return undefined
  holdings.clocks.set(letter.client, letter.end)
  holdings.insertedUnits += letter.end - letter.clock
  holdings.storedBytes += letter.to - letter.from
  holdings.insertedBytes += textBytes
  holdings.edits += 1
  return letter
}

const readLetter = ({ clocks }: Holdings, bytes: Uint8Array): boolean => {
  cursor.bytes = bytes
  cursor.pos = 2
  cursor.end = bytes.length
  const client = readVarUint(cursor)
  const clock = readVarUint(cursor)
  // A client's first letter brings its owner, an older one is an echo.
  if (clock === 0 || clocks.get(client) !== clock) return false
  const from = cursor.pos
  const info = bytes[from] as number
  cursor.pos += 1
  if ((info & 63) !== textStruct || info === textStruct) return false
  let joins = false
  if (info & hasOrigin) {
    const originClient = readVarUint(cursor)
    const originClock = readVarUint(cursor)
    if (originClock >= (clocks.get(originClient) ?? 0)) return false
    joins = originClient === client && originClock === clock - 1
  }
  const rightAt = cursor.pos
  if (info & hasRightOrigin) {
    const rightClient = readVarUint(cursor)
    if (readVarUint(cursor) >= (clocks.get(rightClient) ?? 0)) return false
  }
  const textAt = cursor.pos
  const length = readVarUint(cursor)
  const textFrom = cursor.pos
  const to = textFrom + length
  // Behind the text there are no deletions, and nothing else.
  if (length === 0 || to !== bytes.length - 1 || bytes[to] !== 0) return false
  const units = countUnits(bytes, textFrom, to)
  if (units === 0) return false
  letter.bytes = bytes
  letter.client = client
  letter.clock = clock
  letter.end = clock + units
  letter.from = from
  letter.rightAt = rightAt
  letter.textAt = textAt
  letter.textFrom = textFrom
  letter.to = to
  letter.joins = joins
  return true
}

/** In UTF-16; 0 for what may not stand in a text. */
const countUnits = (bytes: Uint8Array, from: number, to: number): number => {
  let units = 0
  let isPlain = true
  for (let i = from; i < to; i += 1) {
    const byte = bytes[i] as number
    if (byte === 0) return 0
    if (byte >= 128) isPlain = false
    if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1
  }
  return isPlain || isUtf8(bytes.subarray(from, to)) ? units : 0
}

/** Letters typed one behind the other, gathered in bytes of their own. */
export interface Run {
  readonly piece: Pick<Piece, 'sections' | 'deletes'>
  readonly section: Section
  /** Where its text begins, behind room for the length. */
  readonly textFrom: number
}

const noDeletes: readonly number[] = []
/** Room for the length of a text below 16 KiB. */
const lengthRoom = 2
const runBytesMax = 4_096
const firstRoom = 96

/** A copy: the keystroke is a view of a whole chunk of its socket. */
export const beginRun = (typed: Letter): Run => {
  const headBytes = typed.textAt - typed.from
  const textBytes = typed.to - typed.textFrom
  const textFrom = headBytes + lengthRoom
  const bytes = Buffer.allocUnsafe(Math.max(firstRoom, textFrom + textBytes))
  copyBytes(bytes, 0, typed.bytes, typed.from, typed.textAt)
  copyBytes(bytes, textFrom, typed.bytes, typed.textFrom, typed.to)
  const section: Section = {
    bytes,
    client: typed.client,
    clock: typed.clock,
    end: typed.end,
    structs: 1,
    from: 0,
    to: textFrom + textBytes,
    textAt: headBytes,
    rightAt: typed.rightAt - typed.from,
    joins: typed.joins,
  }
  return { piece: { sections: [section], deletes: noDeletes }, section, textFrom }
}

/** @returns whether the letter continues the run, which then holds it */
export const extendRun = ({ section, textFrom }: Run, typed: Letter): boolean => {
  if (!typed.joins || section.end !== typed.clock || !hasSameRight(section, typed)) return false
  const to = section.to + typed.to - typed.textFrom
  if (to - textFrom > runBytesMax) return false
  if (to > section.bytes.length) {
    const wider = Buffer.allocUnsafe(Math.max(to, section.bytes.length * 2))
    wider.set(section.bytes.subarray(0, section.to))
    section.bytes = wider
  }
  copyBytes(section.bytes, section.to, typed.bytes, typed.textFrom, typed.to)
  section.to = to
  section.end = typed.end
  return true
}

/** Writes the length of the text, which is known now, before it. */
export const endRun = ({ section, textFrom }: Run): void => {
  const { bytes, textAt } = section
  const length = section.to - textFrom
  const shift = lengthRoom - sizeOfVarUint(length)
  if (shift > 0) bytes.copyWithin(shift, 0, textAt)
  section.from += shift
  section.rightAt += shift
  section.textAt += shift
  writeVarUint(bytes, section.textAt, length)
}

const hasSameRight = (section: Section, typed: Letter): boolean => {
  const length = section.textAt - section.rightAt
  if (typed.textAt - typed.rightAt !== length) return false
  for (let i = 0; i < length; i += 1) {
    if (section.bytes[section.rightAt + i] !== typed.bytes[typed.rightAt + i]) return false
  }
  return true
}

/** A loop for a few bytes is faster than a view and a `set`. */
const copyBytes = (target: Uint8Array, at: number, source: Uint8Array, from: number, to: number): void => {
  for (let i = from; i < to; i += 1) target[at + i - from] = source[i] as number
}
