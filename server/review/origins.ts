// Where letters come from and what became of them, by what is known of moved ones (server/drafts/provenance.ts).
import type * as Y from 'yjs'
import { type Letters, lettersIn, type MovedLetters } from '../../shared/drafts/authors.ts'
import { textsIn } from '../../shared/drafts/comments.ts'
import { type LetterId, nothingKnown, type Provenance, type Span } from '../drafts/provenance.ts'

type MovedOf = Provenance['moved']

/** @param see called with each part of the letters, and the id that its first letter was first typed under */
const forEachOrigin = (
  moved: MovedOf,
  { client, clock, length }: Span,
  see: (from: number, length: number, origin: LetterId) => void,
): void => {
  const ahead: { span: Span; from: number }[] = [{ span: { client, clock, length }, from: clock }]
  for (let next = ahead.pop(); next; next = ahead.pop()) {
    const { span, from } = next
    moved.forEach(span.client, span.clock, span.clock + span.length, (start, end, source) => {
      const at = from + start - span.clock
      if (source) ahead.push({ span: { ...source, length: end - start }, from: at })
      else see(at, end - start, { client: span.client, clock: start })
    })
  }
}

/** The letters that stand and were moved, with the client id that they were first typed under. */
export const movedIn = (fragment: Y.XmlFragment, moved: MovedOf): MovedLetters[] => {
  const found: MovedLetters[] = []
  for (const text of textsIn(fragment)) {
    for (const { client, clock, from, to } of lettersIn(text)) {
      forEachOrigin(moved, { client, clock, length: to - from }, (start, length, origin) => {
        if (origin.client !== client) found.push([client, start, length, origin.client])
      })
    }
  }
  found.sort(([a, at], [b, bt]) => a - b || at - bt)
  const joined: MovedLetters[] = []
  for (const [client, clock, length, from] of found) {
    const last = joined[joined.length - 1]
    if (last && last[0] === client && last[3] === from && last[1] + last[2] === clock) {
      joined[joined.length - 1] = [client, last[1], last[2] + length, from]
    } else joined.push([client, clock, length, from])
  }
  return joined
}

/**
 * Letters that `client` brought back out of an older text, as the ones they are of.
 * @param current reads as `target` does
 */
export const broughtBack = (current: Y.XmlFragment, target: Y.XmlFragment, client: number): MovedOf => {
  const { moved } = nothingKnown()
  const originals = textsIn(target)
  textsIn(current).forEach((text, index) => {
    const original = originals[index]
    if (original) matchLetters(lettersIn(text), lettersIn(original), client, moved)
  })
  return moved
}

const matchLetters = (
  letters: readonly Letters[],
  originals: readonly Letters[],
  client: number,
  moved: MovedOf,
): void => {
  let i = 0
  for (const original of originals) {
    for (; i < letters.length; i += 1) {
      const mine = letters[i] as Letters
      const from = Math.max(mine.from, original.from)
      const to = Math.min(mine.to, original.to)
      if (mine.client === client && from < to) {
        const clock = mine.clock + from - mine.from
        moved.put(client, clock, clock + to - from, {
          client: original.client,
          clock: original.clock + from - original.from,
        })
      }
      if (mine.to > original.to) break
    }
  }
}

/** What became of a letter in a text. */
export type Fate =
  | { readonly kind: 'stands' }
  /** It was not there yet. */
  | { readonly kind: 'unwritten' }
  | { readonly kind: 'removed'; readonly by: string | null; readonly isMoved: boolean }

export type FateOf = (letter: LetterId) => Fate

/**
 * @param isKnown whether the text knows of a letter, standing or not
 * @param isGone whether it is deleted in the text
 */
export const fatesIn = (
  { deleted, moved }: Provenance,
  isKnown: (letter: LetterId) => boolean,
  isGone: (letter: LetterId) => boolean,
): FateOf => {
  const successors = successorsOf(moved)
  const fateOf = (letter: LetterId, hopsLeft: number): Fate => {
    if (!isKnown(letter)) return { kind: 'unwritten' }
    if (!isGone(letter)) return { kind: 'stands' }
    const by = deleted.at(letter.client, letter.clock) ?? null
    let last: Fate = { kind: 'removed', by, isMoved: false }
    for (const next of hopsLeft > 0 ? successors(letter) : []) {
      const became = fateOf(next, hopsLeft - 1)
      if (became.kind === 'stands' || (became.kind === 'removed' && became.isMoved)) {
        return { kind: 'removed', by, isMoved: true }
      }
      if (became.kind === 'removed') last = became
    }
    return last
  }
  return (letter) => fateOf(letter, hopsMax)
}

/** Somebody may put one letter down again and again. */
const hopsMax = 500

/** Where letters went, by where they came from. */
const successorsOf = (moved: MovedOf): ((letter: LetterId) => LetterId[]) => {
  const bySource = new Map<number, { stretches: Went[]; longest: number }>()
  for (const [client, from, to, source] of moved.entries()) {
    const mine = bySource.get(source.client) ?? { stretches: [], longest: 0 }
    bySource.set(source.client, mine)
    mine.stretches.push({ clock: source.clock, length: to - from, to: { client, clock: from } })
    mine.longest = Math.max(mine.longest, to - from)
  }
  for (const { stretches } of bySource.values()) stretches.sort((a, b) => a.clock - b.clock)
  return ({ client, clock }) => {
    const found: LetterId[] = []
    const { stretches, longest } = bySource.get(client) ?? { stretches: [], longest: 0 }
    for (let i = lastUpTo(stretches, clock); i >= 0; i -= 1) {
      const stretch = stretches[i] as Went
      const offset = clock - stretch.clock
      if (offset >= longest) break
      if (offset < stretch.length) found.push({ client: stretch.to.client, clock: stretch.to.clock + offset })
    }
    return found
  }
}

interface Went {
  readonly clock: number
  readonly length: number
  readonly to: LetterId
}

const lastUpTo = (stretches: readonly Went[], clock: number): number => {
  let [low, high] = [0, stretches.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((stretches[middle] as Went).clock <= clock) low = middle + 1
    else high = middle
  }
  return low - 1
}
