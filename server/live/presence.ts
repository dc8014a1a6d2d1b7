// Who is connected right now, here and through other nodes; never part of the record.
import type { Presence } from '../../shared/wire/live.ts'
import type { Principal } from '../identity/principal.ts'

/** Who is connected to a meeting through one node. */
export interface Present {
  readonly seats: readonly string[]
  readonly screens: readonly string[]
}

/** Ids with the number of their connections. */
type Counts = Map<string, number>

const count = (counts: Counts, id: string, by: 1 | -1): void => {
  const next = (counts.get(id) ?? 0) + by
  if (next > 0) counts.set(id, next)
  else counts.delete(id)
}

const isNobody = ({ seats, screens }: Present): boolean => seats.length === 0 && screens.length === 0
const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id, i) => id === b[i])

export const openPresence = () => {
  const here = new Map<string, { readonly seats: Counts; readonly screens: Counts }>()
  const bySeat: Counts = new Map()
  /** Meeting, then node. */
  const elsewhere = new Map<string, Map<string, Present>>()

  const change = (meetingId: string, { seatId, screenId }: Principal, by: 1 | -1): void => {
    const room = here.get(meetingId) ?? { seats: new Map(), screens: new Map() }
    here.set(meetingId, room)
    if (screenId !== null) count(room.screens, screenId, by)
    if (seatId !== null) {
      count(room.seats, seatId, by)
      count(bySeat, seatId, by)
    }
    if (room.seats.size === 0 && room.screens.size === 0) here.delete(meetingId)
  }
  const presentHere = (meetingId: string): Present => {
    const room = here.get(meetingId)
    return {
      seats: [...(room?.seats.keys() ?? [])].sort(),
      screens: [...(room?.screens.keys() ?? [])].sort(),
    }
  }
  const everywhere = (meetingId: string): readonly Present[] => [
    presentHere(meetingId),
    ...(elsewhere.get(meetingId)?.values() ?? []),
  ]
  const screensOf = (meetingId: string): readonly string[] => [
    ...new Set(everywhere(meetingId).flatMap(({ screens }) => screens)),
  ]

  /** @returns whether that changes anything */
  const hear = (node: string, meetingId: string, present: Present): boolean => {
    const nodes = elsewhere.get(meetingId) ?? new Map<string, Present>()
    const known = nodes.get(node) ?? { seats: [], screens: [] }
    if (isSame(known.seats, present.seats) && isSame(known.screens, present.screens)) return false
    if (isNobody(present)) nodes.delete(node)
    else nodes.set(node, present)
    if (nodes.size === 0) elsewhere.delete(meetingId)
    else elsewhere.set(meetingId, nodes)
    return true
  }

  return {
    enter: (meetingId: string, principal: Principal): void => change(meetingId, principal, 1),
    leave: (meetingId: string, principal: Principal): void => change(meetingId, principal, -1),
    /** Through this node. */
    connectionsOf: (seatId: string): number => bySeat.get(seatId) ?? 0,
    /** Seats that are here and have another line besides, here or through another node. */
    severalTimes: (meetingId: string): string[] => {
      const far = new Set([...(elsewhere.get(meetingId)?.values() ?? [])].flatMap(({ seats }) => seats))
      return [...(here.get(meetingId)?.seats ?? [])].flatMap(([seatId, lines]) =>
        lines > 1 || far.has(seatId) ? [seatId] : [],
      )
    },
    of: (meetingId: string): Presence => ({
      seats: [...new Set(everywhere(meetingId).flatMap(({ seats }) => seats))].sort(),
      screens: screensOf(meetingId).length,
    }),
    screensOf,
    presentHere,
    /** Meetings that somebody is connected to through this node. */
    meetings: (): string[] => [...here.keys()],
    hear,
    /** All that a node said, at once. @returns the meetings that this changes */
    hearAll: (node: string, presence: Readonly<Record<string, Present>>): string[] => {
      const left = [...elsewhere].flatMap(([meetingId, nodes]) =>
        nodes.has(node) && !presence[meetingId] ? [meetingId] : [],
      )
      const changed = Object.entries(presence).flatMap(([meetingId, present]) =>
        hear(node, meetingId, present) ? [meetingId] : [],
      )
      for (const meetingId of left) hear(node, meetingId, { seats: [], screens: [] })
      return [...left, ...changed]
    },
  }
}

export type PresenceRoom = ReturnType<typeof openPresence>
