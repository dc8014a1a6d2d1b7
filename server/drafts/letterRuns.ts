// Letters that came or went together, put in the order of their text: what stands next to each other for a reader, though
// others' deletions may lie between.
import * as Y from 'yjs'
import type { Span } from './provenance.ts'

export interface LettersOf extends Span {
  readonly by: string
}

export interface LetterRun {
  readonly by: string
  readonly text: string
  readonly spans: readonly Span[]
}

/** So many items are walked over for one row at most; a run that goes on behind them ends there. */
const walkMax = 100_000

interface Mark {
  readonly from: number
  readonly to: number
  readonly by: string
}

/** The item that holds a letter; undefined for what was thrown away before it came here. */
export const itemAt = (doc: Y.Doc, client: number, clock: number): Y.Item | undefined => {
  const structs = doc.store.clients.get(client)
  if (!structs || clock >= Y.getState(doc.store, client)) return undefined
  const found = structs[Y.findIndexSS(structs, clock)]
  return found instanceof Y.Item ? found : undefined
}

/** The items with letters among these clocks, each with the part of it that is meant. */
export const forEachLetters = (
  doc: Y.Doc,
  { client, clock, length }: Span,
  see: (item: Y.Item, content: Y.ContentString, from: number, to: number) => void,
): void => {
  const structs = doc.store.clients.get(client)
  if (!structs || structs.length === 0) return
  const end = Math.min(clock + length, Y.getState(doc.store, client))
  if (clock >= end) return
  for (let i = Y.findIndexSS(structs, clock); i < structs.length; i += 1) {
    const struct = structs[i] as Y.Item | Y.GC
    if (struct.id.clock >= end) return
    if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) continue
    const from = Math.max(clock, struct.id.clock)
    see(struct, struct.content, from, Math.min(end, struct.id.clock + struct.length))
  }
}

export const textAt = (doc: Y.Doc, spans: readonly Span[]): string => {
  let text = ''
  for (const span of spans) {
    forEachLetters(doc, span, ({ id }, { str }, from, to) => {
      text += str.slice(from - id.clock, to - id.clock)
    })
  }
  return text
}

/**
 * @param letters in any order; what of them is no letter is left out
 * @param isGone whether they were deleted, or stand
 * @returns by id of their first letter
 */
export const runsOf = (doc: Y.Doc, letters: readonly LettersOf[], isGone: boolean): LetterRun[] => {
  const marks = new Map<Y.Item, Mark[]>()
  for (const span of letters) {
    forEachLetters(doc, span, (item, _, from, to) => {
      if (item.deleted !== isGone) return
      const mine = marks.get(item)
      if (mine) mine.push({ from, to, by: span.by })
      else marks.set(item, [{ from, to, by: span.by }])
    })
  }
  const seen = new Set<Y.Item>()
  const runs: LetterRun[] = []
  let steps = 0
  const isPassable = (item: Y.Item): boolean => item.deleted || !item.countable || marks.has(item)
  for (const item of marks.keys()) {
    if (seen.has(item)) continue
    let first = item
    for (let left = item.left; left && isPassable(left) && steps < walkMax; left = left.left) {
      steps += 1
      if (marks.has(left) && !seen.has(left)) first = left
    }
    const gathered = gather()
    for (let at: Y.Item | null = first; at && isPassable(at); at = at.right) {
      steps += 1
      if (steps > walkMax && at !== item) break
      const mine = seen.has(at) ? undefined : marks.get(at)
      if (mine) gathered.add(at, mine)
      else if (!at.deleted && at.countable) gathered.end()
      seen.add(at)
    }
    runs.push(...gathered.runs())
  }
  const key = ({ spans: [span] }: LetterRun): Span => span as Span
  return runs.sort((a, b) => key(a).client - key(b).client || key(a).clock - key(b).clock)
}

const gather = () => {
  const runs: { by: string; text: string; spans: Span[] }[] = []
  let run: (typeof runs)[number] | undefined
  return {
    end: (): void => {
      run = undefined
    },
    runs: () => runs,
    add: (item: Y.Item, marks: readonly Mark[]): void => {
      const { client, clock } = item.id
      const { str } = item.content as Y.ContentString
      let at = clock
      for (const { from, to, by } of [...marks].sort((a, b) => a.from - b.from)) {
        // Letters that stand keep apart what came on either side of them.
        if (from > at && !item.deleted) run = undefined
        if (run?.by !== by) {
          run = { by, text: '', spans: [] }
          runs.push(run)
        }
        run.text += str.slice(from - clock, to - clock)
        addSpan(run.spans, { client, clock: from, length: to - from })
        at = to
      }
      if (at < clock + item.length && !item.deleted) run = undefined
    },
  }
}

const addSpan = (spans: Span[], span: Span): void => {
  const last = spans[spans.length - 1]
  if (last && last.client === span.client && last.clock + last.length === span.clock) {
    spans[spans.length - 1] = { ...last, length: last.length + span.length }
  } else spans.push(span)
}

/** The letters from `from` to `to` of a run, in UTF-16 units. */
export const partOf = (spans: readonly Span[], from: number, to: number): Span[] => {
  const part: Span[] = []
  let at = 0
  for (const { client, clock, length } of spans) {
    const start = Math.max(from, at)
    const end = Math.min(to, at + length)
    if (start < end) part.push({ client, clock: clock + start - at, length: end - start })
    at += length
  }
  return part
}
