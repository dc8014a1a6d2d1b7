// Who took out what a difference shows as gone: looked up by the letters that stood there, never by their words.
import type { Block, Difference, Removal } from '../../shared/drafts/difference.ts'
import type { LinePart } from '../../shared/drafts/plainText.ts'
import type { Fate, FateOf } from './origins.ts'

/** So much of the words is told with each removal, in Unicode code points. */
const wordsMax = 20
/** A line that more hands went over says no more than that. */
const removalsMax = 12

/** @param lines what the lines of the text before are made of */
export const withRemovals = (
  difference: Difference,
  lines: readonly (readonly LinePart[])[],
  fateOf: FateOf,
): Difference => ({
  ...difference,
  blocks: difference.blocks.map((block) => {
    if (block.kind !== 'deleted' && block.kind !== 'changed') return block
    const removals = removalsOf(goneFrom(block), lines[block.before] ?? [], fateOf)
    return removals.length === 0 ? block : { ...block, removals }
  }),
})

/** A piece that went from a line, at `at` in it. */
interface GonePiece {
  readonly at: number
  readonly text: string
}

const goneFrom = (block: Extract<Block, { kind: 'deleted' | 'changed' }>): GonePiece[] => {
  if (block.kind === 'deleted') return [{ at: 0, text: block.text }]
  const gone: GonePiece[] = []
  let at = 0
  for (const { kind, text } of block.parts) {
    if (kind === 'deleted') gone.push({ at, text })
    if (kind !== 'inserted') at += text.length
  }
  return gone
}

const removalsOf = (gone: readonly GonePiece[], parts: readonly LinePart[], fateOf: FateOf): Removal[] => {
  const removals: Mutable<Removal>[] = []
  for (const { at, text } of gone) {
    let last: Mutable<Removal> | undefined
    for (const { from, to, fate } of fatesOf(parts, at, at + text.length, fateOf)) {
      if (fate.kind !== 'removed') {
        last = undefined
        continue
      }
      const words = text.slice(from - at, to - at)
      if (last && last.by === fate.by && last.isMoved === fate.isMoved) last.words += words
      else {
        last = { by: fate.by, isMoved: fate.isMoved, words }
        removals.push(last)
      }
    }
  }
  const [first] = removals
  const isAll = sum(removals.map(({ words }) => words)) === sum(gone.map(({ text }) => text))
  const isOneHand = removals.every(({ by, isMoved }) => by === first?.by && isMoved === first.isMoved)
  if (first && isAll && isOneHand) return [{ ...first, words: '' }]
  return removals.slice(0, removalsMax).map((removal) => ({ ...removal, words: beginningOf(removal.words) }))
}

const sum = (texts: readonly string[]): number => texts.reduce((all, { length }) => all + length, 0)

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

const beginningOf = (words: string): string => {
  const letters = Array.from(words.slice(0, 2 * wordsMax + 2))
  return letters.length <= wordsMax ? words : `${letters.slice(0, wordsMax).join('')}…`
}

/** The letters between two places of a line, as stretches of one fate. */
const fatesOf = (
  parts: readonly LinePart[],
  start: number,
  end: number,
  fateOf: FateOf,
): { from: number; to: number; fate: Fate }[] => {
  const found: { from: number; to: number; fate: Fate }[] = []
  for (const { from, to, client, clock, isBlock } of parts) {
    for (let at = Math.max(start, from); at < Math.min(end, to); at += 1) {
      const fate = fateOf({ client, clock: isBlock ? clock : clock + at - from })
      const last = found[found.length - 1]
      if (last && last.to === at && areSame(last.fate, fate)) last.to = at + 1
      else found.push({ from: at, to: at + 1, fate })
    }
  }
  return found
}

const areSame = (a: Fate, b: Fate): boolean =>
  a.kind === 'removed' && b.kind === 'removed' ? a.by === b.by && a.isMoved === b.isMoved : a.kind === b.kind
