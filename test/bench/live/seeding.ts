// Meetings to measure with, made behind the doors: everybody has a session and is checked in.
import { openLocalBus } from '../../../server/bus/local.ts'
import { seedHall, seedMeeting } from '../../../server/cli/seedMeeting.ts'
import { cookieName } from '../../../server/identity/secrets.ts'
import type { Store } from '../../../server/ports.ts'
import { openRooms, type Rooms } from '../../../server/rooms.ts'
import { systemClock, systemIds } from '../../../server/system.ts'
import { silentLogger } from '../../live/hall.ts'

export interface BenchMeeting {
  readonly meetingId: string
  /** Cookies of the facilitator and of the seats. */
  readonly chair: string
  readonly seats: readonly string[]
}

const atOnce = 64

/** Runs the work for every entry, so many at a time, and keeps the order of the results. */
export const eachOf = async <T, R>(
  list: readonly T[],
  width: number,
  work: (one: T, i: number) => Promise<R>,
): Promise<R[]> => {
  const results: R[] = []
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < list.length) {
      const i = next
      next += 1
      results[i] = await work(list[i] as T, i)
    }
  }
  await Promise.all(Array.from({ length: width }, worker))
  return results
}

const cookieOf = async ({ identity }: Rooms, token: string): Promise<string> => {
  const signed = await identity.exchange({ token, device: '', cookieHeader: undefined })
  if (!signed.ok) throw new Error(`no session: ${signed.refusal.code}`)
  return `${cookieName}=${signed.value.token}`
}

/** Closes the store when it is done. */
export const seedMeetings = async (
  store: Store,
  ask: { meetings: number; seats: number },
): Promise<BenchMeeting[]> => {
  const bus = openLocalBus()
  const rooms = openRooms({ store, clock: systemClock, ids: systemIds, bus, logger: silentLogger })
  const parts = { store, clock: systemClock, ids: systemIds, rooms }
  await seedHall(parts)
  const made: BenchMeeting[] = []
  for (let i = 0; i < ask.meetings; i += 1) {
    const seeded = await seedMeeting(parts, { seats: ask.seats, presetCode: 'simple', baseUrl: '' })
    const { meetingId } = seeded
    const seats = await eachOf(seeded.seats, atOnce, async ({ seatId, token }) => {
      const by = { actorId: seatId, role: 'participant', seatId } as const
      const envelope = { commandId: `bench-in-${seatId}`, command: { type: 'checkIn' } } as const
      const [cookie, done] = await Promise.all([
        cookieOf(rooms, token),
        rooms.meetings.order(meetingId, by, envelope),
      ])
      if (!done.ok) throw new Error(`${seatId} is not in: ${done.refusal.code}`)
      return cookie
    })
    made.push({ meetingId, chair: await cookieOf(rooms, seeded.facilitator.token), seats })
  }
  await rooms.close()
  await bus.close()
  await store.close()
  return made
}
