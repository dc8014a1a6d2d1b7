// Owns what two sequences of numbers have in common: runs that stay, go and come. Bounded: where the shortest script of
// edits is too long to look for, what differs counts as replaced.

export interface Run {
  readonly kind: 'same' | 'deleted' | 'inserted'
  readonly count: number
}

/** Edits of one stretch beyond which it counts as replaced; the search takes length × edits steps. */
const editsMax = 600

/** Neighbours of a kind become one; of a change, what goes stands before what comes. */
const joined = (runs: readonly Run[]): Run[] => {
  const out: Run[] = []
  let [deleted, inserted] = [0, 0]
  const flush = (): void => {
    if (deleted > 0) out.push({ kind: 'deleted', count: deleted })
    if (inserted > 0) out.push({ kind: 'inserted', count: inserted })
    deleted = 0
    inserted = 0
  }
  for (const { kind, count } of runs) {
    if (kind === 'deleted') deleted += count
    else if (kind === 'inserted') inserted += count
    else if (count > 0) {
      flush()
      const last = out.at(-1)
      if (last?.kind === 'same') out[out.length - 1] = { kind, count: last.count + count }
      else out.push({ kind, count })
    }
  }
  flush()
  return out
}

/** The furthest place on each diagonal after every number of edits; `undefined` when it takes more than `editsMax`. */
const reachEnd = (a: Int32Array, b: Int32Array): Int32Array[] | undefined => {
  const most = Math.min(a.length + b.length, editsMax)
  const middle = most + 1
  const reach = new Int32Array(2 * most + 3).fill(-1)
  reach[middle + 1] = 0
  const trace: Int32Array[] = []
  for (let edits = 0; edits <= most; edits += 1) {
    trace.push(reach.slice(middle - edits - 1, middle + edits + 2))
    for (let k = -edits; k <= edits; k += 2) {
      if (k < -b.length || k > a.length) continue
      const below = reach[middle + k - 1] as number
      const above = reach[middle + k + 1] as number
      let x = k === -edits || (k !== edits && below < above) ? above : below + 1
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1
      reach[middle + k] = x
      if (x >= a.length && x - k >= b.length) return trace
    }
  }
  return undefined
}

/** The way back from the end, turned round. */
const shortest = (a: Int32Array, b: Int32Array): Run[] | undefined => {
  const trace = reachEnd(a, b)
  if (trace === undefined) return undefined
  const runs: Run[] = []
  let [x, y] = [a.length, b.length]
  for (let edits = trace.length - 1; edits > 0; edits -= 1) {
    const reach = trace[edits] as Int32Array
    const at = edits + 1 + (x - y)
    const below = reach[at - 1] as number
    const above = reach[at + 1] as number
    const isInsertion = x - y === -edits || (x - y !== edits && below < above)
    const fromX = isInsertion ? above : below
    const fromY = isInsertion ? fromX - (x - y + 1) : fromX - (x - y - 1)
    const start = isInsertion ? fromX : fromX + 1
    runs.push({ kind: 'same', count: x - start })
    runs.push({ kind: isInsertion ? 'inserted' : 'deleted', count: 1 })
    x = fromX
    y = fromY
  }
  runs.push({ kind: 'same', count: x })
  return runs.reverse()
}

/** What `a` and `b` have in common, in order; counts of `same` and `deleted` add up to `a`. */
export const runsBetween = (a: Int32Array, b: Int32Array): Run[] => {
  const least = Math.min(a.length, b.length)
  let head = 0
  while (head < least && a[head] === b[head]) head += 1
  let tail = 0
  while (tail < least - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1
  const [from, to] = [a.subarray(head, a.length - tail), b.subarray(head, b.length - tail)]
  const replaced: Run[] = [
    { kind: 'deleted', count: from.length },
    { kind: 'inserted', count: to.length },
  ]
  const inner = from.length === 0 || to.length === 0 ? replaced : (shortest(from, to) ?? replaced)
  return joined([{ kind: 'same', count: head }, ...inner, { kind: 'same', count: tail }])
}

/** Where each number stands that occurs once; -1 for one that occurs more often. */
const placesOf = (numbers: Int32Array): Map<number, number> => {
  const places = new Map<number, number>()
  numbers.forEach((number, at) => {
    places.set(number, places.has(number) ? -1 : at)
  })
  return places
}

/** Pairs of places, rising on both sides, of numbers that occur once in each: they hold the rest in place. */
const anchorsOf = (a: Int32Array, b: Int32Array): [number, number][] => {
  const inB = placesOf(b)
  const pairs: [number, number][] = []
  for (const [number, at] of placesOf(a)) {
    const there = inB.get(number) ?? -1
    if (at >= 0 && there >= 0) pairs.push([at, there])
  }
  pairs.sort(([one], [other]) => one - other)
  return longestRising(pairs)
}

const longestRising = (pairs: readonly [number, number][]): [number, number][] => {
  const ends: number[] = []
  const before = new Int32Array(pairs.length).fill(-1)
  pairs.forEach(([, there], i) => {
    let [low, high] = [0, ends.length]
    while (low < high) {
      const half = (low + high) >> 1
      if ((pairs[ends[half] as number] as [number, number])[1] < there) low = half + 1
      else high = half
    }
    if (low > 0) before[i] = ends[low - 1] as number
    ends[low] = i
  })
  const rising: [number, number][] = []
  for (let i = ends.at(-1) ?? -1; i >= 0; i = before[i] as number) rising.push(pairs[i] as [number, number])
  return rising.reverse()
}

/** Like `runsBetween` for long sequences: what occurs once on either side is matched first, then what lies between. */
export const anchoredRuns = (a: Int32Array, b: Int32Array): Run[] => {
  const runs: Run[] = []
  let [x, y] = [0, 0]
  for (const [atA, atB] of anchorsOf(a, b)) {
    runs.push(...runsBetween(a.subarray(x, atA), b.subarray(y, atB)), { kind: 'same', count: 1 })
    x = atA + 1
    y = atB + 1
  }
  runs.push(...runsBetween(a.subarray(x), b.subarray(y)))
  return joined(runs)
}
