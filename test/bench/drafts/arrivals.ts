// What arrives: counts each letter that reaches each other person, and how long it took.
import { type Cursor, readVarUint } from '../../../server/drafts/bytes.ts'
import { emptyStruct, readStruct } from '../../../server/drafts/structs.ts'
import type { Typist } from './typist.ts'

const stepsPerMs = 10
const stepsMax = 5_000 * stepsPerMs

export class Arrivals {
  /** Letters that reached somebody else. */
  count = 0
  /** Only these enter the latencies. */
  isMeasuring = false
  private steps = new Uint32Array(stepsMax + 1)
  private measured = 0

  note(ms: number): void {
    this.count += 1
    if (!this.isMeasuring) return
    const step = Math.min(stepsMax, Math.floor(ms * stepsPerMs))
    this.steps[step] = (this.steps[step] as number) + 1
    this.measured += 1
  }

  reset(): void {
    this.steps.fill(0)
    this.measured = 0
  }

  /** Milliseconds. */
  percentile(share: number): number {
    let left = this.measured * share
    for (let step = 0; step <= stepsMax; step += 1) {
      left -= this.steps[step] as number
      if (left <= 0 && this.measured > 0) return step / stepsPerMs
    }
    return stepsMax / stepsPerMs
  }
}

const struct = emptyStruct()
const cursor: Cursor = { bytes: new Uint8Array(0), pos: 0, end: 0 }

interface Seen {
  readonly bytes: Uint8Array
  /** Triples: index of the typist, first clock, clock behind the last. */
  readonly spans: number[]
}

const seenMax = 8
const worthSeeing = 100

/** The people of one draft hear the same bytes, so what a long update holds is read once. */
export class DraftEar {
  private readonly typists: readonly Typist[]
  private readonly indexOf: Map<number, number>
  private readonly arrivals: Arrivals
  private readonly seen: Seen[] = []
  private readonly spans: number[] = []

  constructor(typists: readonly Typist[], arrivals: Arrivals) {
    this.typists = typists
    this.indexOf = new Map(typists.map(({ client }, i) => [client, i]))
    this.arrivals = arrivals
  }

  /** @param me the index of the typist that hears, or -1 */
  hear(me: number, bytes: Uint8Array, now: number): void {
    const spans = this.spansOf(bytes)
    for (let i = 0; i < spans.length; i += 3) {
      const who = spans[i] as number
      if (who === me) continue
      const typist = this.typists[who] as Typist
      const to = spans[i + 2] as number
      for (let clock = Math.max(typist.firstLetter, spans[i + 1] as number); clock < to; clock += 1) {
        this.arrivals.note(now - typist.sent(clock))
      }
    }
  }

  private spansOf(bytes: Uint8Array): number[] {
    if (bytes.length < worthSeeing) return this.read(bytes, this.spans)
    for (const known of this.seen) {
      if (known.bytes.length === bytes.length && Buffer.compare(known.bytes, bytes) === 0) return known.spans
    }
    const spans = this.read(bytes, [])
    this.seen.unshift({ bytes: new Uint8Array(bytes), spans })
    if (this.seen.length > seenMax) this.seen.pop()
    return spans
  }

  private read(bytes: Uint8Array, spans: number[]): number[] {
    spans.length = 0
    cursor.bytes = bytes
    cursor.pos = 0
    cursor.end = bytes.length
    const sections = readVarUint(cursor)
    for (let i = 0; i < sections; i += 1) {
      const structs = readVarUint(cursor)
      const who = this.indexOf.get(readVarUint(cursor)) ?? -1
      const from = readVarUint(cursor)
      let to = from
      for (let j = 0; j < structs; j += 1) {
        readStruct(cursor, struct)
        to += struct.length
      }
      if (who >= 0) spans.push(who, from, to)
    }
    return spans
  }
}
