// Owns the ballots as the methods count them: equal ones of a party together, each with its weight.
import type { BallotChoice } from './ballot.ts'

/** `weight` equal ballots of a party; the party is '' where it is not known. */
export interface Marked {
  readonly party: string
  readonly weight: number
  readonly choice: BallotChoice
}

const keyOf = ({ party, choice }: Marked): string => {
  if ('choices' in choice) return JSON.stringify([party, [...choice.choices].sort()])
  if ('scores' in choice) return JSON.stringify([party, Object.entries(choice.scores).sort()])
  if ('ranking' in choice) return JSON.stringify([party, choice.ranking.map((group) => [...group].sort())])
  return JSON.stringify([party, choice.choice])
}

/** Puts equal ballots of a party together; what is counted never depends on the order in which they came. */
export const bundle = (ballots: readonly Marked[]): Marked[] => {
  const bundles = new Map<string, Marked>()
  for (const ballot of ballots) {
    const key = keyOf(ballot)
    const before = bundles.get(key)
    bundles.set(key, before === undefined ? ballot : { ...before, weight: before.weight + ballot.weight })
  }
  return [...bundles].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, marked]) => marked)
}

/**
 * The options of a ranked ballot in strict order. Where several stand in one group the ballot cannot say who is next,
 * and ends there (as a paper with two equal preferences does in SSI 2007/42).
 */
export const strictOrder = (choice: BallotChoice): readonly string[] => {
  if (!('ranking' in choice)) return []
  const order: string[] = []
  for (const group of choice.ranking) {
    if (group.length > 1) break
    order.push(...group)
  }
  return order
}

/** Votes of each option: its ballots' weight times what `pointsIn` gives it. */
export const totalsOf = (
  options: readonly string[],
  ballots: readonly Marked[],
  pointsIn: (choice: BallotChoice) => Iterable<readonly [option: string, value: number]>,
): Map<string, number> => {
  const totals = new Map(options.map((option) => [option, 0]))
  for (const { choice, weight } of ballots) {
    for (const [option, value] of pointsIn(choice)) {
      totals.set(option, (totals.get(option) ?? 0) + weight * value)
    }
  }
  return totals
}

const one = (option: string) => [option, 1] as const

/** One vote for every option that a choice names; a score gives its points. */
export const votesIn = (choice: BallotChoice): Iterable<readonly [string, number]> => {
  if ('choice' in choice) return [one(choice.choice)]
  if ('choices' in choice) return choice.choices.map(one)
  return 'scores' in choice ? Object.entries(choice.scores) : []
}
