// How long a draft gathers edits before the next flush: not at all while the machine has time, longer as the event loop
// fills, so that a busy hall pays for few large commits and writes instead of many small ones.
import { performance } from 'node:perf_hooks'

export interface Pace {
  /** How long a letter may wait for others before it is committed. */
  windowMs(): number
  /**
   * Calls back at this time or a little earlier, together with all that are due then, so that they share a commit; as
   * soon as the machine has nothing else to do.
   */
  at(dueMs: number, flush: () => void): void
  close(): void
}

const sampleMs = 50
const swamped = 0.95
const busy = 0.75
const calm = 0.55
/** With so little to do for so long, nobody follows whom it would be worth to wait for. A shorter look is often empty. */
const idle = 0.1
const idleSampleMs = 25
/** What is due within a slot is flushed together at its beginning; wider windows afford wider slots and fewer commits. */
const slotOf = (windowMs: number): number => (windowMs > 60 ? 20 : 10)

/**
 * Doubles (and 20 ms) at every sample in which nothing else was possible, so that no backlog grows when a hall full of
 * people begins to type; widens by a quarter (and 3 ms) at every busy one, narrows by a fifth at every calm one.
 */
const nextWindow = (windowMs: number, utilization: number, windowMsMax: number): number => {
  if (utilization > swamped) return Math.min(windowMsMax, windowMs * 2 + 20)
  if (utilization > busy) return Math.min(windowMsMax, windowMs * 1.25 + 3)
  if (utilization < calm) return windowMs < 2 ? 0 : windowMs * 0.8
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

  const slots = new Map<number, { readonly due: (() => void)[]; readonly timer: NodeJS.Timeout }>()
  const flushSlot = (slot: number): void => {
    const waiting = slots.get(slot)
    if (!waiting) return
    slots.delete(slot)
    clearTimeout(waiting.timer)
    for (const each of waiting.due) each()
  }

  let looking: NodeJS.Timeout | undefined
  const lookSoon = (): void => {
    if (looking) return
    const lookedAt = performance.eventLoopUtilization()
    looking = setTimeout(() => {
      looking = undefined
      const isIdle = performance.eventLoopUtilization(lookedAt).utilization < idle
      if (isIdle) for (const slot of [...slots.keys()]) flushSlot(slot)
      if (slots.size > 0) lookSoon()
    }, idleSampleMs)
  }

  const at = (dueMs: number, flush: () => void): void => {
    const slotMs = slotOf(windowMs)
    const slot = Math.floor(dueMs / slotMs) * slotMs
    const known = slots.get(slot)
    if (known) {
      known.due.push(flush)
      return
    }
    const timer = setTimeout(() => flushSlot(slot), Math.max(1, slot - performance.now()))
    slots.set(slot, { due: [flush], timer })
    lookSoon()
  }
  return { windowMs: () => windowMs, at, close: () => clearInterval(timer) }
}
