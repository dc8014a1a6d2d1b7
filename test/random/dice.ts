// Dice from a seed: the same throws on every machine.
import { createHash } from 'node:crypto'

export interface Dice {
  /** A whole number from 0 to `bound - 1`. */
  below(bound: number): number
  /** True once in `n` throws. */
  oneIn(n: number): boolean
  /** One of the list, or `undefined` from an empty one. */
  pick<T>(list: readonly T[]): T | undefined
  /** One of a list that is not empty. */
  of<T>(first: T, ...rest: readonly T[]): T
}

export const diceOf = (seed: string): Dice => {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0) || 1
  const next = (): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
  const below = (bound: number): number => Math.floor(next() * bound)
  const pick = <T>(list: readonly T[]): T | undefined => list[below(list.length)]
  return {
    below,
    oneIn: (n) => below(n) === 0,
    pick,
    of: (first, ...rest) => pick([first, ...rest]) ?? first,
  }
}
