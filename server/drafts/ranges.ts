// Sets of deleted clocks of one client: sorted, disjoint, half-open ranges.

export interface Ranges {
  readonly starts: number[]
  readonly ends: number[]
}

export const noRanges = (): Ranges => ({ starts: [], ends: [] })

/** The first range that ends behind `at`. */
const find = ({ ends }: Ranges, at: number): number => {
  let low = 0
  let high = ends.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((ends[middle] as number) > at) high = middle
    else low = middle + 1
  }
  return low
}

/** Appends to `out`, as pairs, the parts of `from`..`to` that are not in the set. */
export const missingFrom = (set: Ranges | undefined, from: number, to: number, out: number[]): void => {
  let at = from
  if (set) {
    for (let i = find(set, from); i < set.starts.length && at < to; i += 1) {
      const start = set.starts[i] as number
      if (start >= to) break
      if (start > at) out.push(at, start)
      at = Math.max(at, set.ends[i] as number)
    }
  }
  if (at < to) out.push(at, to)
}

/** @returns by how many clocks the set grew */
const addRange = (set: Ranges, from: number, to: number): number => {
  const { starts, ends } = set
  let first = find(set, from - 1)
  if (first > 0 && (ends[first - 1] as number) === from) first -= 1
  let start = from
  let end = to
  let held = 0
  let last = first
  while (last < starts.length && (starts[last] as number) <= to) {
    start = Math.min(start, starts[last] as number)
    end = Math.max(end, ends[last] as number)
    held += (ends[last] as number) - (starts[last] as number)
    last += 1
  }
  if (last === first + 1) {
    starts[first] = start
    ends[first] = end
  } else {
    starts.splice(first, last - first, start)
    ends.splice(first, last - first, end)
  }
  return end - start - held
}

/** Adds many at once in one pass. `pairs` are from and to, in any order, and may overlap. */
export const addRanges = (set: Ranges, pairs: readonly number[]): number => {
  if (pairs.length <= 64) {
    let grown = 0
    for (let i = 0; i < pairs.length; i += 2)
      grown += addRange(set, pairs[i] as number, pairs[i + 1] as number)
    return grown
  }
  const all: [number, number][] = set.starts.map((start, i) => [start, set.ends[i] as number])
  let before = 0
  for (const [start, end] of all) before += end - start
  for (let i = 0; i < pairs.length; i += 2) all.push([pairs[i] as number, pairs[i + 1] as number])
  all.sort((a, b) => a[0] - b[0])
  set.starts.length = 0
  set.ends.length = 0
  let after = 0
  let [start, end] = all[0] as [number, number]
  const keep = (): void => {
    set.starts.push(start)
    set.ends.push(end)
    after += end - start
  }
  for (const [from, to] of all) {
    if (from <= end) {
      end = Math.max(end, to)
      continue
    }
    keep()
    start = from
    end = to
  }
  keep()
  return after - before
}
