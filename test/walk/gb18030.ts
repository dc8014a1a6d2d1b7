// Text as the GB18030 bytes that Excel on a Chinese computer writes, for characters of two bytes.

/** Built by asking the decoder for every two-byte code. */
const codes = ((): Map<string, [number, number]> => {
  const decoder = new TextDecoder('gb18030')
  const map = new Map<string, [number, number]>()
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail !== 0x7f) map.set(decoder.decode(new Uint8Array([lead, trail])), [lead, trail])
    }
  }
  return map
})()

export const gb18030 = (text: string): Buffer =>
  Buffer.from(
    [...text].flatMap((character) => {
      const code = character.charCodeAt(0)
      if (code < 0x80) return [code]
      const pair = codes.get(character)
      if (!pair) throw new Error(`${character} has no two-byte code`)
      return pair
    }),
  )
