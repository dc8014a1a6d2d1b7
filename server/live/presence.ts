// Who is connected right now, counted by connection; never part of the record.
import type { Presence } from '../../shared/wire/live.ts'
import type { Principal } from '../identity/principal.ts'

interface Room {
  readonly seats: Map<string, number>
  screens: number
}

export const openPresence = () => {
  const rooms = new Map<string, Room>()
  const bySeat = new Map<string, number>()

  const count = (tally: Map<string, number>, key: string, by: 1 | -1): void => {
    const next = (tally.get(key) ?? 0) + by
    if (next > 0) tally.set(key, next)
    else tally.delete(key)
  }
  const change = (meetingId: string, { seatId, role }: Principal, by: 1 | -1): void => {
    const room = rooms.get(meetingId) ?? { seats: new Map(), screens: 0 }
    rooms.set(meetingId, room)
    if (role === 'screen') room.screens += by
    if (seatId !== null) {
      count(room.seats, seatId, by)
      count(bySeat, seatId, by)
    }
    if (room.seats.size === 0 && room.screens === 0) rooms.delete(meetingId)
  }
  return {
    enter: (meetingId: string, principal: Principal): void => change(meetingId, principal, 1),
    leave: (meetingId: string, principal: Principal): void => change(meetingId, principal, -1),
    connectionsOf: (seatId: string): number => bySeat.get(seatId) ?? 0,
    of: (meetingId: string): Presence => {
      const room = rooms.get(meetingId)
      return { seats: [...(room?.seats.keys() ?? [])].sort(), screens: room?.screens ?? 0 }
    },
  }
}
