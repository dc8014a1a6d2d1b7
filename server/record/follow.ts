// How a node hears of what others appended when no hint comes: it looks into the store, all its meetings at once.
import { sql } from 'kysely'
import type { Store } from '../ports.ts'

const lookEveryMs = 250

export interface Follower {
  /** When the last look that the store answered began; monotonic, in milliseconds. */
  lookedAt(): number
  close(): void
}

/**
 * @param streams those this node holds in memory
 * @param heard is called with the newest sequence number of each, at every look; resolves once memory is there too
 */
export const followStore = (
  { db }: Store,
  streams: () => readonly string[],
  heard: (stream: string, seq: number) => Promise<void>,
): Follower => {
  let timer: NodeJS.Timeout | null = null
  let isClosed = false
  let lookedAt = performance.now()

  /** One search of the key for each stream, whatever its length; no search of the table. */
  const look = async (): Promise<void> => {
    const began = performance.now()
    const followed = streams()
    const newest = await sql<{ stream: string; seq: number | null }>`
      select s.stream, (select max(e.seq) from events as e where e.stream = s.stream) as seq
      from unnest(${followed}::text[]) as s(stream)`.execute(db)
    const behind = newest.rows.map(({ stream, seq }) =>
      seq === null || isClosed ? undefined : heard(stream, seq),
    )
    // Whoever asks before memory has caught up, as after a long sleep, must not be shown what it still holds.
    await Promise.all(behind)
    lookedAt = began
  }

  const again = (): void => {
    if (isClosed) return
    timer = setTimeout(() => {
      // When the store does not answer there is nothing to follow.
      look()
        .catch(() => {})
        .finally(again)
    }, lookEveryMs)
    timer.unref()
  }
  again()

  return {
    lookedAt: () => lookedAt,
    close: () => {
      isClosed = true
      if (timer) clearTimeout(timer)
    },
  }
}
