// Messages as long as the door lets in, made of what is dearest to read.
import type { Dice } from '../../random/dice.ts'
import { syncFrame, varUint } from '../raw.ts'

const bytesMax = 4 * 1024 * 1024 - 64

/** `one` as often as fits into `bytes`, behind a head that may say how often. */
const repeated = (
  bytes: number,
  one: readonly number[],
  head: (count: number) => readonly number[],
): Uint8Array => {
  const count = Math.floor((bytes - 64) / one.length)
  const before = head(count)
  const all = new Uint8Array(before.length + count * one.length + 1)
  all.set(before)
  all.set(one, before.length)
  const from = before.length
  const to = from + count * one.length
  for (let done = one.length; from + done < to; done *= 2)
    all.copyWithin(from + done, from, Math.min(from + done, to - done))
  return all
}

const structs =
  (...one: number[]) =>
  (bytes: number, own: number): Uint8Array =>
    syncFrame(
      2,
      repeated(bytes, one, (count) => [1, ...varUint(count), ...varUint(own), 0]),
    )

/** Every kind takes the bytes it may have, and the attacker's client id. */
const kinds: readonly ((bytes: number, own: number) => Uint8Array)[] = [
  structs(0, 1),
  structs(4, 1, 1, 116, 1, 97),
  structs(0x84, 77, 0, 1, 97),
  structs(0x85, 77, 0, 3, 91, 49, 93),
  structs(0x86, 77, 0, 1, 98, 4, 116, 114, 117, 101),
  structs(0x85, 77, 0, 0),
  structs(0x88, 77, 0, 1, 126),
  structs(0x87, 77, 0, 3, 1, 112),
  // One value with a tree of its own in it.
  (bytes, own) => {
    const json = new TextEncoder().encode(`[${'{"a":1},'.repeat(bytes / 10)}1]`)
    const head = [1, 1, ...varUint(own), 0, 5, 1, 1, 116, ...varUint(json.length)]
    const all = new Uint8Array(head.length + json.length + 1)
    all.set(head)
    all.set(json, head.length)
    return syncFrame(2, all)
  },
  // As many client ids as there is room for.
  (bytes) => {
    const sections: number[] = []
    let count = 0
    for (; sections.length < bytes / 8; count += 1) sections.push(1, ...varUint(1_000_000 + count), 0, 0, 1)
    return syncFrame(2, new Uint8Array([...varUint(count), ...sections, 0]))
  },
  // Deletions: of nothing, over each other, of what is another's.
  (bytes, own) =>
    syncFrame(
      2,
      repeated(bytes, [1, 1], (count) => [0, 1, ...varUint(own), ...varUint(count)]),
    ),
  (bytes, own) =>
    syncFrame(
      2,
      repeated(bytes / 8, [0, 127], (count) => [0, 1, ...varUint(own), ...varUint(count)]),
    ),
  (bytes, own) =>
    syncFrame(
      2,
      repeated(bytes, [1, 0], (count) => [0, 1, ...varUint(own), ...varUint(count)]),
    ),
  // A state vector, and carets, of more people than there are.
  (bytes) => syncFrame(0, repeated(bytes, [77, 1], (count) => varUint(count)).slice(0, -1)),
  (bytes) => {
    const entry = [77, 1, 2, 123, 125]
    const body = repeated(bytes, entry, (count) => varUint(count)).slice(0, -1)
    return new Uint8Array(Buffer.concat([Buffer.from([1, ...varUint(body.length)]), body]))
  },
  (bytes) => new Uint8Array(bytes).fill(255),
]

/** Made once: whoever makes them would hold up the people in the same process. */
const made = new Map<string, Uint8Array>()

export const longUpdate = (dice: Dice, own: number): Uint8Array => {
  const kind = dice.below(kinds.length)
  const bytes = dice.of(40_000, 200_000, 1_000_000, bytesMax)
  const key = `${kind} ${bytes}`
  const update = made.get(key) ?? (kinds[kind] ?? structs(0, 1))(bytes, own)
  made.set(key, update)
  return update
}
