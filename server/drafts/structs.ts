// One struct of a Yjs V1 update, read without making anything of it: its length, what it refers to, whether its
// content would decode at every receiver.
import { isUtf8 } from 'node:buffer'
import { draftField } from '../../shared/drafts/plainText.ts'
import { type Cursor, readByte, readVarUint, skipBytes, torn } from './bytes.ts'

/** What the last `readStruct` found; one record used again and again, since this runs for every keystroke. */
export interface Struct {
  info: number
  /** In clocks. */
  length: number
  /** -1 where the struct names none. */
  originClient: number
  originClock: number
  rightClient: number
  rightClock: number
  parentClient: number
  parentClock: number
  /** Where the right origin, the content, begin. */
  rightAt: number
  contentAt: number
  /** UTF-8 bytes of text. */
  textBytes: number
  /** It holds the character NUL, which no text of the hall may: PostgreSQL cannot store it. */
  hasNul: boolean
  /** It stands at the top of the draft's own tree and is no element, which no editor could show. */
  isMisplaced: boolean
}

export const contentRefs = {
  gc: 0,
  deleted: 1,
  json: 2,
  binary: 3,
  string: 4,
  embed: 5,
  format: 6,
  type: 7,
  any: 8,
  skip: 10,
} as const

/** Of Yjs' types, those of a tree. */
const typeRefs = { element: 3, hook: 5, text: 6 } as const

export const emptyStruct = (): Struct => ({
  info: 0,
  length: 0,
  originClient: -1,
  originClock: 0,
  rightClient: -1,
  rightClock: 0,
  parentClient: -1,
  parentClock: 0,
  rightAt: 0,
  contentAt: 0,
  textBytes: 0,
  hasNul: false,
  isMisplaced: false,
})

export const hasOrigin = 128
export const hasRightOrigin = 64
const hasParentKey = 32
const nestingMax = 64

/** Reads one struct. Throws `torn` for whatever a receiver could not read. */
export const readStruct = (c: Cursor, struct: Struct): void => {
  const info = readByte(c)
  struct.info = info
  struct.textBytes = 0
  struct.isMisplaced = false
  struct.originClient = -1
  struct.rightClient = -1
  struct.parentClient = -1
  if (info === contentRefs.gc || info === contentRefs.skip) {
    struct.contentAt = c.pos
    struct.length = readLength(c)
    return
  }
  if (info & hasOrigin) {
    struct.originClient = readVarUint(c)
    struct.originClock = readVarUint(c)
  }
  struct.rightAt = c.pos
  if (info & hasRightOrigin) {
    struct.rightClient = readVarUint(c)
    struct.rightClock = readVarUint(c)
  }
  let isTop = false
  hasSeenNul = false
  if ((info & (hasOrigin | hasRightOrigin)) === 0) {
    isTop = readParent(c, struct)
    if (info & hasParentKey) skipString(c)
  }
  struct.contentAt = c.pos
  struct.length = readContent(c, info & 31, struct)
  struct.hasNul = hasSeenNul
  struct.isMisplaced = isTop && !mayStandAtTop(c, info & 31, struct.contentAt)
}

/** @returns whether it is the draft's own tree */
const readParent = (c: Cursor, struct: Struct): boolean => {
  const byName = readVarUint(c)
  if (byName > 1) throw torn
  if (byName === 1) {
    const from = c.pos
    skipString(c)
    return isDraftField(c.bytes, from, c.pos)
  }
  struct.parentClient = readVarUint(c)
  struct.parentClock = readVarUint(c)
  return false
}

const draftFieldBytes = new TextEncoder().encode(draftField)

/** A string with its length, which is below 128. */
const isDraftField = (bytes: Uint8Array, from: number, to: number): boolean =>
  to - from === draftFieldBytes.length + 1 && draftFieldBytes.every((byte, i) => bytes[from + 1 + i] === byte)

const mayStandAtTop = (c: Cursor, ref: number, contentAt: number): boolean =>
  ref === contentRefs.deleted || (ref === contentRefs.type && c.bytes[contentAt] === typeRefs.element)

const readLength = (c: Cursor): number => {
  const length = readVarUint(c)
  if (length === 0) throw torn
  return length
}

/** Sub-documents (9) are not part of a draft. */
const readContent = (c: Cursor, ref: number, struct: Struct): number => {
  switch (ref) {
    case contentRefs.string: {
      const length = readLength(c)
      skipBytes(c, length)
      struct.textBytes = length
      return countUnits(c.bytes, c.pos - length, c.pos)
    }
    case contentRefs.deleted:
      return readLength(c)
    case contentRefs.type: {
      const type = readVarUint(c)
      // A hook is code of whoever made it; no editor of drafts has any.
      if (type > typeRefs.text || type === typeRefs.hook) throw torn
      if (type === typeRefs.element) skipString(c)
      return 1
    }
    case contentRefs.format:
      skipString(c)
      skipJson(c)
      return 1
    case contentRefs.embed:
      skipJson(c)
      return 1
    case contentRefs.any: {
      const count = readLength(c)
      for (let i = 0; i < count; i += 1) skipAny(c, 0)
      return count
    }
    case contentRefs.json: {
      const count = readLength(c)
      for (let i = 0; i < count; i += 1) skipJson(c)
      return count
    }
    case contentRefs.binary:
      skipBytes(c, readVarUint(c))
      return 1
    default:
      throw torn
  }
}

/** @returns its length in UTF-16 units, which is what Yjs counts */
const skipString = (c: Cursor): number => {
  const length = readVarUint(c)
  const from = c.pos
  skipBytes(c, length)
  return countUnits(c.bytes, from, c.pos)
}

let hasSeenNul = false

/** Throws `torn` for what is not UTF-8. */
const countUnits = (bytes: Uint8Array, from: number, to: number): number => {
  let plain = from
  for (; plain < to; plain += 1) {
    const byte = bytes[plain] as number
    if (byte >= 128) break
    if (byte === 0) hasSeenNul = true
  }
  if (plain === to) return to - from
  if (!isUtf8(bytes.subarray(plain, to))) throw torn
  let units = plain - from
  for (let i = plain; i < to; i += 1) {
    const byte = bytes[i] as number
    if (byte === 0) hasSeenNul = true
    if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1
  }
  return units
}

/** Skips `count` values of a struct's list, in the same way as it was checked. */
export const skipValues = (c: Cursor, ref: number, count: number): void => {
  for (let i = 0; i < count; i += 1) {
    if (ref === contentRefs.any) skipAny(c, 0)
    else skipJson(c)
  }
}

/** Receivers parse it with recursion, so its depth is bounded too. */
const skipJson = (c: Cursor): void => {
  const length = readVarUint(c)
  const from = c.pos
  skipBytes(c, length)
  const text = Buffer.from(c.bytes.buffer, c.bytes.byteOffset + from, length)
  if (!isUtf8(text) || !isJson(text.toString('utf8'))) throw torn
}

/** Yjs writes `undefined` for a missing value in its old list content. */
const isJson = (text: string): boolean => {
  if (text === 'true' || text === 'null' || text === '{}' || text === 'undefined') return true
  return isJsonShallow(text)
}

/** Whether it parses, with no more than 64 levels of nesting. */
export const isJsonShallow = (text: string): boolean => {
  let depth = 0
  let quoted = false
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    if (quoted) {
      if (code === 92) i += 1
      else if (code === 34) quoted = false
    } else if (code === 34) quoted = true
    else if (code === 91 || code === 123) {
      depth += 1
      if (depth > nestingMax) return false
    } else if (code === 93 || code === 125) depth -= 1
  }
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const skipVarInt = (c: Cursor): void => {
  for (let i = 0; i < 9; i += 1) if (readByte(c) < 128) return
  throw torn
}

const skipAny = (c: Cursor, depth: number): void => {
  if (depth > nestingMax) throw torn
  const kind = readByte(c)
  switch (kind) {
    case 127: // undefined
    case 126: // null
    case 121: // false
    case 120: // true
      return
    case 125:
      skipVarInt(c)
      return
    case 124:
      skipBytes(c, 4)
      return
    case 123:
    case 122:
      skipBytes(c, 8)
      return
    case 119:
      skipString(c)
      return
    case 118: {
      const count = readVarUint(c)
      for (let i = 0; i < count; i += 1) {
        skipString(c)
        skipAny(c, depth + 1)
      }
      return
    }
    case 117: {
      const count = readVarUint(c)
      for (let i = 0; i < count; i += 1) skipAny(c, depth + 1)
      return
    }
    case 116:
      skipBytes(c, readVarUint(c))
      return
    default:
      throw torn
  }
}
