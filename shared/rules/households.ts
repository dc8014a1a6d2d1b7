// Owns which rules give each household one seat, and which of its people takes it.
import type { Preset } from './preset.ts'

/** By households with one ballot each, a household has one seat; the others of it may sit in. */
export const onePerHousehold = ({ quorum, weights }: Preset): boolean =>
  quorum?.basis === 'households' && weights === 'one'

/** The first of each household, in order, and those behind them. Whoever belongs to no household stands alone. */
export const firstOfHouseholds = <T extends { readonly household: string }>(
  people: readonly T[],
): { readonly first: readonly T[]; readonly others: readonly T[] } => {
  const seen = new Set<string>()
  const first: T[] = []
  const others: T[] = []
  for (const person of people) {
    const isBehind = person.household !== '' && seen.has(person.household)
    seen.add(person.household)
    ;(isBehind ? others : first).push(person)
  }
  return { first, others }
}
