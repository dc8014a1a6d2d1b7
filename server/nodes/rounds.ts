// Looking into the store again and again: often while no hints come from other nodes, now and then while they do, since
// a hint may be lost with the node that should have given it.
import type { Bus, Store } from '../ports.ts'

const everyMsWithHints = 1_000
const everyMsWithout = 300

export interface Rounds {
  /** Looks as soon as it can. */
  soon(): void
  close(): void
}

/** On a store that only this process writes to, there is nothing to look for. */
export const openRounds = (store: Store, bus: Bus, look: () => Promise<void>): Rounds => {
  if (store.dialect === 'sqlite') return { soon: () => {}, close: () => {} }
  let timer: NodeJS.Timeout | null = null
  let isLooking = false
  let isDue = false
  let isClosed = false

  const run = (): void => {
    timer = null
    isLooking = true
    // When the store does not answer there is nothing to see.
    look()
      .catch(() => {})
      .finally(() => {
        isLooking = false
        wait(isDue ? 0 : bus.status() === 'up' ? everyMsWithHints : everyMsWithout)
        isDue = false
      })
  }
  const wait = (ms: number): void => {
    if (isClosed) return
    if (timer) clearTimeout(timer)
    timer = setTimeout(run, ms * (0.8 + Math.random() * 0.2))
    timer.unref()
  }
  wait(everyMsWithout)
  return {
    soon: () => {
      if (isLooking) isDue = true
      else wait(0)
    },
    close: () => {
      isClosed = true
      if (timer) clearTimeout(timer)
    },
  }
}
