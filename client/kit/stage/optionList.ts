// Which options of an open poll stand on the screen: as many as there are lines for, in the poll's own order.
import { emsOf, fitSize, smallest } from './fit.ts'

/** Lines of the smallest size that fit below a question and its rule. */
const linesMax = 6

export interface OptionList {
  /** In 1080ths of the screen's height. */
  readonly size: number
  readonly columns: 1 | 2
  /** How many stand there, and how many are left to the papers. */
  readonly shown: number
  readonly more: number
}

/** @param width of a line, in 1080ths */
export const optionList = (labels: readonly string[], width: number): OptionList => {
  const longest = Math.max(0, ...labels.map(emsOf))
  const isShort = longest * smallest <= width * 0.42
  const columns = labels.length > linesMax && isShort ? 2 : 1
  const room = linesMax * columns
  const size =
    labels.length > 4 ? smallest : fitSize('一'.repeat(Math.ceil(longest)), { width, lines: 1, largest: 64 })
  const linesOf = (label: string): number =>
    columns === 2 ? 1 : Math.ceil((emsOf(label) * size) / (width * 0.92))
  const linesUpTo = (count: number): number =>
    labels.slice(0, count).reduce((lines, label) => lines + linesOf(label), 0)
  const all = { size, columns, shown: labels.length, more: 0 } as const
  if (linesUpTo(labels.length) <= room) return all
  const shown = labels.filter((_, at) => linesUpTo(at + 1) < room).length
  return { ...all, shown, more: labels.length - shown }
}
