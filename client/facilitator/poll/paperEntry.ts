// One teller's own count of a box while it is being typed: bundles of equal papers, what is left over, and whether the
// figures add up. Pure; the hall checks the same again.
import type { BallotChoice } from '../../../shared/counting/ballot.ts'
import type { PaperSheet } from '../../../shared/meeting/commands.ts'
import { sortedSheet } from '../../../shared/meeting/paper.ts'

export interface EntryTexts {
  /** A figure per option, where a paper names one. */
  readonly options: Readonly<Record<string, string>>
  /** Bundles of papers that say the same, where a paper may say more. */
  readonly bundles: PaperSheet['lines']
  readonly blank: string
  readonly spoiled: string
  readonly box: string
  readonly handedOut: string
}

export const newEntry = (handedOut: number): EntryTexts => ({
  options: {},
  bundles: [],
  blank: '',
  spoiled: '',
  box: '',
  handedOut: String(handedOut),
})

/** `null` for what is no count; nothing typed is none. */
export const countOf = (text: string): number | null => {
  const count = text.trim() === '' ? 0 : Number(text)
  return Number.isInteger(count) && count >= 0 ? count : null
}

export type EntryProblem = 'notWhole' | 'boxMissing' | 'sumNotBox' | 'boxOverHandedOut' | 'handedOutOverSeats'

export interface Entry {
  readonly sheet: PaperSheet
  /** Options, blank and spoiled together, as typed so far. */
  readonly sum: number
  readonly problem: EntryProblem | null
}

const linesOf = ({ options, bundles }: EntryTexts): PaperSheet['lines'] => [
  ...Object.entries(options).flatMap(([choice, text]) => {
    const count = countOf(text) ?? 0
    return count > 0 ? [{ choice: { choice }, count }] : []
  }),
  ...bundles,
]

/** @param seats that vote on paper into this box */
export const entryOf = (texts: EntryTexts, seats: number): Entry => {
  const lines = linesOf(texts)
  const [blank, spoiled, box, handedOut] = [texts.blank, texts.spoiled, texts.box, texts.handedOut].map(
    countOf,
  )
  const figures = [blank, spoiled, box, handedOut, ...Object.values(texts.options).map(countOf)]
  const sheet: PaperSheet = sortedSheet({
    lines: [...lines],
    blank: blank ?? 0,
    spoiled: spoiled ?? 0,
    box: box ?? 0,
    handedOut: handedOut ?? 0,
  })
  const sum = lines.reduce((total, { count }) => total + count, 0) + sheet.blank + sheet.spoiled
  const problem = ((): EntryProblem | null => {
    if (figures.some((figure) => figure === null)) return 'notWhole'
    if (texts.box.trim() === '') return 'boxMissing'
    if (sum !== sheet.box) return 'sumNotBox'
    if (sheet.box > sheet.handedOut) return 'boxOverHandedOut'
    return sheet.handedOut > seats ? 'handedOutOverSeats' : null
  })()
  return { sheet, sum, problem }
}

/** Puts papers that say the same onto their bundle, or begins one. */
export const withBundle = (texts: EntryTexts, choice: BallotChoice, count: number): EntryTexts => ({
  ...texts,
  bundles: sortedSheet({
    lines: [...texts.bundles, { choice, count }],
    blank: 0,
    spoiled: 0,
    box: 0,
    handedOut: 0,
  }).lines,
})

export const withoutBundle = (texts: EntryTexts, at: number): EntryTexts => ({
  ...texts,
  bundles: texts.bundles.filter((_, index) => index !== at),
})
