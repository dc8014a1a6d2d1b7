// Owns the choice of method: each method's count in one shape.
import { unreachable } from '../kernel/exhaustive.ts'
import { countIrv } from './irv.ts'
import { leadersOf } from './leaders.ts'
import { bundle, type Marked, strictOrder, totalsOf, votesIn } from './marked.ts'
import type { Method } from './method.ts'
import type { CountResult } from './poll.ts'
import { countSchulze } from './schulze.ts'
import { countStv } from './stv.ts'
import type { TieRule } from './ties.ts'

export type ElectionMethod = Exclude<Method, { kind: 'yesNo' }>

/** Who is chosen and what the method shows of how. `supports` says whose votes a winner rests on, where that is asked. */
export interface Elected extends Pick<CountResult, 'rounds' | 'quota' | 'order' | 'pairwise' | 'paths'> {
  winners: string[]
  tied: string[]
  totals: Map<string, number>
  supports?: (ballot: Marked, winner: string) => boolean
}

const names = ({ choice }: Marked, winner: string): boolean =>
  ('choice' in choice && choice.choice === winner) || ('choices' in choice && choice.choices.includes(winner))

const byRunOff = (options: readonly string[], ballots: readonly Marked[], rule: TieRule): Elected => {
  const { winner, tied, rounds, totals } = countIrv(options, ballots, rule)
  return {
    winners: winner === undefined ? [] : [winner],
    tied,
    rounds,
    totals,
    supports: ({ choice }, supported) =>
      strictOrder(choice).find((option) => totals.has(option)) === supported,
  }
}

const byMethod = (
  method: ElectionMethod,
  options: readonly string[],
  ballots: readonly Marked[],
  places: number,
  rule: TieRule,
): Elected => {
  switch (method.kind) {
    case 'chooseOne':
    case 'chooseUpTo':
    case 'approval':
    case 'score': {
      const totals = totalsOf(options, ballots, votesIn)
      const leaders = leadersOf(totals, places, rule, method.none)
      return method.kind === 'score' ? { ...leaders, totals } : { ...leaders, totals, supports: names }
    }
    case 'irv':
      return byRunOff(options, ballots, rule)
    case 'stv':
      return countStv(options, ballots, places, rule)
    case 'schulze':
      return countSchulze(options, ballots, places, rule, method.none)
    default:
      return unreachable(method)
  }
}

/**
 * Counts an election. None of the above is never chosen: a place that it wins stays empty, and where it wins the only
 * one nobody is. Without a ballot that says anything nobody is chosen either.
 */
export const elect = (
  method: ElectionMethod,
  options: readonly string[],
  cast: readonly Marked[],
  places: number,
  rule: TieRule,
): Elected => {
  const elected = byMethod(method, options, bundle(cast), places, rule)
  const said = [...elected.totals.values()].some((votes) => votes > 0)
  if (!said) return { ...elected, winners: [], tied: [] }
  return { ...elected, winners: elected.winners.filter((option) => option !== method.none) }
}
