// Which of the letters that came are letters that went: a paragraph that was split or joined, a passage that was cut and
// put elsewhere. Letters are the same where whole stretches are, from an end of what went; never by a word somewhere in it.

/** A stretch of letters that went. */
export interface Gone {
  readonly text: string
  /** It went a while ago, so that only the whole of it may come back. */
  readonly isEarlier: boolean
}

/** `length` letters at `at` of what came are those at `from` of the stretch number `gone`. */
export interface Same {
  readonly gone: number
  readonly from: number
  readonly at: number
  readonly length: number
}

/** Fewer are the same only where all of what came is. */
const lettersLeast = 2
/** Letters that are looked at for one row; what is beyond stays with whoever put it there. */
const lookedAtMax = 200_000

interface Stretch extends Gone {
  readonly index: number
  /** Where it begins in its stretch `index`. */
  readonly from: number
}

export interface Matching {
  /** @returns the same letters, in no order; what is taken does not come again */
  take(come: string): Same[]
  /** What has not come. */
  left(): (Gone & { readonly gone: number; readonly from: number })[]
}

/** @param gone the last ones are taken first among equals */
export const openMatching = (gone: readonly Gone[]): Matching => {
  let looksLeft = lookedAtMax
  const stretches = new Set<Stretch>()
  const byText = new Map<string, Set<Stretch>>()
  const add = (stretch: Stretch): void => {
    stretches.add(stretch)
    const alike = byText.get(stretch.text) ?? new Set()
    byText.set(stretch.text, alike.add(stretch))
  }
  const remove = (stretch: Stretch): void => {
    stretches.delete(stretch)
    byText.get(stretch.text)?.delete(stretch)
  }
  gone.forEach((each, index) => {
    add({ ...each, index, from: 0 })
  })

  /** What was done to the stretches since, newest last, so that it can be taken back. */
  let done: (() => void)[] = []
  const spend = (stretch: Stretch, from: number, length: number): void => {
    remove(stretch)
    done.push(() => add(stretch))
    const { text } = stretch
    const keep = (start: number, end: number): void => {
      if (start >= end) return
      const rest = { ...stretch, text: text.slice(start, end), from: stretch.from + start }
      add(rest)
      done.push(() => remove(rest))
    }
    keep(0, from)
    keep(from + length, text.length)
  }

  /** The longest piece that `rest` begins with, or ends with. */
  const edge = (rest: string, side: 'head' | 'tail', may: (piece: Piece) => boolean): Piece | undefined => {
    let best: Piece | undefined
    for (const stretch of stretches) {
      if (looksLeft <= 0) return undefined
      looksLeft -= stretch.isEarlier ? 1 : rest.length + stretch.text.length
      const found = side === 'head' ? headOf(rest, stretch) : tailOf(rest, stretch)
      if (found && may(found) && (!best || found.length >= best.length)) best = found
    }
    return best
  }

  const fromEdges = (come: string, may: (piece: Piece) => boolean): { found: Same[]; isWhole: boolean } => {
    const found: Same[] = []
    let [head, tail] = [0, come.length]
    done = []
    for (const side of ['head', 'tail'] as const) {
      while (head < tail) {
        const piece = edge(come.slice(head, tail), side, may)
        if (!piece) break
        const { stretch, from, length } = piece
        spend(stretch, from, length)
        const at = side === 'head' ? head : tail - length
        found.push({ gone: stretch.index, from: stretch.from + from, at, length })
        if (side === 'head') head += length
        else tail = at
      }
    }
    return { found, isWhole: head >= tail }
  }

  const byEdges = (come: string): Same[] => {
    if (stretches.size === 0) return []
    const all = fromEdges(come, () => true)
    // Put together out of single letters, anything would be the same.
    if (all.isWhole && all.found.length * lettersLeast <= come.length + 1) return all.found
    for (const undo of done.reverse()) undo()
    return fromEdges(come, ({ length, stretch }) => length >= lettersLeast && !stretch.isEarlier).found
  }

  return {
    take: (come) => {
      const whole = [...(byText.get(come) ?? [])].at(-1)
      if (!whole) return byEdges(come)
      remove(whole)
      return [{ gone: whole.index, from: whole.from, at: 0, length: come.length }]
    },
    left: () =>
      [...stretches]
        .sort((a, b) => a.index - b.index || a.from - b.from)
        .map(({ index, from, text, isEarlier }) => ({ gone: index, from, text, isEarlier })),
  }
}

interface Piece {
  readonly stretch: Stretch
  readonly from: number
  readonly length: number
}

const headOf = (rest: string, stretch: Stretch): Piece | undefined => {
  const { text, isEarlier } = stretch
  if (rest.startsWith(text)) return { stretch, from: 0, length: text.length }
  if (isEarlier) return undefined
  const begins = commonHead(rest, text)
  const ends = overlap(text, rest)
  const length = Math.max(begins, ends)
  if (length === 0) return undefined
  return { stretch, from: begins >= ends ? 0 : text.length - length, length }
}

const tailOf = (rest: string, stretch: Stretch): Piece | undefined => {
  const { text, isEarlier } = stretch
  if (rest.endsWith(text)) return { stretch, from: 0, length: text.length }
  if (isEarlier) return undefined
  const ends = commonTail(rest, text)
  const begins = overlap(rest, text)
  const length = Math.max(begins, ends)
  if (length === 0) return undefined
  return { stretch, from: ends > begins ? text.length - length : 0, length }
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000

/** Never in the middle of a letter. */
const commonHead = (a: string, b: string): number => {
  let length = 0
  while (length < a.length && length < b.length && a.charCodeAt(length) === b.charCodeAt(length)) length += 1
  return length > 0 && isHigh(a.charCodeAt(length - 1)) ? length - 1 : length
}

const commonTail = (a: string, b: string): number => {
  let length = 0
  while (
    length < a.length &&
    length < b.length &&
    a.charCodeAt(a.length - 1 - length) === b.charCodeAt(b.length - 1 - length)
  ) {
    length += 1
  }
  return length > 0 && isLow(a.charCodeAt(a.length - length)) ? length - 1 : length
}

/** How many of the last letters of `a` are the first of `b`, at most (Knuth, Morris and Pratt). */
const overlap = (a: string, b: string): number => {
  const tail = a.slice(-b.length)
  const fails = new Int32Array(b.length)
  for (let i = 1, k = 0; i < b.length; i += 1) {
    while (k > 0 && b.charCodeAt(i) !== b.charCodeAt(k)) k = fails[k - 1] as number
    if (b.charCodeAt(i) === b.charCodeAt(k)) k += 1
    fails[i] = k
  }
  let length = 0
  for (let i = 0; i < tail.length; i += 1) {
    if (length === b.length) length = fails[length - 1] as number
    while (length > 0 && tail.charCodeAt(i) !== b.charCodeAt(length)) length = fails[length - 1] as number
    if (tail.charCodeAt(i) === b.charCodeAt(length)) length += 1
  }
  return length
}
