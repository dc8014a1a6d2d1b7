// What is beside the record, on two nodes: who is connected, running figures, sessions that end, names, the door.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Hall } from '../../server/app.ts'
import { openLocalBus } from '../../server/bus/local.ts'
import { openRooms } from '../../server/rooms.ts'
import { openPostgresStore } from '../../server/store/postgres.ts'
import { systemClock, systemIds } from '../../server/system.ts'
import { limits } from '../../shared/kernel/limits.ts'
import type { Command } from '../../shared/meeting/commands.ts'
import type { Presence } from '../../shared/wire/live.ts'
import { skipsRedis } from '../bus/redisServer.ts'
import { openHand } from '../faults/writers.ts'
import { codeOf, Guest, openPollBy, silentLogger } from '../live/hall.ts'
import { waiting } from '../patience.ts'
import { openPostgresServer, skipsPostgres } from '../store/postgresServer.ts'
import { openTwoHalls, readinessOf, type TwoHalls } from './twoHalls.ts'

const roads = [
  { name: 'that hear each other through Redis', withRedis: true },
  { name: 'that only follow the store', withRedis: false },
]

for (const { name, withRedis } of roads) {
  describe.skipIf(skipsPostgres || (withRedis && skipsRedis))(`two nodes ${name}`, () => {
    let halls: TwoHalls
    let chair: Guest
    let seen: Presence
    const guests: Guest[] = []

    const enter = async (hall: Hall, token: string): Promise<Guest> => {
      const guest = await Guest.enter(hall.url, halls.seeded.meetingId, token)
      guests.push(guest)
      return guest
    }
    const seat = (i: number) => {
      const found = halls.seeded.seats[i]
      if (!found) throw new Error('no such seat')
      return found
    }
    beforeAll(async () => {
      halls = await openTwoHalls({ withRedis })
      chair = await enter(halls.here, halls.seeded.facilitator.token)
      chair.socket.on('presence', (presence) => {
        seen = presence
      })
    })
    afterAll(async () => {
      for (const guest of guests) guest.leave()
      await halls.close()
    })

    test('who is connected through one is seen by the chair on the other, and whoever leaves is not', async () => {
      const [near, far] = [await enter(halls.here, seat(0).token), await enter(halls.there, seat(1).token)]
      await enter(halls.there, halls.seeded.screen.token)
      const both = [seat(0).seatId, seat(1).seatId].sort()
      await vi.waitFor(() => expect(seen).toEqual({ seats: both, screens: 1 }), waiting)
      const late = await Guest.enter(halls.there.url, halls.seeded.meetingId, halls.seeded.facilitator.token)
      guests.push(late)
      far.leave()
      await vi.waitFor(() => expect(seen.seats).toEqual([seat(0).seatId]), waiting)
      near.leave()
      await vi.waitFor(() => expect(seen.seats).toEqual([]), waiting)
    })

    test('whoever comes in is welcomed with all that the other has answered', async () => {
      const [near, far] = [await enter(halls.here, seat(0).token), await enter(halls.there, seat(1).token)]
      for (let round = 0; round < 20; round += 1) {
        const command: Command =
          round % 2 === 0 ? { type: 'raiseHand', kind: 'speak' } : { type: 'lowerHand' }
        const answer = await near.order(command)
        if (!answer.ok) throw new Error(answer.refusal.code)
        await far.join()
        expect(far.seq).toBeGreaterThanOrEqual(answer.value.seq)
      }
    })

    test('ballots cast through one move the figures of the other', async () => {
      const voter = await enter(halls.there, seat(2).token)
      const pollId = await openPollBy(chair)
      await voter.until(({ state }) => state.polls[pollId] !== undefined)
      expect(codeOf(await voter.order({ type: 'castBallot', pollId, choice: { choice: 'yes' } }))).toBe(
        'accepted',
      )
      await chair.until(({ tally }) => tally?.pollId === pollId && tally.cast === 1)
      expect(chair.tally?.seats).toEqual([seat(2).seatId])
      expect(codeOf(await chair.order({ type: 'closePoll', pollId }))).toBe('accepted')
    })

    test('a session that ends on one is shown out of the other, and out of its drafts', async () => {
      const { seatId, token } = seat(3)
      const guest = await enter(halls.there, token)
      const hand = openHand(halls.there.url, halls.seeded.draftId, guest.cookie)
      await vi.waitFor(() => expect(hand.provider.synced).toBe(true), waiting)
      const { sessionId } = await halls.here.store.db
        .selectFrom('sessions')
        .select('sessionId')
        .where('seatId', '=', seatId)
        .where('endedAt', 'is', null)
        .executeTakeFirstOrThrow()
      const principal = await halls.here.rooms.identity.fromCookieHeader(guest.cookie)
      if (principal?.sessionId !== sessionId) throw new Error('another session')
      await halls.here.rooms.identity.signOut(principal)
      await guest.until(({ byes }) => byes.length > 0)
      expect(guest.byes).toEqual(['sessionEnded'])
      await vi.waitFor(() => expect(hand.refusals.length).toBeGreaterThan(0), waiting)
      expect(['sessionEnded', 'notSignedIn']).toContain(hand.refusals[0])
      hand.leave()
    })

    test('a name that is changed through one is heard on the other', async () => {
      const { seatId } = seat(0)
      let heard = ''
      const guest = await enter(halls.there, halls.seeded.facilitator.token)
      guest.socket.on('names', (names) => {
        heard = names[seatId]?.name ?? ''
      })
      // Written past the hall, so that no word of it goes round.
      const { db } = halls.here.store
      await db.updateTable('seatNames').set({ name: '王新名' }).where('seatId', '=', seatId).execute()
      await vi.waitFor(() => expect(heard).toBe('王新名'), waiting)
    })

    test('a version of a draft that is kept through one is heard of on the other', async () => {
      const { draftId } = halls.seeded
      const heard: string[] = []
      const guest = await enter(halls.there, halls.seeded.facilitator.token)
      guest.socket.on('draftNews', (news) => heard.push(`${news.about} of ${news.draftId}`))
      // Written past the hall, so that no word of it goes round.
      const { db } = halls.here.store
      const row = {
        versionId: 'vn_0001',
        draftId,
        kind: 'named',
        name: '初稿',
        sha256: '',
        chars: 0,
      } as const
      const made = { by: 'ac_0001', at: 0, commandId: 'by-hand', state: new Uint8Array(0) }
      await db
        .insertInto('versions')
        .values({ ...row, ...made })
        .execute()
      await vi.waitFor(() => expect(heard).toContain(`versions of ${draftId}`), waiting)
    })

    test('they say how they are', async () => {
      const bus = withRedis ? 'up' : 'alone'
      const ready = { status: 200, ok: true, store: 'up', bus, draining: false }
      await vi.waitFor(async () => expect(await readinessOf(halls.here)).toEqual(ready), waiting)
      const figures = await (await fetch(`${halls.there.url}/metrics`)).text()
      expect(figures).toContain(`yishiting_bus_up ${withRedis ? 1 : 0}`)
      expect(figures).toContain('yishiting_store_up 1')
    })

    if (!withRedis) return
    test('passwords are tried a few times a minute at both together, and at each while Redis is away', async () => {
      const tryAt = async ({ url }: Hall): Promise<number> => {
        const answer = await fetch(`${url}/api/session`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ login: 'nobody', password: 'nothing at all' }),
        })
        return answer.status
      }
      // All at once, so that they fall into one minute on any machine.
      const tries = async (times: number): Promise<number[]> => {
        const halfTimes = Array.from({ length: times / 2 })
        const all = halfTimes.flatMap(() => [tryAt(halls.here), tryAt(halls.there)])
        return (await Promise.all(all)).sort()
      }
      const max = limits.passwordTriesPerAddressPerMinute
      expect(await tries(max + 2)).toEqual([...Array(max).fill(401), 429, 429])
      await halls.redis?.kill()
      await vi.waitFor(async () => expect((await readinessOf(halls.here)).bus).toBe('down'), waiting)
      expect(await tries(2 * max + 2)).toEqual([...Array(2 * max).fill(401), 429, 429])
      await halls.redis?.start()
    })
  })
}

describe.skipIf(skipsPostgres)('an empty hall with two nodes', () => {
  test('is set up through either by the link that either printed, once', async () => {
    const postgres = await openPostgresServer()
    const databaseUrl = await postgres.database()
    const stores = await Promise.all([openPostgresStore(databaseUrl), openPostgresStore(databaseUrl)])
    const [here, there] = stores.map((store) =>
      openRooms({ store, clock: systemClock, ids: systemIds, bus: openLocalBus(), logger: silentLogger }),
    )
    const links = [await here?.identity.firstRun(), await there?.identity.firstRun()]
    const setUp = (token: string | null | undefined) =>
      there?.identity.setUp({
        setupToken: token ?? '',
        hallName: '众人议事厅',
        unitName: { zh: '径山镇', en: 'Jingshan' },
        parties: [{ name: { zh: '村', en: 'village' } }],
        account: { login: 'shuji', name: '李秘书', password: 'a long enough secret' },
      })
    expect(await setUp('neither')).toMatchObject({ refusal: { code: 'setupTokenWrong' } })
    expect(await setUp(links[0])).toMatchObject({ ok: true })
    expect(await setUp(links[1])).toMatchObject({ refusal: { code: 'hallExists' } })
    expect(await here?.identity.firstRun()).toBeNull()
    for (const rooms of [here, there]) await rooms?.close()
    for (const store of stores) await store.close()
    await postgres.close()
  })
})
