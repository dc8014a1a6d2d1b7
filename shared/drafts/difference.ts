// Owns the difference between two texts: line by line, and within a line that was reworked, word by word (Chinese
// character by character). Pure, and cut into steps, so that a page can compute it for a long text without standing still.
import type { FormChange } from './differenceForms.ts'
import { anchoredRuns, type Run, runsBetween } from './differenceRuns.ts'

/** A piece of a reworked line. */
export interface Part {
  readonly kind: 'same' | 'deleted' | 'inserted'
  readonly text: string
}

/** What is known where forms were compared (differenceForms.ts): how a line's form changed, and the kinds it stands in. */
interface Reformed {
  readonly forms?: readonly FormChange[]
}
interface Formed {
  readonly of?: string
}
/** Who took words out of a line, where that was asked. */
export interface Removal {
  /** Null where it was not recorded. */
  readonly by: string | null
  /** The words stand elsewhere now. */
  readonly isMoved: boolean
  /** The words, or their beginning; '' for all that is gone from the line. */
  readonly words: string
}
interface Removed {
  readonly removals?: readonly Removal[]
}

/** A line of the two texts. `before` and `after` are its number in each, from 0. */
export type Block =
  | ({
      readonly kind: 'same'
      readonly before: number
      readonly after: number
      readonly text: string
    } & Reformed)
  | ({ readonly kind: 'deleted'; readonly before: number; readonly text: string } & Formed & Removed)
  | ({ readonly kind: 'inserted'; readonly after: number; readonly text: string } & Formed)
  | ({
      readonly kind: 'changed'
      readonly before: number
      readonly after: number
      readonly parts: readonly Part[]
    } & Reformed &
      Removed)

export interface Difference {
  readonly blocks: readonly Block[]
  /** Unicode code points, and lines with different words; `reformed` lines have the same words in another form. */
  readonly figures: {
    readonly inserted: number
    readonly deleted: number
    readonly lines: number
    readonly reformed?: number
  }
}

/** Words and figures whole; everything else, Chinese above all, by the character. */
const tokenPattern = /[\p{Script=Latin}\p{Script=Cyrillic}\p{M}]+|\p{Nd}+|[\s\S]/gu

const tokensOf = (text: string): string[] => text.match(tokenPattern) ?? []

/** Both sequences as numbers, equal where the texts are equal. */
const numbered = (a: readonly string[], b: readonly string[]): [Int32Array, Int32Array] => {
  const numbers = new Map<string, number>()
  const numberOf = (text: string): number => {
    const known = numbers.get(text)
    if (known !== undefined) return known
    numbers.set(text, numbers.size)
    return numbers.size - 1
  }
  return [Int32Array.from(a, numberOf), Int32Array.from(b, numberOf)]
}

/** A word kept between two changes, so short that reading over it is harder than reading it anew. */
const isCrumb = (tokens: readonly string[]): boolean => tokens.length === 1 && tokens.join('').length < 2

/** What became of one line, word by word. */
export const partsBetween = (before: string, after: string): Part[] => {
  const [a, b] = [tokensOf(before), tokensOf(after)]
  const runs = runsBetween(...numbered(a, b))
  const parts: Part[] = []
  let [x, y] = [0, 0]
  let [deleted, inserted] = ['', '']
  const flush = (): void => {
    if (deleted !== '') parts.push({ kind: 'deleted', text: deleted })
    if (inserted !== '') parts.push({ kind: 'inserted', text: inserted })
    deleted = ''
    inserted = ''
  }
  runs.forEach(({ kind, count }, i) => {
    if (kind === 'deleted') deleted += a.slice(x, x + count).join('')
    else if (kind === 'inserted') inserted += b.slice(y, y + count).join('')
    else {
      const same = a.slice(x, x + count)
      const isBetween = i > 0 && i < runs.length - 1
      if (isBetween && isCrumb(same)) {
        deleted += same.join('')
        inserted += same.join('')
      } else {
        flush()
        parts.push({ kind: 'same', text: same.join('') })
      }
    }
    if (kind !== 'inserted') x += count
    if (kind !== 'deleted') y += count
  })
  flush()
  return parts
}

const sameShare = (before: string, after: string, parts: readonly Part[]): number => {
  const kept = parts.reduce((sum, { kind, text }) => sum + (kind === 'same' ? text.length : 0), 0)
  return (2 * kept) / Math.max(1, before.length + after.length)
}

/** Lines with less in common are shown one under the other: a patchwork of both would be unreadable. */
const sameShareLeast = 0.4
/** A reworked stretch of more lines is paired in order instead of by likeness. */
const pairsMax = 400

/** How alike two lines are, 0 to 1, by the pairs of characters that they share. */
const likeness = (a: string, b: string): number => {
  if (a === b) return 1
  if (a.length < 2 || b.length < 2) return 0
  const pairs = new Map<string, number>()
  for (let i = 0; i + 1 < a.length; i += 1) {
    const pair = a.slice(i, i + 2)
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1)
  }
  let shared = 0
  for (let i = 0; i + 1 < b.length; i += 1) {
    const pair = b.slice(i, i + 2)
    const left = pairs.get(pair) ?? 0
    if (left === 0) continue
    pairs.set(pair, left - 1)
    shared += 1
  }
  return (2 * shared) / (a.length + b.length - 2)
}

/** Which of the lines that went became which of those that came: rising pairs, as alike as possible together. */
const pairLines = (gone: readonly string[], come: readonly string[]): [number, number][] => {
  if (gone.length * come.length > pairsMax) {
    return Array.from({ length: Math.min(gone.length, come.length) }, (_, i) => [i, i])
  }
  const width = come.length + 1
  const best = new Float64Array((gone.length + 1) * width)
  const alike = new Float64Array((gone.length + 1) * width)
  for (let i = gone.length - 1; i >= 0; i -= 1) {
    for (let j = come.length - 1; j >= 0; j -= 1) {
      const like = likeness(gone[i] as string, come[j] as string)
      alike[i * width + j] = like
      const paired = like >= sameShareLeast ? like + (best[(i + 1) * width + j + 1] as number) : 0
      best[i * width + j] = Math.max(
        paired,
        best[(i + 1) * width + j] as number,
        best[i * width + j + 1] as number,
      )
    }
  }
  const pairs: [number, number][] = []
  for (let i = 0, j = 0; i < gone.length && j < come.length; ) {
    const here = best[i * width + j] as number
    if (here === best[(i + 1) * width + j]) i += 1
    else if (here === best[i * width + j + 1]) j += 1
    else {
      pairs.push([i, j])
      i += 1
      j += 1
    }
  }
  return pairs
}

interface Places {
  before: number
  after: number
}

/** A stretch of lines that went and lines that came in their place. */
function* reworked(
  gone: readonly string[],
  come: readonly string[],
  at: Places,
): Generator<undefined, Block[]> {
  const blocks: Block[] = []
  let [i, j] = [0, 0]
  const goUpTo = (end: number): void => {
    for (; i < end; i += 1) blocks.push({ kind: 'deleted', before: at.before + i, text: gone[i] as string })
  }
  const comeUpTo = (end: number): void => {
    for (; j < end; j += 1) blocks.push({ kind: 'inserted', after: at.after + j, text: come[j] as string })
  }
  for (const [from, to] of pairLines(gone, come)) {
    yield
    const [before, after] = [gone[from] as string, come[to] as string]
    const parts = partsBetween(before, after)
    if (sameShare(before, after, parts) < sameShareLeast) continue
    goUpTo(from)
    comeUpTo(to)
    blocks.push({ kind: 'changed', before: at.before + from, after: at.after + to, parts })
    i = from + 1
    j = to + 1
  }
  goUpTo(gone.length)
  comeUpTo(come.length)
  return blocks
}

const figuresOf = (blocks: readonly Block[]): Difference['figures'] => {
  let [inserted, deleted, lines] = [0, 0, 0]
  const count = (kind: Part['kind'], text: string): void => {
    if (kind === 'inserted') inserted += [...text].length
    if (kind === 'deleted') deleted += [...text].length
  }
  for (const block of blocks) {
    if (block.kind === 'same') continue
    lines += 1
    if (block.kind === 'changed') for (const { kind, text } of block.parts) count(kind, text)
    else count(block.kind, block.text)
  }
  return { inserted, deleted, lines }
}

/** The difference, a little work at a time; each `yield` is a place to let the page breathe. */
export function* differenceInSteps(
  before: readonly string[],
  after: readonly string[],
): Generator<undefined, Difference> {
  const runs: Run[] = anchoredRuns(...numbered(before, after))
  const blocks: Block[] = []
  const at: Places = { before: 0, after: 0 }
  for (let r = 0; r < runs.length; r += 1) {
    yield
    const { kind, count } = runs[r] as Run
    if (kind === 'same') {
      for (let i = 0; i < count; i += 1) {
        const text = before[at.before + i] as string
        blocks.push({ kind, before: at.before + i, after: at.after + i, text })
      }
      at.before += count
      at.after += count
      continue
    }
    const next = runs[r + 1]
    const gone = kind === 'deleted' ? count : 0
    const come = kind === 'inserted' ? count : next?.kind === 'inserted' ? next.count : 0
    if (kind === 'deleted' && come > 0) r += 1
    const from = before.slice(at.before, at.before + gone)
    const to = after.slice(at.after, at.after + come)
    for (const block of yield* reworked(from, to, at)) blocks.push(block)
    at.before += gone
    at.after += come
  }
  return { blocks, figures: figuresOf(blocks) }
}

/** What turns the lines of one text into those of another. */
export const differenceOf = (before: readonly string[], after: readonly string[]): Difference => {
  const steps = differenceInSteps(before, after)
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/** The lines of a plain text (see plainText.ts); a text without letters has none. */
export const linesOf = (text: string): string[] => (text === '' ? [] : text.split('\n'))

const lineOf = (block: Block, leftOut: 'deleted' | 'inserted'): string[] => {
  if (block.kind === 'same') return [block.text]
  if (block.kind !== 'changed') return block.kind === leftOut ? [] : [block.text]
  return [block.parts.flatMap(({ kind, text }) => (kind === leftOut ? [] : [text])).join('')]
}

/** Either text again, from their difference alone. */
export const textIn = ({ blocks }: Difference, which: 'before' | 'after'): string[] =>
  blocks.flatMap((block) => lineOf(block, which === 'before' ? 'inserted' : 'deleted'))
