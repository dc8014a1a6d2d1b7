// Owns the Schulze method: pairwise preferences, strongest paths by winning votes, and the order that follows.
import { fillFrom, type Leaders } from './leaders.ts'
import type { Marked } from './marked.ts'
import type { TieRule } from './ties.ts'

export interface Beatpaths extends Leaders {
  /** best first, equals in one group */
  order: string[][]
  pairwise: Record<string, Record<string, number>>
  paths: Record<string, Record<string, number>>
  /** how many others each option beats */
  totals: Map<string, number>
}

type Matrix = number[][]

const at = (matrix: Matrix, row: number, column: number): number => matrix[row]?.[column] ?? 0

const square = (size: number): Matrix => Array.from({ length: size }, () => new Array<number>(size).fill(0))

const preferences = (options: readonly string[], ballots: readonly Marked[]): Matrix => {
  const indexOf = new Map(options.map((option, index) => [option, index]))
  const prefer = square(options.length)
  for (const { choice, weight } of ballots) {
    if (!('ranking' in choice)) continue
    const rank = new Array<number>(options.length).fill(choice.ranking.length)
    choice.ranking.forEach((group, place) => {
      for (const option of group) rank[indexOf.get(option) ?? -1] = place
    })
    for (const [row, own] of rank.entries()) {
      const line = prefer[row]
      if (line === undefined) continue
      for (const [column, other] of rank.entries())
        if (own < other) line[column] = (line[column] ?? 0) + weight
    }
  }
  return prefer
}

const strongestPaths = (prefer: Matrix): Matrix => {
  const size = prefer.length
  const path = prefer.map((line, row) =>
    line.map((votes, column) => (votes > at(prefer, column, row) ? votes : 0)),
  )
  for (let via = 0; via < size; via += 1) {
    for (let from = 0; from < size; from += 1) {
      const line = path[from]
      if (from === via || line === undefined) continue
      for (let to = 0; to < size; to += 1) {
        if (to === from || to === via) continue
        line[to] = Math.max(at(path, from, to), Math.min(at(path, from, via), at(path, via, to)))
      }
    }
  }
  return path
}

const table = (options: readonly string[], matrix: Matrix): Record<string, Record<string, number>> =>
  Object.fromEntries(
    options.map((from, row) => [
      from,
      Object.fromEntries(
        options.flatMap((to, column) => (row === column ? [] : [[to, at(matrix, row, column)] as const])),
      ),
    ]),
  )

/** Takes off, again and again, those whom nobody left beats. */
const layers = (
  options: readonly string[],
  beats: (winner: number, loser: number) => boolean,
): string[][] => {
  const order: string[][] = []
  let left = options.map((_, index) => index)
  while (left.length > 0) {
    const top = left.filter((index) => !left.some((other) => beats(other, index)))
    order.push(top.map((index) => options[index] ?? ''))
    left = left.filter((index) => !top.includes(index))
  }
  return order
}

/** Counts by the Schulze method; options that a ballot leaves out rank last on it, level with one another. */
export const countSchulze = (
  options: readonly string[],
  ballots: readonly Marked[],
  places: number,
  rule: TieRule,
  none?: string,
): Beatpaths => {
  const prefer = preferences(options, ballots)
  const path = strongestPaths(prefer)
  const beats = (winner: number, loser: number) => at(path, winner, loser) > at(path, loser, winner)
  const order = layers(options, beats)
  const noneIndex = none === undefined ? -1 : options.indexOf(none)
  const mayWin = (option: string) => noneIndex < 0 || beats(options.indexOf(option), noneIndex)
  let leaders: Leaders = { winners: [], tied: [] }
  const anyone = prefer.some((line) => line.some((votes) => votes > 0))
  for (const group of anyone ? order : []) {
    if (leaders.winners.length >= places || leaders.tied.length > 0) break
    leaders = fillFrom(
      leaders.winners,
      group.filter((option) => option !== none && mayWin(option)),
      places,
      rule,
    )
  }
  const totals = new Map(
    options.map((option, row) => [option, options.filter((_, column) => beats(row, column)).length]),
  )
  return { ...leaders, order, pairwise: table(options, prefer), paths: table(options, path), totals }
}
