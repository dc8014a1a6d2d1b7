// What of a difference is shown: the lines that changed with a little of what stands around them; the rest is folded.
import type { Block, Part } from '../../../shared/drafts/difference.ts'

export type Row =
  | { readonly kind: 'block'; readonly key: string; readonly block: Block }
  /** `at` is the number of the first folded block. */
  | { readonly kind: 'fold'; readonly key: string; readonly at: number; readonly count: number }

/** A fold of fewer lines would take as much room as they do. */
const foldLeast = 3

const keyOf = (block: Block): string => {
  if (block.kind === 'deleted') return `d${block.before}`
  return block.kind === 'inserted' ? `i${block.after}` : `b${block.before}`
}

/** Whether anything of a line is different, be it only its form. */
export const isChange = (block: Block): boolean => block.kind !== 'same' || block.forms !== undefined

/**
 * @param around how many unchanged lines stand on either side of a change
 * @param opened folds that were opened, by the number of their first block
 */
export const rowsOf = (blocks: readonly Block[], around: number, opened: ReadonlySet<number>): Row[] => {
  const isShown = new Uint8Array(blocks.length)
  blocks.forEach((block, i) => {
    if (!isChange(block)) return
    for (let at = Math.max(0, i - around); at <= Math.min(blocks.length - 1, i + around); at += 1)
      isShown[at] = 1
  })
  const rows: Row[] = []
  for (let i = 0; i < blocks.length; ) {
    let end = i
    while (end < blocks.length && !isShown[end]) end += 1
    if (end - i >= foldLeast && !opened.has(i)) {
      rows.push({ kind: 'fold', key: `f${i}`, at: i, count: end - i })
      i = end
      continue
    }
    for (const stop = Math.max(end, i + 1); i < stop; i += 1) {
      const block = blocks[i]
      if (block !== undefined) rows.push({ kind: 'block', key: keyOf(block), block })
    }
  }
  return rows
}

/** Takes the middle out of long pieces that did not change, for where there is little room. */
export const clipped = (parts: readonly Part[], charsMax: number): Part[] =>
  parts.map((part, i) => {
    const letters = [...part.text]
    if (part.kind !== 'same' || letters.length <= charsMax * 2) return part
    const head = i === 0 ? '' : letters.slice(0, charsMax).join('')
    const tail = i === parts.length - 1 ? '' : letters.slice(-charsMax).join('')
    return { kind: 'same', text: `${head}…${tail}` }
  })
