// Owns the choice of the leading options by their totals: choose one, choose up to k, approval and score.
import { byLot, type TieRule } from './ties.ts'

/** Who is chosen, most votes first, and between whom the last places cannot be decided. */
export interface Leaders {
  winners: string[]
  tied: string[]
}

/**
 * The `places` options with the most votes. An option without a vote is never chosen, nor one that does not beat
 * `none` (none of the above), where there is such an option.
 */
export const leadersOf = (
  totals: ReadonlyMap<string, number>,
  places: number,
  rule: TieRule,
  none?: string,
): Leaders => {
  const bar = none === undefined ? 0 : (totals.get(none) ?? 0)
  const standing = [...totals]
    .filter(([option, votes]) => option !== none && votes > bar)
    .sort(([, a], [, b]) => b - a)
  const last = standing[Math.min(places, standing.length) - 1]
  if (last === undefined) return { winners: [], tied: [] }
  const edge = last[1]
  const winners = standing.filter(([, votes]) => votes > edge).map(([option]) => option)
  const level = standing.filter(([, votes]) => votes === edge).map(([option]) => option)
  return fillFrom(winners, level, places, rule)
}

/** Fills the places left from options that are level: all of them, by lot, or left open. */
export const fillFrom = (
  winners: readonly string[],
  level: readonly string[],
  places: number,
  rule: TieRule,
): Leaders => {
  const left = places - winners.length
  if (level.length <= left) return { winners: [...winners, ...level], tied: [] }
  const drawn: string[] = []
  while (drawn.length < left) {
    const next = byLot(
      level.filter((option) => !drawn.includes(option)),
      rule,
      'first',
    )
    if (next === undefined) return { winners: [...winners], tied: [...level] }
    drawn.push(next)
  }
  return { winners: [...winners, ...drawn], tied: [] }
}
