// A bucket of tokens: so many at once, so many a second after that.
import type { Clock } from '../ports.ts'

export interface Bucket {
  /** Takes a token if there is one. */
  take(): boolean
}

export const openBucket = (clock: Clock, burst: number, perSecond: number): Bucket => {
  let tokens = burst
  let filledAt = clock.now()
  return {
    take: () => {
      const now = clock.now()
      tokens = Math.min(burst, tokens + (Math.max(0, now - filledAt) / 1_000) * perSecond)
      filledAt = now
      if (tokens < 1) return false
      tokens -= 1
      return true
    },
  }
}
