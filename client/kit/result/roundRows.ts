// A ranked count as rows and columns: who stands where in the table, what each cell holds. Figures are the count's own.
import type { CountResult, Round } from '../../../shared/counting/poll.ts'

type Ranked = Pick<CountResult, 'rounds' | 'winners'>

export interface RoundCell {
  /** `null` once an option is out. */
  readonly votes: number | null
  readonly moved: number
  readonly mark: 'elected' | 'excluded' | null
}

export interface RoundRow {
  readonly optionId: string
  readonly cells: readonly RoundCell[]
}

const roundOf = (rounds: readonly Round[], kind: 'elected' | 'excluded', optionId: string): number =>
  rounds.findIndex((round) => round[kind].includes(optionId))

/** Best first: the elected as they were elected, then who stood last, then the excluded, the first of them at the end. */
export const rankedOrder = ({ rounds = [], winners }: Ranked, optionIds: readonly string[]): string[] => {
  const last = rounds.at(-1)?.counts ?? {}
  const place = (id: string): readonly [group: number, within: number] => {
    const won = winners.indexOf(id)
    if (won >= 0) return [0, won]
    const out = roundOf(rounds, 'excluded', id)
    return out < 0 ? [1, -(last[id] ?? 0)] : [2, -out]
  }
  return [...optionIds].sort((a, b) => {
    const [groupA, withinA] = place(a)
    const [groupB, withinB] = place(b)
    return groupA - groupB || withinA - withinB
  })
}

const cellOf = (rounds: readonly Round[], at: number, optionId: string): RoundCell => {
  const round = rounds[at]
  const out = roundOf(rounds, 'excluded', optionId)
  return {
    votes: round === undefined || (out >= 0 && at >= out) ? null : (round.counts[optionId] ?? null),
    moved: round?.moved[optionId] ?? 0,
    mark: round?.elected.includes(optionId)
      ? 'elected'
      : round?.excluded.includes(optionId)
        ? 'excluded'
        : null,
  }
}

export const roundRows = (result: Ranked, optionIds: readonly string[]): RoundRow[] => {
  const rounds = result.rounds ?? []
  return rankedOrder(result, optionIds).map((optionId) => ({
    optionId,
    cells: rounds.map((_, at) => cellOf(rounds, at, optionId)),
  }))
}

const decimalsMax = 5
const decimalsOf = (figure: number): number => (String(figure).split('.')[1] ?? '').length

/** Words figures to the digit, all of one table with as many decimals as the finest of them, so that they stand in line. */
export const figureWords = (figures: readonly number[]): ((figure: number) => string) => {
  const decimals = Math.min(decimalsMax, Math.max(0, ...figures.map(decimalsOf)))
  return (figure) => figure.toFixed(decimals)
}

/** `+12`, `−3.5`; a real minus, as wide as the plus. */
export const movedWords = (moved: number, figure: (of: number) => string): string =>
  `${moved > 0 ? '+' : '\u2212'}${figure(Math.abs(moved))}`

export const figuresIn = (rounds: readonly Round[]): number[] =>
  rounds.flatMap(({ counts, moved, nonTransferable }) => [
    ...Object.values(counts),
    ...Object.values(moved),
    nonTransferable,
  ])
