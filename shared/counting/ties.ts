// Owns what happens when options are level: looking back at earlier rounds, drawing the lot, or leaving it open.

/** How a level count may be decided. `lot` is the order of a draw (see lot.ts); without it nothing is drawn. */
export interface TieRule {
  readonly lot?: readonly string[]
}

const extreme = (side: 'lowest' | 'highest', figures: readonly number[]): number =>
  side === 'lowest' ? Math.min(...figures) : Math.max(...figures)

/**
 * Those of `among` who had the fewest (or most) votes at the latest earlier round at which they differed, narrowed
 * round by round (SSI 2007/42, rules 49(2) and 51(2)(a)). More than one is left where they were level all along.
 *
 * @param earlier votes after each round before this one, oldest first
 */
export const byEarlierRounds = (
  among: readonly string[],
  earlier: readonly ReadonlyMap<string, number>[],
  side: 'lowest' | 'highest',
): readonly string[] => {
  let left = among
  for (let index = earlier.length - 1; index >= 0 && left.length > 1; index -= 1) {
    const counts = earlier[index]
    if (counts === undefined) continue
    const votes = (option: string) => counts.get(option) ?? 0
    const edge = extreme(side, left.map(votes))
    left = left.filter((option) => votes(option) === edge)
  }
  return left
}

/** The one that the lot prefers (first drawn) or drops (last drawn); undefined where no lot is drawn. */
export const byLot = (
  among: readonly string[],
  rule: TieRule,
  side: 'first' | 'last',
): string | undefined => {
  const drawn = rule.lot?.filter((option) => among.includes(option))
  return side === 'first' ? drawn?.[0] : drawn?.at(-1)
}
