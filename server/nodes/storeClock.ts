// The time of the hall where several nodes serve it: that of the store, which all of them ask. A node whose own clock is
// a day off is then right all the same, and what it writes stands in its place among what the others write.
import { sql } from 'kysely'
import type { Clock, Store } from '../ports.ts'

const askEveryMs = 10_000
/** An answer that took longer says less than what is known; unless nothing better came for a while. */
const quickMs = 20
const believedMs = 60_000

export interface StoreClock extends Clock {
  close(): void
}

/** Between two askings it goes on by a clock that nobody can set. */
export const openStoreClock = async (store: Store): Promise<StoreClock> => {
  let offsetMs = 0
  let setAt = Number.NEGATIVE_INFINITY

  const ask = async (): Promise<void> => {
    const before = performance.now()
    const { rows } = await sql<{ ms: number }>`
      select (extract(epoch from clock_timestamp()) * 1000)::bigint as ms`.execute(store.db)
    const after = performance.now()
    const [answer] = rows
    if (!answer || (after - before > quickMs && after - setAt < believedMs)) return
    offsetMs = answer.ms - (before + after) / 2
    setAt = after
  }
  await ask()
  // While the store does not answer, the time goes on as it was.
  const timer = setInterval(() => void ask().catch(() => {}), askEveryMs)
  timer.unref()
  return { now: () => Math.round(performance.now() + offsetMs), close: () => clearInterval(timer) }
}
