// Finds in what one row of the log took out and put in the letters that were only moved: a paragraph split or joined, a
// passage cut and put elsewhere, a deletion undone. Whoever put them down must be who took them out.
import * as Y from 'yjs'
import type { Cut, Hands, LetterId, Span } from './hands.ts'
import { forEachLetters, itemAt, type LetterRun, type LettersOf, partOf, runsOf, textAt } from './letterRuns.ts'
import { type Gone, openMatching, type Same } from './sameLetters.ts'

/** Passages that are remembered as cut, the newest; each has a run a paragraph. */
const cutsMax = 5_000
const spansPerCutMax = 1_000
/** A single letter that went is not waited for. */
const cutLettersLeast = 2

export const findMoves = (
  doc: Y.Doc,
  hands: Hands,
  came: readonly LettersOf[],
  went: readonly LettersOf[],
): void => {
  noteUndone(doc, hands, came)
  const gone = runsOf(doc, went, true)
  const takers = new Set([...gone, ...hands.cuts].map(({ by }) => by))
  const mayBeMoved = came.filter(({ by }) => takers.has(by)).flatMap((span) => notMoved(hands, span))
  const put = runsOf(doc, mayBeMoved, false)
  const kept = new Set(hands.cuts)
  const cut: Cut[] = []
  for (const by of new Set([...gone, ...put].map((run) => run.by))) {
    const left = matchOf(
      doc,
      hands,
      put.filter((run) => run.by === by),
      gone.filter((run) => run.by === by),
      [...kept].filter((earlier) => earlier.by === by),
    )
    for (const earlier of left.putDown) kept.delete(earlier)
    cut.push(...left.cut)
  }
  if (cut.length > 0 || kept.size < hands.cuts.length) hands.cuts = [...kept, ...cut].slice(-cutsMax)
}

/** The letters of a span of which nobody knows yet that they were moved. */
export const notMoved = ({ moved }: Hands, { client, clock, length, by }: LettersOf): LettersOf[] => {
  const rest: LettersOf[] = []
  moved.forEach(client, clock, clock + length, (from, to, source) => {
    if (source === undefined) rest.push({ client, clock: from, length: to - from, by })
  })
  return rest
}

/** One person's part. @returns the earlier cuts that are put down with this, and what was cut now */
const matchOf = (
  doc: Y.Doc,
  hands: Hands,
  put: readonly LetterRun[],
  gone: readonly LetterRun[],
  earlier: readonly Cut[],
): { readonly putDown: readonly Cut[]; readonly cut: readonly Cut[] } => {
  const longest = put.reduce((most, { text }) => Math.max(most, text.length), 0)
  const waiting = earlier.filter(({ spans }) => lengthOf(spans) <= longest)
  const sources: readonly (Gone & { readonly spans: readonly Span[] })[] = [
    ...waiting.map(({ spans }) => ({ spans, text: textAt(doc, spans), isEarlier: true })),
    ...gone.map(({ spans, text }) => ({ spans, text, isEarlier: false })),
  ]
  const matching = openMatching(sources)
  for (const run of put) {
    for (const same of matching.take(run.text)) noteMoved(hands, run.spans, sources[same.gone]?.spans ?? [], same)
  }
  const left = matching.left()
  const stillWaits = new Set(left.map(({ gone: index }) => index))
  return {
    putDown: waiting.filter((_, index) => !stillWaits.has(index)),
    cut: left.flatMap(({ gone: index, from, text, isEarlier }) => {
      const source = sources[index]
      if (!source || isEarlier || text.length < cutLettersLeast) return []
      const spans = partOf(source.spans, from, from + text.length)
      return spans.length > spansPerCutMax ? [] : [{ by: gone[index - waiting.length]?.by ?? '', spans }]
    }),
  }
}

const lengthOf = (spans: readonly Span[]): number => spans.reduce((sum, { length }) => sum + length, 0)

const noteMoved = (
  hands: Hands,
  put: readonly Span[],
  gone: readonly Span[],
  { at, from, length }: Pick<Same, 'at' | 'from' | 'length'>,
): void => {
  const targets = partOf(put, at, at + length)
  let next = from
  for (const target of targets) {
    let { clock } = target
    for (const source of partOf(gone, next, next + target.length)) {
      hands.moved.put(target.client, clock, clock + source.length, source)
      clock += source.length
    }
    next += target.length
  }
}

/** What somebody deleted and had come back where it was, letter for letter. */
const noteUndone = (doc: Y.Doc, hands: Hands, came: readonly LettersOf[]): void => {
  for (const span of came) {
    forEachLetters(doc, span, (item, { str }, from, to) => {
      if (item.deleted || !item.rightOrigin) return
      const { client, clock } = item.id
      const spans = deletedAt(doc, hands, item.rightOrigin, str.slice(from - clock, to - clock), span.by)
      if (spans) noteMoved(hands, [{ client, clock: from, length: to - from }], spans, { at: 0, from: 0, length: to - from })
    })
  }
}

/** The letters from `id` on, when they are this text and this person deleted them. */
const deletedAt = (doc: Y.Doc, hands: Hands, id: LetterId, text: string, by: string): Span[] | undefined => {
  const spans: Span[] = []
  let at = 0
  let skipped = id.clock
  for (let item: Y.Item | null = itemAt(doc, id.client, id.clock) ?? null; item; item = item.right) {
    const { client, clock } = item.id
    const from = Math.max(clock, client === id.client && at === 0 ? skipped : clock)
    skipped = 0
    if (!item.countable) continue
    const isLetters = item.deleted && item.content instanceof Y.ContentString
    if (at === text.length) return text.length === 1 && isLetters ? undefined : spans
    if (!isLetters) return undefined
    const letters = (item.content as Y.ContentString).str.slice(from - clock)
    const length = Math.min(letters.length, text.length - at)
    if (!text.startsWith(letters.slice(0, length), at)) return undefined
    if (!isAllDeletedBy(hands, client, from, from + length, by)) return undefined
    // A single letter says little where more went with it.
    if (text.length === 1 && letters.length > 1) return undefined
    spans.push({ client, clock: from, length })
    at += length
  }
  return at === text.length ? spans : undefined
}

const isAllDeletedBy = ({ deleted }: Hands, client: number, from: number, to: number, by: string): boolean => {
  let isAll = true
  deleted.forEach(client, from, to, (_, __, owner) => {
    isAll &&= owner === by
  })
  return isAll
}
