// Writing GB18030, which no encoder here knows: its table is turned round from the decoder that every runtime has.

/** Characters of the basic plane, each with its bytes (two or four) as one number. */
let table: Map<string, number> | null = null

const replacement = '\ufffd'

const decodeAll = (sequences: readonly (readonly number[])[], into: Map<string, number>): void => {
  // A line break after each keeps one that means nothing from swallowing the next.
  const bytes = Uint8Array.from(sequences.flatMap((sequence) => [...sequence, 0x0a]))
  const characters = new TextDecoder('gb18030').decode(bytes).split('\n')
  for (const [i, sequence] of sequences.entries()) {
    const character = characters[i] ?? ''
    const isOne = character.length === 1 && character !== replacement
    if (isOne && !into.has(character))
      into.set(
        character,
        sequence.reduce((sum, byte) => sum * 256 + byte, 0),
      )
  }
}

const makeTable = (): Map<string, number> => {
  const characters = new Map<string, number>()
  for (let first = 0x81; first <= 0xfe; first += 1) {
    const row: number[][] = []
    for (let second = 0x40; second <= 0xfe; second += 1) if (second !== 0x7f) row.push([first, second])
    decodeAll(row, characters)
  }
  // Four bytes: the rest of the basic plane stands between 81 30 81 30 and 84 31 A4 39.
  for (let first = 0x81; first <= 0x84; first += 1) {
    for (let second = 0x30; second <= 0x39; second += 1) {
      const row: number[][] = []
      for (let third = 0x81; third <= 0xfe; third += 1) {
        for (let fourth = 0x30; fourth <= 0x39; fourth += 1) row.push([first, second, third, fourth])
      }
      decodeAll(row, characters)
    }
  }
  return characters
}

/** Beyond the basic plane the order is Unicode's own: pointer 189,000 is U+10000. */
const astralBytes = (codePoint: number): number[] => {
  const pointer = 189_000 + codePoint - 0x10000
  return [
    0x81 + Math.floor(pointer / 12_600),
    0x30 + (Math.floor(pointer / 1_260) % 10),
    0x81 + (Math.floor(pointer / 10) % 126),
    0x30 + (pointer % 10),
  ]
}

/** What GB18030 has no bytes for becomes a question mark: lone surrogates, and 19 private-use code points it gave up. */
export const encodeGb18030 = (text: string): Uint8Array => {
  table ??= makeTable()
  const bytes: number[] = []
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0x3f
    if (codePoint < 0x80) bytes.push(codePoint)
    else if (codePoint > 0xffff) bytes.push(...astralBytes(codePoint))
    else {
      const packed = table.get(character) ?? 0x3f
      if (packed > 0xffff) bytes.push(Math.floor(packed / 0x1000000), (packed >> 16) & 0xff)
      if (packed > 0xff) bytes.push((packed >> 8) & 0xff)
      bytes.push(packed & 0xff)
    }
  }
  return Uint8Array.from(bytes)
}
