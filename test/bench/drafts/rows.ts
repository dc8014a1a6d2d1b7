// What is measured, row by row.
import { setTimeout as pause } from 'node:timers/promises'
import type { Spread } from '../figures.ts'
import type { Contender } from './contenders.ts'
import { bareFsync } from './disk.ts'
import { crowdDrafts } from './seedTemplate.ts'
import { type Measured, type Shape, Traffic } from './traffic.ts'

export interface Figure {
  readonly value: number
  readonly text: string
}

export interface RowOptions {
  /** How long one step is measured. */
  readonly seconds: number
  /** Drafts that were seeded. */
  readonly draftsMax: number
  trace(line: string): void
}

/** What a hall stands: 99 of 100 letters are there in a fifth of a second. */
const p99MaxMs = 200
const arrivedMin = 0.97
/** The hall reads no more of one person than draftLimits allow; nobody is asked to carry more. */
const lettersPerWriterMax = 4_500

/** A server that has just started compiles while it runs; those that are measured have been up for an evening. */
const warmUpSeconds = 10

const isGood = ({ p99, arrived, closed }: Measured): boolean =>
  p99 < p99MaxMs && arrived >= arrivedMin && closed === undefined

const traceOf = (what: string, m: Measured): string =>
  `    ${what}: ${Math.round(m.deliveries)} deliveries/s, p50 ${m.p50.toFixed(1)}, p99 ${m.p99.toFixed(1)} ms, ` +
  `arrived ${(m.arrived * 100).toFixed(1)} %, load ${(m.loadShare * 100).toFixed(0)} %, server ${m.serverUs.toFixed(1)} µs a letter${m.closed ? `, closed: ${m.closed}` : ''}`

const thousands = (value: number): string => Math.round(value).toLocaleString('en')

/** The highest rate that is carried, in deliveries a second; every step in fresh drafts. */
export const sustained = async (
  contender: Contender,
  shape: Shape & { drafts: number; start: number },
  options: RowOptions,
): Promise<Figure> => {
  const server = await contender.start(false)
  const [firstOfAll, draftsMax] = shape.drafts === 1 ? [0, crowdDrafts] : [crowdDrafts, options.draftsMax]
  let first = firstOfAll
  const most = lettersPerWriterMax * shape.drafts * shape.writers
  const step = async (asked: number): Promise<Measured> => {
    const perSecond = Math.min(asked, most)
    const traffic = new Traffic(server, shape)
    if (first + shape.drafts > draftsMax) first = firstOfAll
    await traffic.fill(shape.drafts, first)
    first += shape.drafts
    const perWriter = perSecond / (shape.drafts * shape.writers)
    const measured = await traffic.run(perWriter, options.seconds)
    options.trace(traceOf(`${contender.name} ${thousands(perSecond)} letters/s`, measured))
    traffic.end()
    await pause(200)
    return measured
  }
  const best = await climb(step, Math.min(most, shape.start), most)
  await server.end()
  // Then it may be the load that could not do more.
  const isBound = (best?.loadShare ?? 0) > 0.95
  return {
    value: best?.deliveries ?? 0,
    text: `${thousands(best?.deliveries ?? 0)}/s${isBound ? ' (the load was at its limit)' : ''}`,
  }
}

/** Up by half until a step is not carried, then between the last two. */
const climb = async (
  step: (rate: number) => Promise<Measured>,
  start: number,
  most: number,
): Promise<Measured | undefined> => {
  let best: Measured | undefined
  let carried = 0
  let tooMuch: number | undefined
  let rate = start
  for (let i = 0; i < 14; i += 1) {
    const measured = await step(rate)
    if (isGood(measured)) {
      carried = rate
      if (!best || measured.deliveries > best.deliveries) best = measured
      if (rate >= most) break
    } else tooMuch = rate
    if (tooMuch !== undefined && tooMuch / Math.max(1, carried) < 1.09) break
    if (tooMuch === undefined) rate = Math.min(most, rate * 1.5)
    else rate = carried === 0 ? rate / 2 : Math.sqrt(carried * tooMuch)
  }
  return best
}

/** The most drafts of ten people, three of whom type five keys a second, that are carried. */
export const humanPace = async (
  contender: Contender,
  shape: Shape & { start: number },
  options: RowOptions,
): Promise<Figure> => {
  const server = await contender.start(false)
  const traffic = new Traffic(server, shape)
  const draftsMax = options.draftsMax - crowdDrafts
  let carried = 0
  let tooMuch: number | undefined
  let drafts = Math.min(draftsMax, shape.start)
  await traffic.fill(drafts, crowdDrafts)
  await traffic.run(5, warmUpSeconds, Math.round(drafts / 2))
  for (let i = 0; i < 14; i += 1) {
    await traffic.fill(Math.max(traffic.size, drafts), crowdDrafts)
    const step = async (): Promise<Measured> => {
      const measured = await traffic.run(5, options.seconds, drafts)
      options.trace(traceOf(`${contender.name} ${drafts} drafts`, measured))
      if (!isGood(measured)) await traffic.quiet(10_000)
      return measured
    }
    let measured = await step()
    // A machine that hiccups is no fault of the server's: whoever fails may try once more.
    if (!isGood(measured) && !measured.closed) measured = await step()
    if (measured.closed) break
    if (isGood(measured)) carried = Math.max(carried, drafts)
    else tooMuch = drafts
    if (carried === draftsMax || (tooMuch !== undefined && tooMuch / Math.max(1, carried) < 1.05)) break
    drafts =
      tooMuch === undefined
        ? Math.min(draftsMax, Math.round(drafts * 1.25))
        : Math.round(carried === 0 ? drafts / 2 : (carried + tooMuch) / 2)
  }
  traffic.end()
  await server.end()
  return { value: carried, text: `${thousands(carried)} drafts${carried === draftsMax ? ' or more' : ''}` }
}

const msOf = ({ p50, p99 }: Pick<Spread, 'p50' | 'p99'>): string => `${p50.toFixed(1)} · ${p99.toFixed(1)} ms`

/** The latency of a letter at a rate that everybody carries. */
export const latency = async (
  contender: Contender,
  shape: Shape & { drafts: number; deliveries: number },
  options: RowOptions,
): Promise<Figure> => {
  const server = await contender.start(false)
  const traffic = new Traffic(server, shape)
  await traffic.fill(shape.drafts, shape.drafts === 1 ? 0 : crowdDrafts)
  const perWriter = shape.deliveries / (shape.people - 1) / (shape.drafts * shape.writers)
  await traffic.run(perWriter, warmUpSeconds)
  const measured = await traffic.run(perWriter, options.seconds * 2)
  options.trace(traceOf(contender.name, measured))
  traffic.end()
  await server.end()
  const { p50, p99 } = measured
  const disk = contender.name === 'hall' ? `; a bare fsync then took ${msOf(await bareFsync())}` : ''
  return { value: p99, text: `${msOf({ p50, p99 })}${disk}` }
}
