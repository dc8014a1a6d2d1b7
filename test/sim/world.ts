// The world of a simulation: its time, what is on the way, its dice and its diary. Nothing in it knows the real clock.
import { type Dice, diceOf } from '../random/dice.ts'

interface Happening {
  readonly at: number
  readonly order: number
  readonly run: () => void
}

/** Everything that went wrong somewhere at least once. */
export const faultKinds = [
  'frameDropped',
  'frameDoubled',
  'frameOvertaken',
  'lineBroken',
  'orderSentTwice',
  'signInSentTwice',
  'hintDropped',
  'hintDoubled',
  'hintLate',
  'nodeCrashed',
  'nodeFrozen',
  'clockWrong',
  'storeAway',
  'readingSlow',
  'writeLost',
  'answerOfWriteLost',
  'busAway',
  'closedByTwo',
] as const
export type FaultKind = (typeof faultKinds)[number]

/** Long enough for every patience and every look into the store. */
const enoughMs = 60_000
/** Immediates that are asked for together cost one round of the event loop. */
const turnsAtOnce = 32

export class World {
  /** Milliseconds since the simulation began. */
  now = 0
  readonly dice: Dice
  readonly diary: string[] = []
  readonly faults = new Set<FaultKind>()
  /** Off in the end, when everything must come right. */
  isRough = true
  /** No two meetings are alike: in each, some faults are frequent, some rare, some absent, and people in more or less haste. */
  readonly orderEveryMs: number
  readonly roadMs: number
  private readonly rates: ReadonlyMap<FaultKind, number>
  private readonly heap: Happening[] = []
  private orders = 0

  constructor(seed: string) {
    this.dice = diceOf(seed)
    this.orderEveryMs = this.dice.of(6, 40, 60)
    this.roadMs = this.dice.of(2, 5, 20)
    this.rates = new Map(faultKinds.map((kind) => [kind, this.dice.of(0, 0.5, 1, 1, 3)]))
  }

  note(line: string): void {
    this.diary.push(`${this.now} ${line}`)
  }

  /** Throws the dice for a fault; one that happens is noted. */
  strikes(kind: FaultKind, oneIn: number, where = ''): boolean {
    const rate = this.rates.get(kind) ?? 1
    if (!this.isRough || rate === 0 || !this.dice.oneIn(Math.ceil(oneIn / rate))) return false
    this.faults.add(kind)
    this.note(`! ${kind} ${where}`)
    return true
  }

  /** Between one and `most` milliseconds. */
  soon(most: number): number {
    return 1 + this.dice.below(most)
  }

  after(ms: number, run: () => void): void {
    this.orders += 1
    this.push({ at: this.now + ms, order: this.orders, run })
  }

  /** Runs what happens, one thing after the other, until nobody waits for anything or it is enough. */
  run(isEnough: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      let isOver = false
      const turn = (): void => {
        if (isOver) return
        try {
          const next = isEnough() ? undefined : this.pop()
          if (next) {
            this.now = next.at
            next.run()
            return
          }
          isOver = true
          resolve()
        } catch (fault) {
          isOver = true
          reject(fault)
        }
      }
      // Promises settle before the next thing happens: so they do between one immediate and the next.
      const turns = (): void => {
        if (isOver) return
        for (let i = 0; i < turnsAtOnce; i += 1) setImmediate(turn)
        setImmediate(turns)
      }
      turns()
    })
  }

  /** Runs until a promise of one of its nodes is kept. */
  async untilKept<T>(asked: Promise<T>): Promise<T> {
    let isDone = false
    const until = this.now + enoughMs
    const noticed = asked.finally(() => {
      isDone = true
    })
    noticed.catch(() => {})
    await this.run(() => isDone || this.now > until)
    if (!isDone) throw new Error('a node does not answer')
    return noticed
  }

  private push(happening: Happening): void {
    const { heap } = this
    let at = heap.push(happening) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!isBefore(happening, heap[parent])) break
      heap[at] = heap[parent] as Happening
      at = parent
    }
    heap[at] = happening
  }

  private pop(): Happening | undefined {
    const { heap } = this
    const first = heap[0]
    const last = heap.pop()
    if (!first || !last || heap.length === 0) return first
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Happening, heap[child])) child += 1
      if (!isBefore(heap[child] as Happening, last)) break
      heap[at] = heap[child] as Happening
      at = child
    }
    heap[at] = last
    return first
  }
}

const isBefore = (a: Happening, b: Happening | undefined): boolean =>
  b === undefined || a.at < b.at || (a.at === b.at && a.order < b.order)
