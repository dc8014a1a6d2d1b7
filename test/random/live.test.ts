// A random meeting over real sockets: people order whatever, lines break and come back, and in the end everybody's
// fold, the server's memory and the record in the store are one.
import { expect, test } from 'vitest'
import type { Command } from '../../shared/meeting/commands.ts'
import { fold } from '../../shared/meeting/meeting.ts'
import { mayOrder } from '../../shared/meeting/roles.ts'
import { textsNamed, verifyRecord } from '../../shared/record/verify.ts'
import { openPoll } from '../../shared/views/polls.ts'
import { Ledger } from '../faults/ledger.ts'
import { Person } from '../faults/person.ts'
import { cookieFor } from '../live/hall.ts'
import { type Dice, diceOf } from './dice.ts'
import { type FarHall, openFarHall } from './farHall.ts'
import { checkMeeting } from './invariants.ts'
import { randomOrder } from './randomOrders.ts'

const seed = process.env.MEETING_SEED ?? 'sockets'
const ordersAltogether = 800
const seatsInHall = 6

/** Mostly what the role may order. What would end the meeting for everybody is left to the meetings on paper. */
const sensibleOrder = ({ state, seatId }: Person, dice: Dice): Command => {
  const role = seatId === null ? 'facilitator' : 'participant'
  for (;;) {
    const order = randomOrder(state, dice)
    if (order.type === 'closeMeeting' || order.type === 'recessMeeting') continue
    const isForOther = seatId !== null && 'seatId' in order && order.seatId !== seatId
    if ((mayOrder(role, order.type) && !isForOther) || dice.oneIn(20)) return order
  }
}

const exportOf = async ({ hall }: FarHall, meetingId: string) => {
  const events = await hall.rooms.meetings.events(meetingId, 0, 100_000)
  const rows = await hall.store.db.selectFrom('texts').selectAll().execute()
  const needed = new Set(events.flatMap(({ event }) => textsNamed(event).map(({ sha256 }) => sha256)))
  const texts = Object.fromEntries(
    rows.filter(({ sha256 }) => needed.has(sha256)).map(({ sha256, text }) => [sha256, text]),
  )
  return { format: 'yishiting-record', version: 1, stream: meetingId, events: [...events], texts } as const
}

test(`${ordersAltogether} random orders by people whose lines break leave one meeting`, async () => {
  const house = await openFarHall()
  const { meetingId, facilitator, screen, seats } = await house.seed(seatsInHall)
  const ledger = new Ledger()
  const log: string[] = []
  const people: Person[] = []
  const comeIn = async (name: string, token: string, seatId: string | null): Promise<Person> => {
    const cookie = await cookieFor(house.hall.url, token)
    const person = new Person(house.hall.url, { meetingId, cookie, name, seatId, ledger })
    people.push(person)
    await person.until(({ seq }) => seq > 0)
    return person
  }
  try {
    const dice = diceOf(seed)
    await comeIn('chair', facilitator.token, null)
    await comeIn('second-chair', facilitator.token, null)
    for (const [i, seat] of seats.entries()) await comeIn(`seat${i}`, seat.token, seat.seatId)
    await comeIn('seat0-again', seats[0]?.token ?? '', seats[0]?.seatId ?? null)
    const watcher = await comeIn('screen', screen.token, null)

    let left = ordersAltogether
    const work = async (person: Person, i: number): Promise<void> => {
      const own = diceOf(`${seed} ${i}`)
      while (left > 0) {
        left -= 1
        if (own.oneIn(15)) {
          log.push(`${person.name} drops`)
          person.drop()
        }
        const order = sensibleOrder(person, own)
        log.push(`${person.name} ${JSON.stringify(order)}`)
        if (own.oneIn(10)) {
          const [one, two] = await person.giveTwice(order)
          expect(two, 'the same order at the same time').toEqual(one)
        } else await person.give(order)
      }
    }
    await Promise.all(people.map(work))
    for (const person of people) if (dice.oneIn(2)) person.drop()

    const poll = openPoll(watcher.state)
    if (poll) await people[0]?.give({ type: 'closePoll', pollId: poll.pollId })
    const snapshot = await house.hall.rooms.meetings.snapshot(meetingId)
    const file = await exportOf(house, meetingId)
    expect(verifyRecord(file)).toMatchObject({ ok: true, events: snapshot?.seq })
    expect(fold(file.events)).toEqual(snapshot?.state)
    await Promise.all(people.map((person) => person.until(({ seq }) => seq >= (snapshot?.seq ?? 0))))
    for (const person of people) expect(person.state).toEqual(snapshot?.state)
    if (snapshot) checkMeeting(snapshot.state, Date.now())

    const answers = new Set([...ledger.entries.values()].map(({ answer }) => answer.ok))
    expect(answers).toEqual(new Set([true, false]))
    expect(file.events.length).toBeGreaterThan(ordersAltogether / 16)
    expect(people.reduce((sum, person) => sum + person.drops, 0)).toBeGreaterThan(10)
  } catch (fault) {
    throw new Error(`MEETING_SEED="${seed}" after:\n${log.join('\n')}`, { cause: fault })
  } finally {
    for (const person of people) person.leave()
    await house.close()
  }
})

test('a line that breaks while somebody is let in leaves nobody behind among those present', async () => {
  const house = await openFarHall(12)
  try {
    const { meetingId, facilitator, seats } = await house.seed(2)
    const cookie = await cookieFor(house.hall.url, seats[0]?.token ?? '')
    const ledger = new Ledger()
    const me = { meetingId, cookie, name: 'hasty', seatId: null, ledger }
    // More often than a seat may be connected at once: a connection that is never counted out would lock the seat out.
    for (let i = 0; i < 12; i += 1) {
      const hasty = new Person(house.hall.url, me)
      await hasty.askedToJoin(2 * i)
      hasty.drop()
      hasty.leave()
    }
    const patient = new Person(house.hall.url, me)
    await patient.until(({ seq }) => seq > 0)
    patient.leave()
    const own = { ...me, cookie: await cookieFor(house.hall.url, facilitator.token), name: 'chair' }
    const chair = new Person(house.hall.url, own)
    await chair.until(({ seq }) => seq > 0)
    await chair.until(({ presence }) => presence.seats.length === 0)
    chair.leave()
  } finally {
    await house.close()
  }
})
