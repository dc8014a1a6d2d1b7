// Owns the drawing of lots from a published seed, in a way that anyone can repeat with a SHA-256 tool.
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/**
 * The lot of one option: the SHA-256 of `<seed>|<option>` in hexadecimal
 * (`printf '%s|%s' "$seed" "$option" | sha256sum`).
 */
export const lotOf = (seed: string, option: string): string =>
  bytesToHex(sha256(utf8ToBytes(`${seed}|${option}`)))

/** One draw for a whole poll: the options in the order of their lots. In every tie the earlier one is preferred. */
export const lotOrder = (seed: string, options: readonly string[]): string[] => {
  const lots = new Map(options.map((option) => [option, lotOf(seed, option)]))
  const rank = (option: string) => lots.get(option) ?? ''
  return [...options].sort((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0))
}
