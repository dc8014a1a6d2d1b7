// Owns where two texts that grew from one both changed the same passage: there merging keeps the words of both, side by
// side, so people should look at it before they decide.
import { type Block, type Difference, textIn } from './difference.ts'

export interface Conflict {
  /** Both changed the same words; both worked in one line, in other words; both put new lines at one place. */
  readonly kind: 'words' | 'line' | 'place'
  /** The line of the base, from 0; for `place`, the line before which the new ones stand. */
  readonly line: number
  /** What the two made of it; lines joined by `\n`, '' where it was taken out. */
  readonly base: string
  readonly ours: string
  readonly theirs: string
}

/** What one side did to a line of the base: stretches of it, in UTF-16 units. */
interface Touch {
  readonly spans: readonly (readonly [from: number, to: number])[]
  readonly became: string
}

interface Touches {
  readonly lines: ReadonlyMap<number, Touch>
  readonly added: ReadonlyMap<number, string>
}

const spansOf = (block: Extract<Block, { kind: 'changed' }>): Touch => {
  const spans: [number, number][] = []
  let [at, became] = [0, '']
  for (const { kind, text } of block.parts) {
    if (kind !== 'same') spans.push([at, kind === 'deleted' ? at + text.length : at])
    if (kind !== 'inserted') at += text.length
    if (kind !== 'deleted') became += text
  }
  return { spans, became }
}

const touchesOf = ({ blocks }: Difference): Touches => {
  const lines = new Map<number, Touch>()
  const added = new Map<number, string>()
  let next = 0
  for (const block of blocks) {
    if (block.kind === 'inserted') {
      const known = added.get(next)
      added.set(next, known === undefined ? block.text : `${known}\n${block.text}`)
      continue
    }
    next = block.before + 1
    if (block.kind === 'deleted') lines.set(block.before, { spans: [[0, block.text.length]], became: '' })
    if (block.kind === 'changed') lines.set(block.before, spansOf(block))
  }
  return { lines, added }
}

/** Touching counts: two insertions at one place are interleaved too. */
const doMeet = (ours: Touch, theirs: Touch): boolean =>
  ours.spans.some(([from, to]) => theirs.spans.some(([start, end]) => from <= end && start <= to))

/**
 * @param ours what the amendment made of the base
 * @param theirs what became of the base meanwhile
 * @returns in order of the base; nothing where both made the same of it
 */
export const conflictsBetween = (ours: Difference, theirs: Difference): Conflict[] => {
  const base = textIn(ours, 'before')
  const [mine, other] = [touchesOf(ours), touchesOf(theirs)]
  const conflicts: Conflict[] = []
  for (const [line, touch] of mine.lines) {
    const against = other.lines.get(line)
    if (against === undefined || against.became === touch.became) continue
    const kind = doMeet(touch, against) ? 'words' : 'line'
    conflicts.push({ kind, line, base: base[line] ?? '', ours: touch.became, theirs: against.became })
  }
  for (const [line, text] of mine.added) {
    const against = other.added.get(line)
    if (against === undefined || against === text) continue
    conflicts.push({ kind: 'place', line, base: '', ours: text, theirs: against })
  }
  return conflicts.sort((a, b) => a.line - b.line)
}
