// What is known of letters by their ids: stretches of clocks of each client, each with a value. What was said first
// stands; stretches that go on where another ends become one.

/** How values behave along a stretch. */
export interface Along<V> {
  /** The value `offset` clocks further on. */
  readonly onFrom: (value: V, offset: number) => V
  readonly areSame: (a: V, b: V) => boolean
}

interface Stretch<V> {
  from: number
  to: number
  value: V
}

export class ClockMap<V> {
  readonly #along: Along<V>
  readonly #byClient = new Map<number, Stretch<V>[]>()

  constructor(along: Along<V>) {
    this.#along = along
  }

  at(client: number, clock: number): V | undefined {
    const stretches = this.#byClient.get(client)
    const found = stretches?.[firstBehind(stretches, clock)]
    return found && found.from <= clock ? this.#along.onFrom(found.value, clock - found.from) : undefined
  }

  /** The stretch in pieces, in order; `value` is undefined where nothing is known. */
  forEach(
    client: number,
    from: number,
    to: number,
    see: (from: number, to: number, value: V | undefined) => void,
  ): void {
    const stretches = this.#byClient.get(client) ?? []
    let at = from
    for (let i = firstBehind(stretches, from); i < stretches.length && at < to; i += 1) {
      const known = stretches[i] as Stretch<V>
      if (known.from >= to) break
      if (known.from > at) see(at, known.from, undefined)
      const start = Math.max(at, known.from)
      at = Math.min(to, known.to)
      see(start, at, this.#along.onFrom(known.value, start - known.from))
    }
    if (at < to) see(at, to, undefined)
  }

  /** Says it of those clocks of which nothing is known yet. */
  put(client: number, from: number, to: number, value: V): void {
    const gaps: [number, number][] = []
    this.forEach(client, from, to, (start, end, known) => {
      if (known === undefined) gaps.push([start, end])
    })
    const stretches = this.#byClient.get(client) ?? []
    this.#byClient.set(client, stretches)
    for (const [start, end] of gaps) {
      this.#add(stretches, { from: start, to: end, value: this.#along.onFrom(value, start - from) })
    }
  }

  #add(stretches: Stretch<V>[], stretch: Stretch<V>): void {
    const i = firstBehind(stretches, stretch.from)
    const [before, behind] = [stretches[i - 1], stretches[i]]
    const joinsBefore = before !== undefined && this.#goesOn(before, stretch)
    const joinsBehind = behind !== undefined && this.#goesOn(stretch, behind)
    if (joinsBefore && joinsBehind) {
      before.to = behind.to
      stretches.splice(i, 1)
    } else if (joinsBefore) before.to = stretch.to
    else if (joinsBehind) {
      behind.from = stretch.from
      behind.value = stretch.value
    } else stretches.splice(i, 0, stretch)
  }

  #goesOn(one: Stretch<V>, next: Stretch<V>): boolean {
    const { onFrom, areSame } = this.#along
    return one.to === next.from && areSame(onFrom(one.value, one.to - one.from), next.value)
  }

  *entries(): Generator<readonly [client: number, from: number, to: number, value: V]> {
    for (const [client, stretches] of this.#byClient) {
      for (const { from, to, value } of stretches) yield [client, from, to, value]
    }
  }
}

/** The first stretch that ends behind `clock`. */
const firstBehind = (stretches: readonly { readonly to: number }[], clock: number): number => {
  let [low, high] = [0, stretches.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((stretches[middle] as { to: number }).to > clock) high = middle
    else low = middle + 1
  }
  return low
}
