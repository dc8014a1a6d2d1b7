// The real hall in a process of its own, with people and drafts; says of itself how long its event loop stood still at
// most since it was last asked, and what memory it holds.
import { readFileSync } from 'node:fs'
import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
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
  /** The longest without the time in which the machine gave its processors to others, where that can be told. */
  readonly longestOwnStallMs: number
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

/** Milliseconds for which this thread could have run and was not let; Linux tells. */
const waitedMs = (): number => {
  try {
    return Number(readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ')[1]) / 1e6
  } catch {
    return 0
  }
}

let longestOwnStallMs = 0
let lastLook = { at: performance.now(), waited: waitedMs() }
setInterval(() => {
  const look = { at: performance.now(), waited: waitedMs() }
  const own = look.at - lastLook.at - lookEveryMs - (look.waited - lastLook.waited)
  longestOwnStallMs = Math.max(longestOwnStallMs, own)
  lastLook = look
}, lookEveryMs)

const figures = async (): Promise<HallFigures> => {
  const stalls = { longestStallMs: Math.max(0, delay.max / 1e6 - lookEveryMs), longestOwnStallMs }
  // What is waiting to be freed is no memory that is held. The stop that this makes is not the hall's.
  globalThis.gc?.()
  await turn()
  globalThis.gc?.()
  await turn()
  delay.reset()
  longestOwnStallMs = 0
  lastLook = { at: performance.now(), waited: waitedMs() }
  const { heapUsed, external, rss } = process.memoryUsage()
  return { ...stalls, heapBytes: heapUsed + external, rssBytes: rss }
}

process.on('message', (asked) => {
  if (asked === 'figures') void figures().then((answer) => process.send?.(answer))
  else void test.close().then(() => process.exit())
})
process.send?.({ url: test.url, draftIds, cookies } satisfies HallReady)
