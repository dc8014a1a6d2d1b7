// How long a draft gathers edits before the next flush: not at all while the machine has time, longer as the event loop
// fills, so that a busy hall pays for few large commits and writes instead of many small ones.
import { performance } from 'node:perf_hooks'

export interface Pace {
  /** The least time between two flushes of one draft. */
  windowMs(): number
  close(): void
}

const sampleMs = 100
const busy = 0.8
const calm = 0.6

/** Widens by half (and 5 ms) for every busy tenth of a second, narrows by a quarter for every calm one. */
const nextWindow = (windowMs: number, utilization: number, windowMsMax: number): number => {
  if (utilization > busy) return Math.min(windowMsMax, windowMs * 1.5 + 5)
  if (utilization < calm) return windowMs < 2 ? 0 : windowMs * 0.75
  return windowMs
}

export const openPace = (windowMsMax: number): Pace => {
  let windowMs = 0
  let last = performance.eventLoopUtilization()
  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization()
    windowMs = nextWindow(windowMs, performance.eventLoopUtilization(now, last).utilization, windowMsMax)
    last = now
  }, sampleMs)
  timer.unref()
  return { windowMs: () => windowMs, close: () => clearInterval(timer) }
}
