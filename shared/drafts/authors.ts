// Whose letters stand in a text, by the client id each was first typed under. The same on every copy of the draft, once
// it is known which letters are others moved.
import type * as Y from 'yjs'

/** Letters that follow each other in a text and in the clocks of who put them there. */
export interface Letters {
  /** In UTF-16 units of their text. */
  readonly from: number
  readonly to: number
  readonly client: number
  readonly clock: number
}

/** Letters of one client, in UTF-16 units of their text. */
export type AuthorRun = Omit<Letters, 'clock'>

/** Letters that were moved: `length` from `clock` on of `client` were first typed under `from`. */
export type MovedLetters = readonly [client: number, clock: number, length: number, from: number]

/** Client id → its moved letters, by clock. */
export type Moved = ReadonlyMap<number, readonly MovedLetters[]>

export const nothingMoved: Moved = new Map()

export const movedFrom = (moved: readonly MovedLetters[]): Moved => {
  const byClient = new Map<number, MovedLetters[]>()
  for (const letters of moved) {
    const mine = byClient.get(letters[0])
    if (mine) mine.push(letters)
    else byClient.set(letters[0], [letters])
  }
  for (const mine of byClient.values()) mine.sort(([, a], [, b]) => a - b)
  return byClient
}

/** What stands in a text, from its first letter to its last. */
export const lettersIn = (text: Y.XmlText): Letters[] => {
  const letters: Letters[] = []
  let at = 0
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue
    letters.push({ from: at, to: at + item.length, ...item.id })
    at += item.length
  }
  return letters
}

/** Covers the text from its first letter to its last, in order. */
export const authorRuns = (text: Y.XmlText, moved: Moved = nothingMoved): AuthorRun[] => {
  const runs: { from: number; to: number; client: number }[] = []
  for (const { from, to, client, clock } of lettersIn(text)) {
    forEachAuthor(moved.get(client), clock, to - from, client, (start, length, author) => {
      const last = runs[runs.length - 1]
      if (last?.client === author) last.to += length
      else runs.push({ from: from + start - clock, to: from + start - clock + length, client: author })
    })
  }
  return runs
}

const forEachAuthor = (
  moved: readonly MovedLetters[] | undefined,
  clock: number,
  length: number,
  client: number,
  see: (clock: number, length: number, author: number) => void,
): void => {
  const end = clock + length
  let at = clock
  for (let i = moved ? firstBehind(moved, clock) : 0; moved && i < moved.length && at < end; i += 1) {
    const [, from, count, author] = moved[i] as MovedLetters
    if (from >= end) break
    if (from > at) see(at, from - at, client)
    const start = Math.max(at, from)
    at = Math.min(end, from + count)
    see(start, at - start, author)
  }
  if (at < end) see(at, end - at, client)
}

const firstBehind = (moved: readonly MovedLetters[], clock: number): number => {
  let [low, high] = [0, moved.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    const [, from, count] = moved[middle] as MovedLetters
    if (from + count > clock) high = middle
    else low = middle + 1
  }
  return low
}
