// lib0's variable-length integers over a cursor that never reads past its end, and the writing of them.

export interface Cursor {
  bytes: Uint8Array
  pos: number
  end: number
}

/** Thrown by every reader here; made once, since a stack trace per hostile frame is a gift to the sender. */
export const torn = new Error('the bytes do not decode')

export const readByte = (c: Cursor): number => {
  if (c.pos >= c.end) throw torn
  const byte = c.bytes[c.pos] as number
  c.pos += 1
  return byte
}

export const readVarUint = (c: Cursor): number => {
  let value = 0
  let unit = 1
  for (let i = 0; i < 8; i += 1) {
    if (c.pos >= c.end) throw torn
    const byte = c.bytes[c.pos] as number
    c.pos += 1
    value += (byte & 127) * unit
    if (byte < 128) {
      if (value > Number.MAX_SAFE_INTEGER) throw torn
      return value
    }
    unit *= 128
  }
  throw torn
}

export const skipBytes = (c: Cursor, length: number): void => {
  if (length > c.end - c.pos) throw torn
  c.pos += length
}

/** A view, not a copy. */
export const readVarBytes = (c: Cursor): Uint8Array => {
  const length = readVarUint(c)
  const from = c.pos
  skipBytes(c, length)
  return c.bytes.subarray(from, c.pos)
}

export const sizeOfVarUint = (value: number): number => {
  let size = 1
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) size += 1
  return size
}

/** @returns the position behind it */
export const writeVarUint = (target: Uint8Array, at: number, value: number): number => {
  let pos = at
  let rest = value
  while (rest >= 128) {
    target[pos] = (rest % 128) | 128
    pos += 1
    rest = rest < 2 ** 31 ? rest >>> 7 : Math.floor(rest / 128)
  }
  target[pos] = rest
  return pos + 1
}

/** A state vector, client id to next clock. Throws `torn`. */
export const readStateVector = (bytes: Uint8Array): Map<number, number> => {
  const c: Cursor = { bytes, pos: 0, end: bytes.length }
  const clocks = new Map<number, number>()
  const count = readVarUint(c)
  for (let i = 0; i < count; i += 1) {
    const client = readVarUint(c)
    clocks.set(client, readVarUint(c))
  }
  if (c.pos !== c.end) throw torn
  return clocks
}

export const writeStateVector = (clocks: ReadonlyMap<number, number>): Uint8Array => {
  let size = sizeOfVarUint(clocks.size)
  for (const [client, clock] of clocks) size += sizeOfVarUint(client) + sizeOfVarUint(clock)
  const bytes = new Uint8Array(size)
  let pos = writeVarUint(bytes, 0, clocks.size)
  for (const [client, clock] of clocks) {
    pos = writeVarUint(bytes, pos, client)
    pos = writeVarUint(bytes, pos, clock)
  }
  return bytes
}
