// Two nodes of one hall, on one PostgreSQL: what happens on one is heard on the other, and is the same on both.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Hall, openHall } from '../../server/app.ts'
import { type Seeded, seedHall, seedMeeting } from '../../server/cli/seedMeeting.ts'
import { systemClock, systemIds } from '../../server/system.ts'
import { openRedisServer, type RedisServer, skipsRedis } from '../bus/redisServer.ts'
import { openPostgresServer, type PostgresServer, skipsPostgres } from '../store/postgresServer.ts'
import { choicesIn, codeOf, configFor, Guest, openPollBy } from './hall.ts'

const roads = [
  { name: 'that hear each other through Redis', withRedis: true },
  { name: 'that only follow the store', withRedis: false },
]

for (const { name, withRedis } of roads) {
  describe.skipIf(skipsPostgres || (withRedis && skipsRedis))(`two nodes ${name}`, () => {
    let postgres: PostgresServer
    let redis: RedisServer | null = null
    let folder: string
    let here: Hall
    let there: Hall
    let seeded: Seeded
    let chairHere: Guest
    let chairThere: Guest
    let seatsHere: Guest[]
    let seatsThere: Guest[]

    beforeAll(async () => {
      postgres = await openPostgresServer()
      redis = withRedis ? await openRedisServer() : null
      folder = await mkdtemp(join(tmpdir(), 'yishiting-nodes-'))
      const databaseUrl = await postgres.database()
      const config = configFor(folder, { databaseUrl, ...(redis && { redisUrl: redis.url }) })
      ;[here, there] = await Promise.all([
        openHall({ config, clientDir: null }),
        openHall({ config, clientDir: null }),
      ])
      const parts = { store: here.store, clock: systemClock, ids: systemIds, rooms: here.rooms }
      await seedHall(parts)
      seeded = await seedMeeting(parts, { seats: 8, presetCode: 'tripartite', baseUrl: here.url })
      const { meetingId } = seeded
      const enter = (hall: Hall) => (token: string) => Guest.enter(hall.url, meetingId, token)
      const tokens = seeded.seats.slice(0, 7).map(({ token }) => token)
      chairHere = await enter(here)(seeded.facilitator.token)
      chairThere = await enter(there)(seeded.facilitator.token)
      seatsHere = await Promise.all(tokens.map(enter(here)))
      seatsThere = await Promise.all(tokens.map(enter(there)))
    })
    afterAll(async () => {
      for (const guest of [chairHere, chairThere, ...seatsHere, ...seatsThere]) guest.leave()
      await here.close()
      await there.close()
      await redis?.close()
      await postgres.close()
      await rm(folder, { recursive: true, force: true })
    })

    const inStep = async (): Promise<void> => {
      const head = Math.max(chairHere.seq, chairThere.seq)
      await Promise.all([chairHere, chairThere].map((guest) => guest.until(({ seq }) => seq >= head)))
      expect(chairThere.state).toEqual(chairHere.state)
    }

    test('an order given on one is heard on the other, and its answer is the same on both', async () => {
      const raise = { type: 'raiseHand', kind: 'speak' } as const
      const answer = await seatsHere[0]?.order(raise, 'on-either-node')
      expect(answer?.ok).toBe(true)
      await chairThere.until(({ state }) => state.floor.hands.length === 1)
      expect(await seatsThere[0]?.order(raise, 'on-either-node')).toEqual(answer)
      expect((await seatsThere[0]?.order({ type: 'lowerHand' }))?.ok).toBe(true)
      await chairHere.until(({ state }) => state.floor.hands.length === 0)
      await inStep()
    })

    test('what is ordered on one is not refused on the other for being too new', async () => {
      const pollId = await openPollBy(chairHere)
      const cast = await seatsThere[0]?.order({ type: 'castBallot', pollId, choice: { choice: 'yes' } })
      expect(cast?.ok).toBe(true)
      expect(codeOf(await chairThere.order({ type: 'closePoll', pollId }))).toBe('accepted')
      await chairHere.until(({ state }) => state.polls[pollId]?.status === 'closed')
      expect(chairHere.state.polls[pollId]?.result?.totals.yes).toBe(1)
      await inStep()
    })

    test('what a seat cast through one is told on its line to the other, also when it is changed', async () => {
      const pollId = await openPollBy(chairHere)
      for (const choice of ['yes', 'no']) {
        const cast = await seatsHere[3]?.order({ type: 'castBallot', pollId, choice: { choice } })
        expect(cast?.ok).toBe(true)
        await seatsThere[3]?.until(({ myBallots }) => choicesIn(myBallots, pollId).includes(choice))
      }
      expect(codeOf(await chairHere.order({ type: 'cancelPoll', pollId, reason: '演练' }))).toBe('accepted')
      await inStep()
    })

    test('two closings of one poll give one result, with every acknowledged ballot in it', async () => {
      const pollId = await openPollBy(chairHere)
      const yes = { type: 'castBallot', pollId, choice: { choice: 'yes' } } as const
      const early = await Promise.all(seatsHere.slice(0, 2).map((seat) => seat.order(yes)))
      const casting = Promise.all([
        ...seatsHere.slice(2, 5).map((seat) => seat.order(yes)),
        ...seatsThere.slice(5).map((seat) => seat.order(yes)),
      ])
      const closings = await Promise.all(
        [chairHere, chairThere].map((chair) => chair.order({ type: 'closePoll', pollId })),
      )
      expect(closings.filter(({ ok }) => ok)).toHaveLength(1)
      const acknowledged = [...early, ...(await casting)].filter(({ ok }) => ok).length
      expect(acknowledged).toBeGreaterThanOrEqual(2)
      await Promise.all(
        [chairHere, chairThere].map((chair) =>
          chair.until(({ state }) => state.polls[pollId]?.status === 'closed'),
        ),
      )
      expect(chairHere.state.polls[pollId]?.result?.totals.yes).toBe(acknowledged)
      await inStep()
      const rows = await here.store.db.selectFrom('events').select('body').execute()
      const ofPoll = rows.map(({ body }) => JSON.parse(body)).filter((event) => event.pollId === pollId)
      expect(ofPoll.filter(({ type }) => type === 'pollClosed')).toHaveLength(1)
    })

    test('hands counted on one and a ballot entered on the other for the same elector: one is taken', async () => {
      const clerkSeat = seeded.seats[7]
      const [seatId, partyId] = [clerkSeat?.seatId ?? '', clerkSeat?.party ?? '']
      await chairHere.order({ type: 'checkIn', seatId, channel: 'clerk' })
      for (let round = 0; round < 5; round += 1) {
        const pollId = await openPollBy(chairHere)
        const answers = await Promise.all([
          chairHere.order({ type: 'countHands', pollId, partyId, counts: { yes: 1 }, witness: '' }),
          chairThere.order({ type: 'castBallot', pollId, seatId, choice: { choice: 'yes' } }),
        ])
        expect(answers.map(codeOf).sort()).toEqual(['accepted', 'handsExceedSeats'])
        expect(codeOf(await chairThere.order({ type: 'closePoll', pollId }))).toBe('accepted')
        await chairHere.until(({ state }) => state.polls[pollId]?.status === 'closed')
        expect(chairHere.state.polls[pollId]?.result?.totals.yes).toBe(1)
      }
      await inStep()
    })

    if (!withRedis) return
    test('go on hearing each other while Redis is dead, and when it is back', async () => {
      const raise = { type: 'raiseHand', kind: 'speak' } as const
      await redis?.kill()
      expect((await seatsHere[1]?.order(raise))?.ok).toBe(true)
      await chairThere.until(({ state }) => state.floor.hands.length === 1)
      await redis?.start()
      expect((await seatsThere[2]?.order(raise))?.ok).toBe(true)
      await chairHere.until(({ state }) => state.floor.hands.length === 2)
      await inStep()
    })
  })
}
