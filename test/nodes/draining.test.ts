// A node that is told to stop sends everybody to the others first, answers what was asked, and then goes.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openHand } from '../faults/writers.ts'
import { codeOf, Guest } from '../live/hall.ts'
import { waiting } from '../patience.ts'
import { skipsPostgres } from '../store/postgresServer.ts'
import { openTwoHalls, readinessOf, type TwoHalls } from './twoHalls.ts'

describe.skipIf(skipsPostgres)('draining', () => {
  let halls: TwoHalls
  beforeAll(async () => {
    halls = await openTwoHalls({ drainMs: 3_000 })
  })
  afterAll(() => halls.close())

  test('says so, lets nobody in, has everybody move, and loses no order and no letter', async () => {
    const { here, there, seeded } = halls
    const [chair, seat, deaf] = await Promise.all([
      Guest.enter(here.url, seeded.meetingId, seeded.facilitator.token),
      Guest.enter(here.url, seeded.meetingId, seeded.seats[0]?.token ?? ''),
      Guest.enter(here.url, seeded.meetingId, seeded.seats[1]?.token ?? ''),
    ])
    const moves: string[] = []
    // As a page does: it comes in anew at once. The other one never heard of moving.
    const move = (guest: Guest, name: string) =>
      guest.socket.on('move', () => {
        moves.push(name)
        guest.leave()
      })
    move(chair, 'chair')
    move(seat, 'seat')
    const reasons: string[] = []
    deaf.socket.on('disconnect', (reason) => reasons.push(reason))
    const hand = openHand(here.url, seeded.draftId, seat.cookie)
    const closes: (number | undefined)[] = []
    hand.provider.on('connection-close', (event) => closes.push(event?.code))
    await vi.waitFor(() => expect(hand.provider.synced).toBe(true), waiting)

    const answers: string[] = []
    const ordering = (async () => {
      while (moves.length === 0) {
        const raised = await Promise.race([
          seat.order({ type: 'raiseHand', kind: 'speak' }),
          new Promise<null>((resolve) => seat.socket.once('disconnect', () => resolve(null))),
        ])
        if (raised) answers.push(codeOf(raised))
      }
    })()
    await vi.waitFor(() => expect(answers.length).toBeGreaterThan(0), waiting)
    const draining = here.drain()
    await vi.waitFor(
      async () => expect(await readinessOf(here)).toMatchObject({ status: 503, ok: false, draining: true }),
      waiting,
    )
    await draining
    await ordering
    expect(answers[0]).toBe('accepted')
    expect(moves.sort()).toEqual(['chair', 'seat'])
    await vi.waitFor(() => expect(reasons[0]).toBe('transport close'), waiting)
    await vi.waitFor(() => expect(closes[0]).toBe(1012), waiting)
    await expect(fetch(`${here.url}/healthz`)).rejects.toThrow()
    expect(here.rooms.drafts.stats().connections).toBe(0)
    hand.leave()
    deaf.leave()

    const back = await Guest.enter(there.url, seeded.meetingId, seeded.facilitator.token)
    expect(back.state.floor.hands).toHaveLength(1)
    back.leave()
  })
})
