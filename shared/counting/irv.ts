// Owns the instant run-off: the last goes out and its ballots move on, until one has more than half of those that
// still name somebody.
import { excludeLowest } from './exclusion.ts'
import { type Marked, strictOrder } from './marked.ts'
import type { Round } from './poll.ts'
import { byLot, type TieRule } from './ties.ts'

export interface RunOff {
  winner?: string
  tied: string[]
  rounds: Round[]
  /** votes in the last round of those still in */
  totals: Map<string, number>
}

interface Standing {
  counts: Map<string, number>
  exhausted: number
}

const stand = (
  orders: readonly (readonly string[])[],
  ballots: readonly Marked[],
  still: ReadonlySet<string>,
): Standing => {
  const counts = new Map([...still].map((option) => [option, 0]))
  let exhausted = 0
  for (const [index, order] of orders.entries()) {
    const holder = order.find((option) => still.has(option))
    const weight = ballots[index]?.weight ?? 0
    if (holder === undefined) exhausted += weight
    else counts.set(holder, (counts.get(holder) ?? 0) + weight)
  }
  return { counts, exhausted }
}

const movedBetween = (
  before: ReadonlyMap<string, number> | undefined,
  after: ReadonlyMap<string, number>,
) => {
  const moved: Record<string, number> = {}
  for (const [option, votes] of before ?? []) {
    const change = (after.get(option) ?? 0) - votes
    if (change !== 0) moved[option] = change
  }
  return moved
}

/** Counts by instant run-off. Two that are level at the end are a tie, for the rule of ties to decide. */
export const countIrv = (options: readonly string[], ballots: readonly Marked[], rule: TieRule): RunOff => {
  const orders = ballots.map(({ choice }) => strictOrder(choice))
  const still = new Set(options)
  const history: Map<string, number>[] = []
  const rounds: Round[] = []
  let out: string[] = []
  let tie: Round['tie']
  for (;;) {
    const { counts, exhausted } = stand(orders, ballots, still)
    const all = [...counts.values()].reduce((sum, votes) => sum + votes, 0)
    const leader = [...counts].find(([, votes]) => 2 * votes > all)?.[0]
    const level = leader === undefined && still.size === 2 && all > 0 ? [...still] : []
    const winner = leader ?? byLot(level, rule, 'first')
    const round: Round = {
      round: rounds.length + 1,
      action: rounds.length === 0 ? 'first' : 'exclusion',
      from: out,
      counts: Object.fromEntries(counts),
      moved: movedBetween(history.at(-1), counts),
      nonTransferable: exhausted,
      elected: winner === undefined ? [] : [winner],
      excluded: out,
    }
    if (level.length > 0 && winner !== undefined) round.tie = { among: level, decidedBy: 'lot' }
    else if (tie !== undefined) round.tie = tie
    rounds.push(round)
    const end = { rounds, totals: counts }
    if (winner !== undefined) return { ...end, winner, tied: [] }
    if (level.length > 0 || all === 0) return { ...end, tied: level }
    const exclusion = excludeLowest(counts, history, rule, 1)
    if (exclusion === undefined) {
      const lowest = Math.min(...counts.values())
      return { ...end, tied: [...still].filter((option) => counts.get(option) === lowest) }
    }
    history.push(counts)
    out = exclusion.out
    tie = exclusion.tie
    for (const option of out) still.delete(option)
  }
}
