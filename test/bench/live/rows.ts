// The measurements themselves, the same for everybody who is measured.

import { spread } from '../figures.ts'
import type { Assembly } from './assemblies.ts'
import type { Histogram } from './hearing.ts'

const tickMs = 5
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Tells so many events a second for so long; resolves when all that will be heard was heard. */
export const tellAt = async (
  { hearing, seats, tell }: Assembly,
  perSecond: number,
  seconds: number,
): Promise<{ histogram: Histogram; isWhole: boolean }> => {
  hearing.begin()
  const began = performance.now()
  let told = 0
  while (performance.now() - began < seconds * 1_000) {
    const due = ((performance.now() - began) / 1_000) * perSecond
    for (; told < due; told += 1) tell(hearing.mark())
    await pause(tickMs)
  }
  const histogram = await hearing.heardAll(told * seats)
  return { histogram, isWhole: histogram.count >= told * seats }
}

const windows = 5

/** Of several windows the one in the middle by its p99: a pause of the machine is nobody's doing. */
export const medianTelling = async (
  assembly: Assembly,
  perSecond: number,
  seconds: number,
): Promise<{ histogram: Histogram; isWhole: boolean }> => {
  await tellAt(assembly, perSecond, 1)
  const told: { histogram: Histogram; isWhole: boolean }[] = []
  for (let i = 0; i < windows; i += 1) told.push(await tellAt(assembly, perSecond, seconds / 2))
  told.sort((a, b) => a.histogram.at(0.99) - b.histogram.at(0.99))
  const middle = told[Math.floor(windows / 2)]
  if (!middle) throw new Error('nothing was told')
  return { histogram: middle.histogram, isWhole: told.every(({ isWhole }) => isWhole) }
}

export const followedWithinMs = 200
const firstRate = 16
const rateMax = 8_192
const refinements = 3

/** The highest rate, in events a second, that everybody follows with p99 under the bound. */
export const rateFollowed = async (assembly: Assembly, seconds: number): Promise<number> => {
  const follows = async (rate: number): Promise<boolean> => {
    const { histogram, isWhole } = await tellAt(assembly, rate, seconds)
    return isWhole && histogram.at(0.99) < followedWithinMs
  }
  let low = 0
  let high = firstRate
  while (high <= rateMax && (await follows(high))) {
    low = high
    high *= 2
  }
  for (let i = 0; i < refinements && low > 0; i += 1) {
    const middle = Math.round((low + high) / 2)
    if (await follows(middle)) low = middle
    else high = middle
  }
  return low
}

export interface Rounds {
  /** Of the median round. */
  readonly perSecond: number
  /** Until the last acknowledgement of the slowest round. */
  readonly slowestMs: number
  readonly refused: number
}

/** Figures that are held back while many vote (half a second at most) have gone out before the next round. */
const betweenRoundsMs = 600

/** Everybody votes at once, several times; the first rounds warm the servers up and are not counted. */
export const roundsOfBallots = async (
  assembly: Assembly,
  { warmUp, counted }: { readonly warmUp: number; readonly counted: number },
): Promise<Rounds> => {
  const cast = await assembly.openPoll()
  const took: number[] = []
  let refused = 0
  for (let round = 0; round < warmUp + counted; round += 1) {
    const began = performance.now()
    const seats = Array.from({ length: assembly.seats }, (_, seat) => cast(seat))
    refused += (await Promise.all(seats)).filter((isTaken) => !isTaken).length
    if (round >= warmUp) took.push(performance.now() - began)
    await pause(betweenRoundsMs)
  }
  const { p50, max } = spread(took)
  return { perSecond: (assembly.seats / p50) * 1_000, slowestMs: max, refused }
}
