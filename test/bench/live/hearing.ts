// When everybody heard what: times of marked events, from their being sent to each arrival.

/** Milliseconds in buckets of a tenth, so that millions of samples cost nothing. */
export class Histogram {
  private readonly buckets = new Uint32Array(bucketsMax)
  count = 0
  max = 0

  add(ms: number): void {
    const bucket = Math.min(bucketsMax - 1, Math.max(0, Math.floor(ms * bucketsPerMs)))
    this.buckets[bucket] = (this.buckets[bucket] as number) + 1
    this.count += 1
    if (ms > this.max) this.max = ms
  }

  at(share: number): number {
    let left = this.count * share
    for (let bucket = 0; bucket < bucketsMax; bucket += 1) {
      left -= this.buckets[bucket] as number
      if (left <= 0) return (bucket + 1) / bucketsPerMs
    }
    return this.max
  }
}

const bucketsPerMs = 10
const bucketsMax = 600_000
const markPattern = /"commandId":"(bench-mark-\d+)"/g

/** Every receiver is sent the same bytes, so they are looked into once. */
export class Hearing {
  private readonly sentAt = new Map<string, number>()
  private last: Buffer = Buffer.alloc(0)
  private lastTimes: readonly number[] = []
  private marks = 0
  histogram = new Histogram()

  /** A new mark, sent now. */
  mark(): string {
    this.marks += 1
    const mark = `bench-mark-${this.marks}`
    this.sentAt.set(mark, performance.now())
    return mark
  }

  readonly hear = (message: Buffer): void => {
    if (!this.last.equals(message)) {
      this.last = Buffer.from(message)
      this.lastTimes = [...message.toString('latin1').matchAll(markPattern)].flatMap(
        ([, mark]) => this.sentAt.get(mark ?? '') ?? [],
      )
    }
    if (this.lastTimes.length === 0) return
    const now = performance.now()
    for (const sentAt of this.lastTimes) this.histogram.add(now - sentAt)
  }

  /** Starts counting anew; resolves with what was counted, once so many arrivals were, or nothing comes any more. */
  async heardAll(count: number): Promise<Histogram> {
    let before = -1
    while (this.histogram.count < count && this.histogram.count !== before) {
      before = this.histogram.count
      await new Promise((resolve) => setTimeout(resolve, quietMs))
    }
    return this.histogram
  }

  begin(): void {
    this.histogram = new Histogram()
    this.sentAt.clear()
  }
}

const quietMs = 400
