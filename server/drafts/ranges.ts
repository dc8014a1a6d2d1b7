// Sets of deleted clocks of one client: sorted, disjoint, half-open ranges. What comes from a client is put in order
// first, since ranges that overlap would be cut into more and more pieces by a set with many gaps.

export interface Ranges {
  readonly starts: number[]
  readonly ends: number[]
}

export const noRanges = (): Ranges => ({ starts: [], ends: [] })

/** The first range from `low` on that ends behind `at`. */
const find = ({ ends }: Ranges, at: number, low = 0): number => {
  let from = low
  let to = ends.length
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((ends[middle] as number) > at) to = middle
    else from = middle + 1
  }
  return from
}

/** Triples client, from, to, as pairs from, to of each client. */
export const pairsByClient = (triples: Iterable<readonly number[]>): Map<number, number[]> => {
  const byClient = new Map<number, number[]>()
  for (const deletes of triples) {
    for (let i = 0; i < deletes.length; i += 3) {
      const client = deletes[i] as number
      const pairs = byClient.get(client)
      if (pairs) pairs.push(deletes[i + 1] as number, deletes[i + 2] as number)
      else byClient.set(client, [deletes[i + 1] as number, deletes[i + 2] as number])
    }
  }
  return byClient
}

const isOrdered = (pairs: readonly number[]): boolean => {
  for (let i = 2; i < pairs.length; i += 2) {
    if ((pairs[i] as number) <= (pairs[i - 1] as number)) return false
  }
  return true
}

/** The same clocks as sorted pairs that neither overlap nor touch. */
export const inOrder = (pairs: readonly number[]): readonly number[] => {
  if (isOrdered(pairs)) return pairs
  const order = Float64Array.from({ length: pairs.length / 2 }, (_, i) => pairs[i * 2] as number).sort()
  // Ends keep no company with their starts: sorted apart, they close the same union.
  const ends = Float64Array.from({ length: order.length }, (_, i) => pairs[i * 2 + 1] as number).sort()
  const joined: number[] = []
  let from = order[0] as number
  for (let i = 1; i < order.length; i += 1) {
    // Every range that has begun has ended before the next one begins.
    if ((order[i] as number) <= (ends[i - 1] as number)) continue
    joined.push(from, ends[i - 1] as number)
    from = order[i] as number
  }
  joined.push(from, ends[ends.length - 1] as number)
  return joined
}

/**
 * What of `pairs`, which are in order, is not in the set.
 * @param see called with each part, in order
 */
export const forEachMissing = (
  set: Ranges | undefined,
  pairs: readonly number[],
  see: (from: number, to: number) => void,
): void => {
  let index = 0
  for (let p = 0; p < pairs.length; p += 2) {
    let at = pairs[p] as number
    const to = pairs[p + 1] as number
    if (set) {
      index = find(set, at, index)
      while (index < set.starts.length && at < to) {
        const start = set.starts[index] as number
        if (start >= to) break
        if (start > at) see(at, start)
        at = Math.max(at, set.ends[index] as number)
        // The next pair may begin in the same range.
        if (at < to) index += 1
      }
    }
    if (at < to) see(at, to)
  }
}

/**
 * Triples client, from, to of several lists as one: each client once, its ranges in order. Yjs keeps deletions of what it
 * has not received yet in a format that can only count upwards, and would remember others for ranges out of order.
 */
export const groupDeletes = (lists: readonly (readonly number[])[]): number[] => {
  const all: number[] = []
  for (const [client, pairs] of pairsByClient(lists)) {
    const ordered = inOrder(pairs)
    for (let i = 0; i < ordered.length; i += 2) {
      all.push(client, ordered[i] as number, ordered[i + 1] as number)
    }
  }
  return all
}

/** A few are put in where they belong; for many, everything is gone through once. */
const fewPairs = 64

/**
 * Adds pairs that are in order and have nothing in common with the set.
 * @returns by how many clocks it grew
 */
export const addMissing = (set: Ranges, pairs: readonly number[]): number => {
  let grown = 0
  for (let i = 0; i < pairs.length; i += 2) {
    grown += (pairs[i + 1] as number) - (pairs[i] as number)
    if (pairs.length <= fewPairs) addOne(set, pairs[i] as number, pairs[i + 1] as number)
  }
  if (pairs.length > fewPairs) addMany(set, pairs)
  return grown
}

const addOne = ({ starts, ends }: Ranges, from: number, to: number): void => {
  const at = find({ starts, ends }, from)
  const joinsBefore = at > 0 && ends[at - 1] === from
  const joinsBehind = starts[at] === to
  if (joinsBefore && joinsBehind) {
    ends[at - 1] = ends[at] as number
    starts.splice(at, 1)
    ends.splice(at, 1)
  } else if (joinsBefore) ends[at - 1] = to
  else if (joinsBehind) starts[at] = from
  else {
    starts.splice(at, 0, from)
    ends.splice(at, 0, to)
  }
}

const addMany = (set: Ranges, pairs: readonly number[]): void => {
  const starts = [...set.starts]
  const ends = [...set.ends]
  set.starts.length = 0
  set.ends.length = 0
  const push = (from: number, to: number): void => {
    const last = set.ends.length - 1
    if (last >= 0 && set.ends[last] === from) set.ends[last] = to
    else {
      set.starts.push(from)
      set.ends.push(to)
    }
  }
  let index = 0
  for (let p = 0; p < pairs.length; p += 2) {
    for (; index < starts.length && (starts[index] as number) < (pairs[p] as number); index += 1) {
      push(starts[index] as number, ends[index] as number)
    }
    push(pairs[p] as number, pairs[p + 1] as number)
  }
  for (; index < starts.length; index += 1) push(starts[index] as number, ends[index] as number)
}
