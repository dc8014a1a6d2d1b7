// What lies between nodes and beneath them breaks: they follow each other all the same, and lose nothing they said yes to.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { skipsRedis } from '../bus/redisServer.ts'
import { type Hand, openHand } from '../faults/writers.ts'
import { codeOf, Guest, newCommandId, openPollBy } from '../live/hall.ts'
import { waiting } from '../patience.ts'
import { skipsPostgres } from '../store/postgresServer.ts'
import { openTwoHalls, readinessOf, type TwoHalls } from './twoHalls.ts'

describe.skipIf(skipsPostgres || skipsRedis)('two nodes', () => {
  let halls: TwoHalls
  let chair: Guest
  let chairThere: Guest
  let seats: Guest[]
  let hands: Hand[]

  beforeAll(async () => {
    halls = await openTwoHalls({ withRedis: true, seats: 6 })
    const { here, there, seeded } = halls
    const { meetingId, draftId, facilitator } = seeded
    chair = await Guest.enter(here.url, meetingId, facilitator.token)
    chairThere = await Guest.enter(there.url, meetingId, facilitator.token)
    seats = await Promise.all(seeded.seats.map(({ token }) => Guest.enter(there.url, meetingId, token)))
    hands = [openHand(here.url, draftId, chair.cookie), openHand(there.url, draftId, chairThere.cookie)]
    await vi.waitFor(() => expect(hands.every(({ provider }) => provider.synced)).toBe(true), waiting)
  })
  afterAll(async () => {
    for (const guest of [chair, chairThere, ...seats]) guest.leave()
    for (const hand of hands) hand.leave()
    await halls.close()
  })

  const seatOf = (i: number): Guest => {
    const seat = seats[i]
    if (!seat) throw new Error('no such seat')
    return seat
  }
  /** An order, a caret's worth of text and a hint beside the record, through one and heard on the other. */
  const theyFollow = async (mark: string): Promise<void> => {
    const raised = await seatOf(0).order({ type: 'raiseHand', kind: 'speak' })
    expect(codeOf(raised)).toBe('accepted')
    await chair.until(({ state }) => state.floor.hands.length === 1)
    expect(codeOf(await seatOf(0).order({ type: 'lowerHand' }))).toBe('accepted')
    await chair.until(({ state }) => state.floor.hands.length === 0)
    for (const [i, hand] of hands.entries()) {
      hand.doc.getText('t').insert(0, `${mark}${i} `)
      const others = hands.filter((other) => other !== hand)
      await vi.waitFor(() => {
        for (const other of others) expect(other.doc.getText('t').toString()).toContain(`${mark}${i}`)
      }, waiting)
    }
  }
  const bothSay = (bus: string) =>
    vi.waitFor(async () => {
      for (const hall of [halls.here, halls.there]) expect((await readinessOf(hall)).bus).toBe(bus)
    }, waiting)

  test('follow the store while Redis is frozen, and each other when it goes on', async () => {
    await bothSay('up')
    halls.redis?.freeze()
    await theyFollow('frozen')
    await bothSay('down')
    await theyFollow('still')
    halls.redis?.thaw()
    await bothSay('up')
    await theyFollow('thawed')
  })

  test('go on when Redis forgets everything', async () => {
    await halls.redis?.ask('FLUSHALL')
    await theyFollow('flushed')
  })

  test('go on when one of them is cut off from Redis, in either direction', async () => {
    halls.thereToRedis?.partition()
    await theyFollow('parted')
    await vi.waitFor(async () => expect((await readinessOf(halls.there)).bus).toBe('down'), waiting)
    expect((await readinessOf(halls.here)).bus).toBe('up')
    await theyFollow('known')
    halls.thereToRedis?.mend()
    await bothSay('up')
    await theyFollow('mended')
  })

  test('refuse in words while PostgreSQL is away in the middle of a vote, and no ballot is lost or doubled', async () => {
    const pollId = await openPollBy(chair)
    const codes = new Set<string>()
    /** As a page does: the same order, until it is answered with more than "not now". */
    const insist = async (guest: Guest, command: Parameters<Guest['order']>[0]): Promise<string> => {
      const commandId = newCommandId()
      for (;;) {
        const code = codeOf(await guest.order(command, commandId))
        codes.add(code)
        if (!['storeUnavailable', 'busy', 'tooFast'].includes(code)) return code
      }
    }
    const yes = { type: 'castBallot', pollId, choice: { choice: 'yes' } } as const
    const half = seats.slice(0, 3).map((seat) => insist(seat, yes))
    await Promise.race(half)
    await halls.postgres.crash()
    const rest = seats.slice(3).map((seat) => insist(seat, yes))
    await vi.waitFor(async () => {
      expect(await readinessOf(halls.here)).toMatchObject({ status: 503, store: 'down' })
    }, waiting)
    await vi.waitFor(() => expect(codes).toContain('storeUnavailable'), waiting)
    hands[0]?.doc.getText('t').insert(0, 'while it was away ')
    await halls.postgres.start()
    expect(new Set(await Promise.all([...half, ...rest]))).toEqual(new Set(['accepted']))
    expect(await insist(chairThere, { type: 'closePoll', pollId })).toBe('accepted')
    await chair.until(({ state }) => state.polls[pollId]?.status === 'closed')
    expect(chair.state.polls[pollId]?.result?.totals.yes).toBe(seats.length)
    await vi.waitFor(
      () => expect(hands[1]?.doc.getText('t').toString()).toContain('while it was away'),
      waiting,
    )
    await theyFollow('back')
  })
})
