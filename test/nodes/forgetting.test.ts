// A node that holds more meetings than its memory does forgets idle ones, and none that somebody here waits for.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeOf, Guest } from '../live/hall.ts'
import { skipsPostgres } from '../store/postgresServer.ts'
import { openTwoHalls, type TwoHalls } from './twoHalls.ts'

/** More than are kept in memory. */
const others = 520

describe.skipIf(skipsPostgres)('many meetings', () => {
  let halls: TwoHalls
  beforeAll(async () => {
    halls = await openTwoHalls()
  })
  afterAll(() => halls.close())

  test('pass through memory, and a quiet one with somebody in it still hears of the other node', async () => {
    const { here, there, seeded } = halls
    const chair = await Guest.enter(here.url, seeded.meetingId, seeded.facilitator.token)
    const waits = await Guest.enter(there.url, seeded.meetingId, seeded.seats[0]?.token ?? '')
    const first = await here.store.db
      .selectFrom('events')
      .selectAll()
      .where('stream', '=', seeded.meetingId)
      .where('seq', '=', 1)
      .executeTakeFirstOrThrow()
    const streams = Array.from({ length: others }, (_, i) => `mt_other${String(i).padStart(4, '0')}`)
    await here.store.db
      .insertInto('events')
      .values(streams.map((stream) => ({ ...first, stream })))
      .execute()
    for (const stream of streams) expect(await there.rooms.meetings.state(stream)).toBeDefined()
    expect(codeOf(await chair.order({ type: 'recessMeeting' }))).toBe('accepted')
    await waits.until(({ state }) => state.phase === 'recess')
    chair.leave()
    waits.leave()
  })
})
