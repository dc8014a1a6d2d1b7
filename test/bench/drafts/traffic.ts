// Drafts full of people at one server: some type at a steady rate, everybody hears, and it is measured what arrives.
import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { Arrivals, DraftEar } from './arrivals.ts'
import type { Running } from './contenders.ts'
import { Line } from './line.ts'
import { Typist } from './typist.ts'

export interface Shape {
  readonly people: number
  readonly writers: number
  readonly cursors: boolean
}

interface Writer {
  readonly typist: Typist
  readonly line: Line
  /** Share of its period by which it types later than others. */
  readonly phase: number
  typed: number
}

interface DraftOfPeople {
  readonly lines: readonly Line[]
  readonly writers: readonly Writer[]
}

export interface Measured {
  /** Letters a second that reached somebody else. */
  readonly deliveries: number
  readonly p50: number
  readonly p99: number
  /** Share of what was typed that arrived. */
  readonly arrived: number
  /** How busy the load itself was. */
  readonly loadShare: number
  /** Processor time of the server, all threads, in microseconds a letter typed. */
  readonly serverUs: number
  readonly closed: string | undefined
}

const tickMs = 4
const connectAtOnce = 50

export class Traffic {
  private readonly server: Running
  private readonly shape: Shape
  private readonly arrivals = new Arrivals()
  private drafts: DraftOfPeople[] = []
  private letters = 0

  constructor(server: Running, shape: Shape) {
    this.server = server
    this.shape = shape
  }

  get size(): number {
    return this.drafts.length
  }

  /** Lets people into drafts until there are so many, beginning with the draft of this number. */
  async fill(drafts: number, first: number): Promise<void> {
    const fresh: Line[][] = []
    for (let i = this.drafts.length; i < drafts; i += 1) fresh.push(this.peopleOf(first + i))
    const lines = fresh.flat()
    for (let i = 0; i < lines.length; i += connectAtOnce) {
      await Promise.all(lines.slice(i, i + connectAtOnce).map((line) => line.open()))
    }
    await this.settle(() => lines.every((line) => this.isReady(line)), 5_000)
    for (const { lines: mine, writers } of this.drafts.slice(-fresh.length)) {
      if (mine.length === 0) continue
      for (const { line, typist } of writers) line.write(typist.paragraph())
    }
    await pause(300)
  }

  private isReady(line: Line): boolean {
    return line.closed !== undefined || !line.awaitsAnswer || line.hasAnswer
  }

  private peopleOf(draft: number): Line[] {
    const typists: Typist[] = []
    let ear: DraftEar | undefined
    const lines = Array.from({ length: this.shape.people }, (_, person) => {
      const me = person < this.shape.writers ? person : -1
      const onUpdate = (bytes: Uint8Array): void => ear?.hear(me, bytes, performance.now())
      return new Line(this.server.place(draft, person), { onUpdate })
    })
    const writers = lines.slice(0, this.shape.writers).map((line) => {
      const typist = new Typist(line.prefix)
      typists.push(typist)
      return { typist, line, phase: Math.random(), typed: 0 }
    })
    ear = new DraftEar(typists, this.arrivals)
    this.drafts.push({ lines, writers })
    return lines
  }

  /** Types `perWriter` letters a second in the first `active` drafts: first to warm up, then measured. */
  async run(perWriter: number, seconds: number, active = this.drafts.length): Promise<Measured> {
    const writers = this.drafts.slice(0, active).flatMap((draft) => draft.writers)
    const receivers = this.shape.people - 1
    for (const writer of writers) writer.typed = 0
    const typing = startTyping(writers, perWriter, this.shape.cursors, (n) => {
      this.letters += n
    })
    await pause(Math.min(1_000, seconds * 400))
    const [before, typedBefore, began] = [this.arrivals.count, this.letters, performance.now()]
    const load = performance.eventLoopUtilization()
    const cpu = cpuMsOf(this.server.pid)
    this.arrivals.reset()
    this.arrivals.isMeasuring = true
    await pause(seconds * 1_000)
    const elapsed = (performance.now() - began) / 1_000
    const deliveries = (this.arrivals.count - before) / elapsed
    const loadShare = performance.eventLoopUtilization(load).utilization
    const serverUs = ((cpuMsOf(this.server.pid) - cpu) * 1_000) / Math.max(1, this.letters - typedBefore)
    typing.stop()
    const expected = before + (this.letters - typedBefore) * receivers
    await this.settle(() => this.arrivals.count >= expected, 600)
    this.arrivals.isMeasuring = false
    const closed = this.drafts.flatMap(({ lines }) => lines).find((line) => line.closed !== undefined)?.closed
    return {
      deliveries,
      p50: this.arrivals.percentile(0.5),
      p99: this.arrivals.percentile(0.99),
      arrived: (this.arrivals.count - before) / Math.max(1, expected - before),
      loadShare,
      serverUs,
      closed,
    }
  }

  /** Waits until all that was typed has arrived, for so long. */
  async quiet(withinMs: number): Promise<boolean> {
    let last = -1
    return this.settle(() => {
      const isStill = this.arrivals.count === last
      last = this.arrivals.count
      return isStill
    }, withinMs)
  }

  private async settle(holds: () => boolean, withinMs: number): Promise<boolean> {
    const until = performance.now() + withinMs
    while (!holds()) {
      if (performance.now() > until) return false
      await pause(100)
    }
    return true
  }

  end(): void {
    for (const { lines } of this.drafts) for (const line of lines) line.end()
    this.drafts = []
  }
}

/** What the process has had of the processor; not a number where the system does not tell. */
export const cpuMsOf = (pid: number): number => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return Number.NaN
  }
}

/** Sends what is due at every tick, the letters of one writer in one write. */
const startTyping = (
  writers: readonly Writer[],
  perSecond: number,
  cursors: boolean,
  onTyped: (letters: number) => void,
) => {
  const began = performance.now()
  const type = (): void => {
    const now = performance.now()
    const periods = ((now - began) / 1_000) * perSecond
    let typed = 0
    for (const writer of writers) {
      const due = Math.floor(periods + writer.phase) - writer.typed
      if (due <= 0) continue
      writer.typed += due
      typed += due
      writer.line.write(writer.typist.type(due, cursors, now))
    }
    onTyped(typed)
  }
  const timer = setInterval(type, tickMs)
  return { stop: () => clearInterval(timer) }
}
