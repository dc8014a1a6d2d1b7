// A thousand people in one room, at this hall or at what it is measured against, who can all be told something and can
// all vote.
import { protocolVersion } from '../../../shared/wire/live.ts'
import { type Arena, rssKiB } from './arenas.ts'
import { enterChair, enterSeats } from './hall.ts'
import { Hearing } from './hearing.ts'
import { Seat } from './seat.ts'
import { eachOf } from './seeding.ts'

export interface Assembly {
  readonly title: string
  readonly seats: number
  readonly hearing: Hearing
  /** Memory of the server for each seat that came in, in KiB. */
  readonly kibPerSeat: number
  /** Sends one event that carries the mark. */
  tell(mark: string): void
  /** Everybody is ready to vote; then each call is one ballot and resolves when it is acknowledged. */
  openPoll(): Promise<(seat: number) => Promise<boolean>>
  close(): Promise<void>
}

const entersAtOnce = 20
const settleMs = 2_500
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, settleMs))

/** @returns what `enter` gave, and what each seat costs the server once it is quiet */
const weighed = async <T>(arena: Arena, seats: number, enter: () => Promise<T>): Promise<[T, number]> => {
  const pid = arena.pids[0] ?? 0
  await settled()
  const before = rssKiB(pid)
  const entered = await enter()
  await settled()
  return [entered, (rssKiB(pid) - before) / seats]
}

export const assembleHall = async (arena: Arena, count: number): Promise<Assembly> => {
  const [meeting] = arena.meetings
  if (!meeting) throw new Error('no meeting was made')
  const hearing = new Hearing()
  const chair = await enterChair(arena, meeting)
  const [members, kibPerSeat] = await weighed(arena, count, () =>
    enterSeats(arena, meeting, count, hearing.hear),
  )
  const speakers = members.slice(0, meeting.seats.length)
  let told = 0
  return {
    title: arena.title,
    seats: count,
    hearing,
    kibPerSeat,
    tell: (mark) => {
      const speaker = speakers[told % speakers.length]
      const isUp = Math.floor(told / speakers.length) % 2 === 1
      told += 1
      void speaker?.order(isUp ? { type: 'lowerHand' } : { type: 'raiseHand', kind: 'speak' }, mark)
    },
    openPoll: async () => {
      const pollId = await chair.openPoll()
      const command = { type: 'castBallot', pollId, choice: { choice: 'yes' } } as const
      return (seat) => members[seat]?.isObeyed(command) ?? Promise.resolve(false)
    },
    close: async () => {
      for (const { seat } of [chair, ...members]) seat.leave()
      await arena.close()
    },
  }
}

const meetingId = 'mt_00000000000000000000000000'

export const assembleBare = async (arena: Arena, count: number): Promise<Assembly> => {
  const hearing = new Hearing()
  const where = { port: arena.ports[0] ?? 0, speaks: arena.speaks, cookie: '' }
  const places = Array.from({ length: count }, (_, i) => i)
  const [seats, kibPerSeat] = await weighed(arena, count, () =>
    eachOf(places, entersAtOnce, () => Seat.enter(where, hearing.hear)),
  )
  let seq = protocolVersion
  return {
    title: arena.title,
    seats: count,
    hearing,
    kibPerSeat,
    // As long as an event of the hall.
    tell: (mark) => {
      seq += 1
      const event = { type: 'handRaised', seatId: 'st_00000000000000000000000000', kind: 'speak' }
      const recorded = { seq, at: Date.now(), by: event.seatId, commandId: mark, event }
      seats[seq % count]?.say('say', { meetingId, events: [recorded] })
    },
    openPoll: async () => (seat) => {
      seq += 1
      const command = {
        type: 'castBallot',
        pollId: 'po_00000000000000000000000000',
        choice: { choice: 'yes' },
      }
      const ask = { meetingId, commandId: `bench-order-${seq}`, command }
      return seats[seat]?.isGranted('command', ask) ?? Promise.resolve(false)
    },
    close: async () => {
      for (const seat of seats) seat.leave()
      await arena.close()
    },
  }
}
