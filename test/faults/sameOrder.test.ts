// The same order again has one effect and one answer, however it comes: at once, late, refused, or under another body.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Seeded } from '../../server/cli/seedMeeting.ts'
import { codeOf, Guest, openPollBy, openTestHall, type TestHall } from '../live/hall.ts'

let hall: TestHall
let seeded: Seeded
let chair: Guest
const seats: Guest[] = []

beforeAll(async () => {
  hall = await openTestHall()
  seeded = await hall.seed(30, 'simple')
  chair = await Guest.enter(hall.url, seeded.meetingId, seeded.facilitator.token)
  for (const { token } of seeded.seats) seats.push(await Guest.enter(hall.url, seeded.meetingId, token))
})
afterAll(async () => {
  for (const guest of [chair, ...seats]) guest.leave()
  await hall.close()
})

const seat = (index: number): Guest => {
  const found = seats[index]
  if (!found) throw new Error(`no seat ${index}`)
  return found
}
const raise = { type: 'raiseHand', kind: 'speak' } as const

describe('an id that was used', () => {
  test('for another order in the same instant costs nobody else an answer', async () => {
    const answers = await Promise.all([
      seat(0).order(raise, 'twice-used-id'),
      seat(0).order({ type: 'lowerHand' }, 'twice-used-id'),
      ...[1, 2, 3, 4, 5].map((index) => seat(index).order(raise)),
    ])
    expect(answers.map(codeOf)).toEqual(['accepted', 'commandIdReused', ...Array(5).fill('accepted')])
  })

  test('keeps its first answer, though another order tried to take it', async () => {
    const first = await seat(6).order(raise, 'the-first-stands')
    expect(codeOf(await seat(6).order({ type: 'lowerHand' }, 'the-first-stands'))).toBe('commandIdReused')
    expect(await seat(6).order(raise, 'the-first-stands')).toEqual(first)
    expect(codeOf(await seat(7).order(raise, 'the-first-stands'))).toBe('commandIdReused')
    expect(await seat(6).order(raise, 'the-first-stands')).toEqual(first)
  })

  test('for a ballot that was refused is answered so again, whatever has changed meanwhile', async () => {
    const pollId = await openPollBy(chair, { changeable: false })
    const yes = { type: 'castBallot', pollId, choice: { choice: 'yes' } } as const
    const seatId = seat(8).me.seatId ?? ''
    expect(codeOf(await chair.order({ ...yes, seatId }, 'wrong-channel'))).toBe('otherSource')
    await chair.order({ type: 'setChannel', seatId, channel: 'clerk' })
    expect(codeOf(await chair.order({ ...yes, seatId }, 'wrong-channel'))).toBe('otherSource')
    expect(codeOf(await chair.order({ ...yes, seatId }, 'right-channel'))).toBe('accepted')

    await seat(9).order(yes)
    expect(codeOf(await seat(9).order({ ...yes, choice: { choice: 'no' } }, 'second-ballot'))).toBe(
      'ballotFixed',
    )
    await chair.order({ type: 'closePoll', pollId })
    expect(codeOf(await seat(9).order({ ...yes, choice: { choice: 'no' } }, 'second-ballot'))).toBe(
      'ballotFixed',
    )
    expect(codeOf(await seat(9).order(yes, 'late-ballot'))).toBe('pollClosed')
    expect(codeOf(await seat(9).order(yes, 'late-ballot'))).toBe('pollClosed')
    expect(chair.state.polls[pollId]?.late).toEqual({ [seat(9).me.seatId ?? '']: 1 })
  })
})

test('in a full hall, too, nobody is told that an order is done before seeing what it did', async () => {
  const seen = await Promise.all(
    seats.slice(10).map(async (guest) => {
      const answer = await guest.order(raise)
      return answer.ok && guest.seq >= answer.value.seq
    }),
  )
  expect(seen).not.toContain(false)
  await Promise.all(seats.map((guest) => guest.until(({ seq }) => seq >= chair.seq)))
  for (const guest of seats) expect(guest.state).toEqual(chair.state)
})
