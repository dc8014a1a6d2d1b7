// The real hall in a process of its own, with people and drafts; says of itself how long its event loop stood still at
// most since it was last asked, and what memory it holds.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setImmediate as turn } from 'node:timers/promises'
import { cookieFor, openTestHall } from '../../live/hall.ts'

export interface HallReady {
  readonly url: string
  readonly draftIds: readonly string[]
  readonly cookies: readonly string[]
}

export interface HallFigures {
  /** Beyond the interval at which it is looked. */
  readonly longestStallMs: number
  readonly heapBytes: number
  readonly rssBytes: number
}

const seats = 12
const lookEveryMs = 10

const test = await openTestHall()
const seeded = await test.seed(seats, 'simple')
const cookies: string[] = []
for (const { token } of seeded.seats) cookies.push(await cookieFor(test.url, token))
const agenda = (await test.hall.rooms.meetings.state(seeded.meetingId))?.agenda ?? []
const draftIds = agenda.map(({ draftId }) => draftId)

const delay = monitorEventLoopDelay({ resolution: lookEveryMs })
delay.enable()

const figures = async (): Promise<HallFigures> => {
  const longestStallMs = Math.max(0, delay.max / 1e6 - lookEveryMs)
  // What is waiting to be freed is no memory that is held. The stop that this makes is not the hall's.
  globalThis.gc?.()
  await turn()
  globalThis.gc?.()
  await turn()
  delay.reset()
  const { heapUsed, external, rss } = process.memoryUsage()
  return { longestStallMs, heapBytes: heapUsed + external, rssBytes: rss }
}

process.on('message', (asked) => {
  if (asked === 'figures') void figures().then((answer) => process.send?.(answer))
  else void test.close().then(() => process.exit())
})
process.send?.({ url: test.url, draftIds, cookies } satisfies HallReady)
