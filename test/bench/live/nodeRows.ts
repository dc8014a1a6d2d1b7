// Orders in one meeting and in a hundred, on one node and on two; and how soon one node hears of the other.
import { type Arena, openHallArena } from './arenas.ts'
import { enterChair, enterSeats, type Member } from './hall.ts'
import { Hearing, type Histogram } from './hearing.ts'

const meetingsOfMany = 100
const seatsOfMany = 10
const seatsOfOne = 100

const raise = { type: 'raiseHand', kind: 'speak' } as const
const lower = { type: 'lowerHand' } as const

/** Everybody orders, waits for the answer, and orders again; answers a second. */
const keepOrdering = async (members: readonly Member[], seconds: number): Promise<number> => {
  const began = performance.now()
  const until = began + seconds * 1_000
  let answered = 0
  const refusals = new Map<string, number>()
  await Promise.all(
    members.map(async ({ order }) => {
      for (let i = 0; performance.now() < until; i += 1) {
        const answer = await order(i % 2 === 0 ? raise : lower)
        if (answer.ok) answered += 1
        else refusals.set(answer.refusal.code, (refusals.get(answer.refusal.code) ?? 0) + 1)
      }
    }),
  )
  for (const [code, times] of refusals) process.stderr.write(`refused ${times} times: ${code}\n`)
  return (answered / (performance.now() - began)) * 1_000
}

const inMeetings = async (arena: Arena, seats: number, seconds: number): Promise<number> => {
  const members: Member[] = []
  for (const [i, meeting] of arena.meetings.entries()) {
    // As a balancer would, everybody comes in at the next node.
    const port = arena.ports[i % arena.ports.length]
    members.push(...(await enterSeats(arena, meeting, seats, () => {}, port)))
  }
  const perSecond = await keepOrdering(members, seconds)
  for (const { seat } of members) seat.leave()
  await arena.close()
  return perSecond
}

export const ordersInOneMeeting = async (main: string, seconds: number): Promise<number> =>
  inMeetings(await openHallArena({ main, meetings: 1, seats: seatsOfOne }), seatsOfOne, seconds)

/** @param nodes 0 for the embedded store */
export const ordersInManyMeetings = async (main: string, nodes: number, seconds: number): Promise<number> => {
  const ask = { main, meetings: meetingsOfMany, seats: seatsOfMany }
  const cluster = nodes > 0 ? { cluster: { nodes, withRedis: true } } : {}
  return inMeetings(await openHallArena({ ...ask, ...cluster }), seatsOfMany, seconds)
}

const gapMs = 40

/** Orders on one node, one after another; how long until each is heard by somebody on the other. */
export const heardElsewhere = async (
  main: string,
  withRedis: boolean,
  seconds: number,
): Promise<Histogram> => {
  const arena = await openHallArena({ main, meetings: 1, seats: 20, cluster: { nodes: 2, withRedis } })
  const [meeting] = arena.meetings
  if (!meeting) throw new Error('no meeting was made')
  const chair = await enterChair(arena, meeting)
  const hearing = new Hearing()
  const [speaker] = await enterSeats(arena, meeting, 1, () => {})
  const ears = await enterSeats(arena, meeting, 2, hearing.hear, arena.ports[1])
  hearing.begin()
  const until = performance.now() + seconds * 1_000
  let told = 0
  for (; performance.now() < until; told += 1) {
    await speaker?.order(told % 2 === 0 ? raise : lower, hearing.mark())
    await new Promise((resolve) => setTimeout(resolve, gapMs))
  }
  const histogram = await hearing.heardAll(told * ears.length)
  for (const { seat } of [chair, ...ears]) seat.leave()
  speaker?.seat.leave()
  await arena.close()
  return histogram
}
