// Owns the choice of who goes out in a ranked count: the lowest, and what to do where several are lowest.
import type { Round } from './poll.ts'
import { byEarlierRounds, byLot, type TieRule } from './ties.ts'

export interface Exclusion {
  out: string[]
  tie?: NonNullable<Round['tie']>
}

/**
 * Who goes out: the lowest; where several are, whoever was lower at the latest round at which they differed; then by
 * lot. Where no lot is drawn they go together, if that cannot change who is elected: all their votes would not lift
 * one of them to the next above, and enough remain for the places. Undefined where the tie stays open.
 *
 * @param keep how many must remain
 */
export const excludeLowest = (
  counts: ReadonlyMap<string, number>,
  earlier: readonly ReadonlyMap<string, number>[],
  rule: TieRule,
  keep: number,
): Exclusion | undefined => {
  const lowest = Math.min(...counts.values())
  const among = [...counts.keys()].filter((option) => counts.get(option) === lowest)
  if (among.length === 1) return { out: among }
  const left = byEarlierRounds(among, earlier, 'lowest')
  if (left.length === 1) return { out: [...left], tie: { among, decidedBy: 'earlierRound' } }
  const drawn = byLot(left, rule, 'last')
  if (drawn !== undefined) return { out: [drawn], tie: { among, decidedBy: 'lot' } }
  const above = [...counts.values()].filter((votes) => votes > lowest)
  const safe = above.length >= keep && lowest * among.length < Math.min(...above)
  return safe ? { out: among, tie: { among, decidedBy: 'together' } } : undefined
}
