// Finds in what one row of the log took out and put in the letters that were only moved: a paragraph split or joined, a
// passage cut and put elsewhere, a deletion undone. Whoever put them down must be who took them out.
import * as Y from 'yjs'
import {
  forEachLetters,
  itemAt,
  type LetterRun,
  type LettersOf,
  partOf,
  runsOf,
  textAt,
} from './letterRuns.ts'
import type { Cut, LetterId, Provenance, Span } from './provenance.ts'
import { type Gone, openMatching, type Same } from './sameLetters.ts'

/** Passages that are remembered as cut by one person, the newest; each has a run a paragraph. */
const cutsPerOwnerMax = 1_000
const spansPerCutMax = 1_000
/** So many letters of what was cut are looked at when something is put down, and at least twice as many as that. */
const waitingLettersMax = 200_000
/** Fewer letters at once are as likely typed as put down, but for what comes next. */
const longCutLettersLeast = 5

/** What a row did to the letters of a draft. */
export interface Doing {
  /** Those that it put in, of which nobody knows yet that they were moved. */
  readonly came: readonly LettersOf[]
  /** Those that stood before it and that it took out. */
  readonly went: readonly LettersOf[]
  /** Those that it took out too, but others had at the same time. */
  readonly again: readonly LettersOf[]
  /** Whether a letter stood before it. */
  readonly stoodBefore: (letter: LetterId) => boolean
}

export const findMoves = (doc: Y.Doc, provenance: Provenance, doing: Doing): void => {
  const { came, went, again } = doing
  noteUndone(doc, provenance, doing)
  const gone = runsOf(doc, went, true)
  const twice = again.length === 0 ? [] : runsOf(doc, again, true)
  const takers = new Set([...gone, ...twice].map(({ by }) => by))
  const mayBeMoved = came.filter(({ by }) => takers.has(by) || provenance.cuts.has(by))
  const put = runsOf(
    doc,
    mayBeMoved.flatMap((span) => notMoved(provenance, span)),
    false,
  )
  for (const by of new Set([...gone, ...put].map((run) => run.by))) {
    const isMine = (each: { readonly by: string }): boolean => each.by === by
    const known = provenance.cuts.get(by) ?? []
    const others = lettersIn(twice.filter(isMine)) < longCutLettersLeast ? [] : twice.filter(isMine)
    const earlier = [...known, ...others.map(({ spans }) => ({ isShort: true, spans }))]
    const putNow = put.filter(isMine)
    const cut = matchOf(doc, provenance, putNow, gone.filter(isMine), earlier)
    const kept = putNow.length === 0 ? known : known.filter(({ isShort }) => !isShort)
    const all = [...kept, ...cut].slice(-cutsPerOwnerMax)
    if (all.length === 0) provenance.cuts.delete(by)
    else provenance.cuts.set(by, all)
  }
}

/** The letters of a span of which nobody knows yet that they were moved. */
export const notMoved = ({ moved }: Provenance, { client, clock, length, by }: LettersOf): LettersOf[] => {
  const rest: LettersOf[] = []
  moved.forEach(client, clock, clock + length, (from, to, source) => {
    if (source === undefined) rest.push({ client, clock: from, length: to - from, by })
  })
  return rest
}

/** One person's part. @returns what was cut now */
const matchOf = (
  doc: Y.Doc,
  provenance: Provenance,
  put: readonly LetterRun[],
  gone: readonly LetterRun[],
  earlier: readonly Cut[],
): Cut[] => {
  const longest = put.reduce((most, { text }) => Math.max(most, text.length), 0)
  // A single letter says something only beside others.
  const shortest = put.length > 1 ? 1 : 2
  let lettersLeft = Math.max(waitingLettersMax, 2 * lettersIn(put))
  const waiting = earlier
    .toReversed()
    .filter(({ spans }) => {
      const length = lengthOf(spans)
      if (length < shortest || length > longest) return false
      lettersLeft -= length
      return lettersLeft >= 0
    })
    .toReversed()
  const sources: readonly (Gone & { readonly spans: readonly Span[] })[] = [
    ...waiting.map(({ spans }) => ({ spans, text: textAt(doc, spans), isEarlier: true })),
    ...gone.map(({ spans, text }) => ({ spans, text, isEarlier: false })),
  ]
  const matching = openMatching(sources)
  for (const run of put) {
    for (const same of matching.take(run.text))
      noteMoved(provenance, run.spans, sources[same.gone]?.spans ?? [], same)
  }
  return cutsOf(
    gone,
    matching.left().flatMap(({ gone: index, from, text }) => {
      const run = gone[index - waiting.length]
      return run ? [{ ...run, text, spans: partOf(run.spans, from, from + text.length) }] : []
    }),
  )
}

/**
 * What of that which went is waited for: what was not put down at once, and long passages that were, as whoever takes
 * back what they did puts them down again.
 */
const cutsOf = (gone: readonly LetterRun[], left: readonly LetterRun[]): Cut[] => {
  const isShort = lettersIn(left) < longCutLettersLeast
  const isLeft = new Set(left.map(({ text }) => text))
  const putDown = gone.filter(({ text }) => text.length >= longCutLettersLeast && !isLeft.has(text))
  const waited = left.filter(({ text }) => text.length > 1 || left.length > 1)
  return [
    ...putDown.map(({ spans }) => ({ isShort: false, spans })),
    ...waited.map(({ spans }) => ({ isShort, spans })),
  ].filter(({ spans }) => spans.length <= spansPerCutMax)
}

const lettersIn = (runs: readonly LetterRun[]): number => runs.reduce((sum, { text }) => sum + text.length, 0)

const lengthOf = (spans: readonly Span[]): number => spans.reduce((sum, { length }) => sum + length, 0)

const noteMoved = (
  provenance: Provenance,
  put: readonly Span[],
  gone: readonly Span[],
  { at, from, length }: Pick<Same, 'at' | 'from' | 'length'>,
): void => {
  const targets = partOf(put, at, at + length)
  let next = from
  for (const target of targets) {
    let { clock } = target
    for (const source of partOf(gone, next, next + target.length)) {
      provenance.moved.put(target.client, clock, clock + source.length, source)
      clock += source.length
    }
    next += target.length
  }
}

/** What somebody deleted and had come back where it was, letter for letter. */
const noteUndone = (doc: Y.Doc, provenance: Provenance, { came, stoodBefore }: Doing): void => {
  for (const span of came) {
    forEachLetters(doc, span, (item, { str }, from, to) => {
      if (item.deleted || !item.rightOrigin || !stoodBefore(item.rightOrigin)) return
      const { client, clock } = item.id
      const spans = deletedAt(doc, provenance, item.rightOrigin, str.slice(from - clock, to - clock), span.by)
      if (spans)
        noteMoved(provenance, [{ client, clock: from, length: to - from }], spans, {
          at: 0,
          from: 0,
          length: to - from,
        })
    })
  }
}

/** The letters from `id` on, when they are this text and this person deleted them. */
const deletedAt = (
  doc: Y.Doc,
  provenance: Provenance,
  id: LetterId,
  text: string,
  by: string,
): Span[] | undefined => {
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
    if (!isAllDeletedBy(provenance, client, from, from + length, by)) return undefined
    // A single letter says little where more went with it.
    if (text.length === 1 && letters.length > 1) return undefined
    spans.push({ client, clock: from, length })
    at += length
  }
  return at === text.length ? spans : undefined
}

const isAllDeletedBy = (
  { deleted }: Provenance,
  client: number,
  from: number,
  to: number,
  by: string,
): boolean => {
  let isAll = true
  deleted.forEach(client, from, to, (_, __, owner) => {
    isAll &&= owner === by
  })
  return isAll
}
