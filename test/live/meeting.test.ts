import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Seeded } from '../../server/cli/seedMeeting.ts'
import { verifyRecord } from '../../shared/record/verify.ts'
import { choicesIn, codeOf, Guest, openPollBy, openTestHall, type TestHall } from './hall.ts'

let hall: TestHall
let seeded: Seeded
const guests: Guest[] = []

const enter = async (token: string | undefined, meetingId = seeded.meetingId): Promise<Guest> => {
  const guest = await Guest.enter(hall.url, meetingId, token ?? '')
  guests.push(guest)
  return guest
}
const seatToken = (index: number) => seeded.seats[index]?.token
const seatOfParty = (party: string, nth = 0) => seeded.seats.filter((seat) => seat.party === party)[nth]

beforeAll(async () => {
  hall = await openTestHall()
})
afterAll(async () => {
  for (const guest of guests) guest.leave()
  await hall.close()
})

describe('an order', () => {
  let facilitator: Guest
  let seat: Guest
  beforeAll(async () => {
    seeded = await hall.seed(8)
    facilitator = await enter(seeded.facilitator.token)
    seat = await enter(seatToken(0))
  })

  test('reaches everyone as the same events, and every fold is equal', async () => {
    expect(codeOf(await seat.order({ type: 'raiseHand', kind: 'speak' }))).toBe('accepted')
    await facilitator.until(({ state }) => state.floor.hands.length === 1)
    const late = await enter(seatToken(1))
    await late.until(({ seq }) => seq >= facilitator.seq)
    await facilitator.until(({ seq }) => seq >= late.seq)
    expect(facilitator.state).toEqual(late.state)
    await seat.order({ type: 'lowerHand' })
  })

  test('sent again under the same id has one effect and one answer', async () => {
    const id = 'the-same-order'
    const raise = { type: 'raiseHand', kind: 'speak' } as const
    const [first, second] = await Promise.all([seat.order(raise, id), seat.order(raise, id)])
    expect(first).toEqual(second)
    expect(await seat.order(raise, id)).toEqual(first)
    await seat.until(({ state }) => state.floor.hands.length === 1)
    expect(codeOf(await seat.order({ type: 'lowerHand' }, id))).toBe('commandIdReused')
    expect(codeOf(await facilitator.order(raise, id))).toBe('commandIdReused')
    await seat.order({ type: 'lowerHand' })
  })

  test('is remembered across a restart', async () => {
    const id = 'before-the-restart'
    const raise = { type: 'raiseHand', kind: 'speak' } as const
    const before = await seat.order(raise, id)
    const disconnected = new Promise((resolve) => seat.socket.once('disconnect', resolve))
    const back = Promise.all(
      guests.map(
        (guest) => new Promise((resolve) => guest.socket.once('connect', () => resolve(guest.join()))),
      ),
    )
    await hall.restart()
    await disconnected
    await back
    expect(await seat.order(raise, id)).toEqual(before)
    expect(seat.state.floor.hands).toHaveLength(1)
    await seat.order({ type: 'lowerHand' })
  })

  test('that a role may not give, or that is malformed, changes nothing and is answered with a code', async () => {
    const before = await hall.hall.rooms.meetings.head(seeded.meetingId)
    const raw = (command: unknown, commandId: unknown = 'some-command-id') =>
      seat.sends('command', { meetingId: seeded.meetingId, commandId, command })
    expect(codeOf(await seat.order({ type: 'closeMeeting' }))).toBe('notAllowed')
    expect(codeOf(await raw({ type: 'closeTheHall' }))).toBe('malformed')
    expect(codeOf(await raw({ type: 'raiseHand', kind: 'speak', seatId: '__proto__' }))).toBe('malformed')
    expect(codeOf(await raw({ type: 'raiseHand', __proto__: null, extra: 1 }))).toBe('malformed')
    expect(codeOf(await raw({ type: 'addAgendaItem', title: '长'.repeat(500) }))).toBe('malformed')
    expect(codeOf(await raw({ type: 'giveFloor', seconds: Number.NaN }))).toBe('malformed')
    expect(codeOf(await raw({ type: 'raiseHand' }, 7))).toBe('malformed')
    expect(codeOf(await raw({ type: 'raiseHand' }, '../../etc'))).toBe('malformed')
    expect(codeOf(await seat.sends('command', null))).toBe('malformed')
    expect(codeOf(await seat.sends('join', { meetingId: 'constructor', protocol: 1 }))).toBe('malformed')
    expect(await hall.hall.rooms.meetings.head(seeded.meetingId)).toEqual(before)
  })

  test('for a meeting that is not one’s own is refused', async () => {
    const own = seeded
    const other = await hall.seed(3)
    seeded = own
    const ask = { meetingId: other.meetingId, commandId: 'foreign-order', command: { type: 'raiseHand' } }
    expect(codeOf(await seat.sends('command', ask))).toBe('wrongMeeting')
    expect(codeOf(await seat.sends('join', { meetingId: other.meetingId, protocol: 1 }))).toBe('wrongMeeting')
    expect(codeOf(await seat.sends('refill', { meetingId: other.meetingId, since: 0 }))).toBe('wrongMeeting')
  })

  test('too many at once are refused without harm, and a frame over the bound costs only its sender', async () => {
    const hasty = await enter(seatToken(2))
    const orders = Array.from({ length: 120 }, () => hasty.order({ type: 'lowerAllHands' }))
    const answers = await Promise.all(orders)
    expect(answers.filter((answer) => codeOf(answer) === 'tooFast').length).toBeGreaterThan(0)
    const gone = new Promise((resolve) => hasty.socket.once('disconnect', resolve))
    const command = { type: 'cancelPoll', pollId: 'po_0000', reason: '大'.repeat(200_000) } as const
    const huge = { meetingId: seeded.meetingId, commandId: 'a-huge-order', command }
    hasty.socket.emit('command', huge, () => {})
    await gone
    hasty.leave()
    expect(codeOf(await facilitator.order({ type: 'setScene', scene: 'agenda' }))).toBe('accepted')
  })
})

describe('a poll', () => {
  let facilitator: Guest
  let seats: Guest[]
  beforeAll(async () => {
    seeded = await hall.seed(8)
    facilitator = await enter(seeded.facilitator.token)
    seats = []
    for (const { token } of seeded.seats.slice(0, 7)) seats.push(await enter(token))
    const last = seeded.seats[7]?.seatId ?? ''
    await facilitator.order({ type: 'checkIn', seatId: last, channel: 'clerk' })
    await facilitator.until(({ state }) => state.attendance[last]?.status === 'present')
  })

  test('counts one ballot a seat over devices and the clerk, and gives receipts that the record lists', async () => {
    const [one, two] = [seats[0], seats[1]]
    const clerkSeat = seeded.seats[7]
    if (!one || !two || !clerkSeat) throw new Error('too few seats')
    const pollId = await openPollBy(facilitator)
    const yes = { type: 'castBallot', pollId, choice: { choice: 'yes' } } as const
    const no = { ...yes, choice: { choice: 'no' } }

    const cast = await one.order(yes)
    expect(cast.ok && cast.value.receipt?.receipt).toMatch(/^[0-9A-F]{10}$/)
    const resent = await one.order(yes, 'resent-ballot')
    expect(await one.order(yes, 'resent-ballot')).toEqual(resent)
    expect(codeOf(await two.order(no))).toBe('accepted')

    // The same seat on a second device: the last ballot before closing counts, once.
    const again = await enter(seeded.seats.find(({ seatId }) => seatId === two.me.seatId)?.token)
    expect(codeOf(await again.order(yes))).toBe('accepted')
    await two.until(({ myBallots }) => choicesIn(myBallots, pollId).includes('yes'))
    expect(choicesIn(two.myBallots, pollId)).toEqual(['yes'])
    expect(one.myBallots).toEqual([])

    // A device seat cannot be voted for by the clerk, a clerk's seat not by hands and by ballot both.
    expect(codeOf(await facilitator.order({ ...yes, seatId: one.me.seatId ?? '' }))).toBe('otherSource')
    const hands = (count: number, party = clerkSeat.party) =>
      facilitator.order({ type: 'countHands', pollId, partyId: party, counts: { yes: count }, witness: '' })
    expect(codeOf(await hands(2))).toBe('handsExceedSeats')
    expect(codeOf(await hands(1))).toBe('accepted')
    expect(codeOf(await facilitator.order({ ...yes, seatId: clerkSeat.seatId }))).toBe('handsExceedSeats')
    expect(codeOf(await hands(0))).toBe('accepted')
    expect(codeOf(await facilitator.order({ ...yes, seatId: clerkSeat.seatId }))).toBe('accepted')
    expect(codeOf(await hands(1))).toBe('handsExceedSeats')

    await facilitator.until(({ tally }) => tally?.seats.length === 3)
    expect(facilitator.tally).toMatchObject({ cast: 3, electors: 8, byOption: null })
    expect(one.tally?.seats ?? []).toEqual([])

    expect(codeOf(await facilitator.order({ type: 'closePoll', pollId }))).toBe('accepted')
    expect(codeOf(await one.order(no))).toBe('pollClosed')
    await one.until(({ state }) => state.polls[pollId]?.late[one.me.seatId ?? ''] === 1)
    const poll = one.state.polls[pollId]
    expect(poll?.result?.totals).toEqual({ yes: 3, no: 0, abstain: 0 })
    expect(poll?.ballots.map(({ source }) => source).sort()).toEqual(['clerk', 'device', 'device'])
    expect(poll?.ballots.map(({ receipt }) => receipt)).toContain(resent.ok && resent.value.receipt?.receipt)
    await facilitator.until(({ seq }) => seq >= one.seq)
    expect(facilitator.state).toEqual(one.state)
  })

  test('no ballot acknowledged before closing is missing, and none after it counts', async () => {
    const pollId = await openPollBy(facilitator)
    const cast = seats.map((seat) => seat.order({ type: 'castBallot', pollId, choice: { choice: 'yes' } }))
    const closing = facilitator.order({ type: 'closePoll', pollId })
    const answers = await Promise.all(cast)
    expect(codeOf(await closing)).toBe('accepted')
    const acknowledged = answers.filter(({ ok }) => ok).length
    expect(answers.every((answer) => ['accepted', 'pollClosed'].includes(codeOf(answer)))).toBe(true)
    await facilitator.until(({ state }) => state.polls[pollId]?.status === 'closed')
    expect(facilitator.state.polls[pollId]?.result?.totals.yes).toBe(acknowledged)
  })

  test('is blocked without a quorum, and the earlier result stands', async () => {
    const earlier = facilitator.state.pollOrder.length
    for (const seat of seats.slice(0, 5)) await seat.order({ type: 'leave' })
    const ask = facilitator.order({
      type: 'openPoll',
      itemId: facilitator.state.currentItemId ?? '',
      question: '再表决一次?',
      method: { kind: 'yesNo' },
      options: [],
      secrecy: 'named',
      show: 'hidden',
    })
    expect(codeOf(await ask)).toBe('quorumNotMet')
    expect(facilitator.state.pollOrder).toHaveLength(earlier)
  })

  test('a poll that was sealed when the power went is counted after the restart', async () => {
    for (const seat of seats.slice(0, 5)) await seat.order({ type: 'checkIn' })
    const pollId = await openPollBy(facilitator)
    await seats[0]?.order({ type: 'castBallot', pollId, choice: { choice: 'no' } })
    const { store } = hall.hall
    const sealed = store.db
      .updateTable('urns')
      .set({ state: 'sealed' })
      .where('pollId', '=', pollId)
      .compile()
    await store.write([{ sql: sealed.sql, parameters: sealed.parameters }])
    const back = new Promise<void>((resolve) =>
      facilitator.socket.once('connect', () => resolve(facilitator.join())),
    )
    await hall.restart()
    await back
    await facilitator.until(({ state }) => state.polls[pollId]?.status === 'closed')
    expect(facilitator.state.polls[pollId]?.result?.totals).toEqual({ yes: 0, no: 1, abstain: 0 })
  })
})

describe('the record', () => {
  test('is exported, verifies offline, and shows any tampering', async () => {
    const facilitator = await enter(seeded.facilitator.token)
    const answer = await fetch(`${hall.url}/api/meetings/${seeded.meetingId}/record/export`, {
      headers: { cookie: facilitator.cookie },
    })
    const file = (await answer.json()) as { events: { at: number }[]; texts: Record<string, string> }
    expect(verifyRecord(file)).toMatchObject({ ok: true, events: facilitator.seq })

    const copy = () => structuredClone(file)
    const changed = copy()
    const third = changed.events[2]
    if (third) third.at += 1
    expect(verifyRecord(changed)).toMatchObject({ ok: false, seq: 3 })
    const shortened = copy()
    shortened.events.splice(4, 1)
    expect(verifyRecord(shortened)).toMatchObject({ ok: false, seq: 5 })
    const rewritten = copy()
    const [hash = ''] = Object.keys(rewritten.texts)
    rewritten.texts[hash] = '别的文字'
    expect(verifyRecord(rewritten)).toMatchObject({ ok: false })
    expect(verifyRecord({ format: 'something else' })).toMatchObject({ ok: false, seq: 0 })
    expect(verifyRecord(null)).toMatchObject({ ok: false, seq: 0 })
  })

  test('holds ids and no names', async () => {
    const person = seatOfParty('pt_village')
    expect(person).toBeDefined()
    const rows = await hall.hall.store.db.selectFrom('events').select('body').execute()
    const names = await hall.hall.store.db.selectFrom('people').select('name').execute()
    const text = rows.map(({ body }) => body).join('\n')
    for (const { name } of names) expect(text).not.toContain(name)
  })
})
