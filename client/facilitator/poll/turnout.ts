// Who has not voted and why that may be, and how many hands may still be counted.
import type { Attendance, MeetingState, Poll } from '../../../shared/meeting/state.ts'
import type { Tally } from '../../../shared/wire/live.ts'

export type Reach = 'connected' | 'disconnected' | 'clerk'
export const reaches: readonly Reach[] = ['disconnected', 'clerk', 'connected']

export interface Missing {
  readonly seatId: string
  readonly partyId: string
  readonly reach: Reach
  /** Hands carry no names; once as many are counted as the party has seats of the clerk, all of them are in. */
  readonly isCounted: boolean
}

/** Who gives the seat's ballot now; it may have changed since the poll opened. */
const channelOf = (state: MeetingState, seatId: string): Attendance['channel'] =>
  state.attendance[seatId]?.channel ?? 'device'

/** Electors without a ballot of their own. */
export const missingVotes = (
  state: MeetingState,
  poll: Poll,
  tally: Tally | null,
  connected: ReadonlySet<string>,
): Missing[] => {
  const cast = new Set(tally?.seats ?? [])
  const missing = poll.electors.filter(({ seatId }) => !cast.has(seatId))
  const byClerk = missing.filter(({ seatId }) => channelOf(state, seatId) === 'clerk')
  return missing.map((elector) => {
    const { seatId, partyId } = elector
    if (!byClerk.includes(elector)) {
      return {
        seatId,
        partyId,
        reach: connected.has(seatId) ? 'connected' : 'disconnected',
        isCounted: false,
      }
    }
    const seats = byClerk.filter((other) => other.partyId === partyId).length
    return { seatId, partyId, reach: 'clerk', isCounted: handsOf(tally, partyId) >= seats }
  })
}

/** Hands counted so far, over all parties or of one. */
export const handsOf = (tally: Tally | null, partyId?: string): number => {
  if (tally === null) return 0
  if (partyId !== undefined) return tally.hands[partyId] ?? 0
  return Object.values(tally.hands).reduce((sum, hands) => sum + hands, 0)
}

/** How many hands of a party may be counted: its clerk-channel electors without a ballot of their own. */
export const handsMax = (missing: readonly Missing[], partyId: string): number =>
  missing.filter((seat) => seat.partyId === partyId && seat.reach === 'clerk').length

/** Electors of whom neither a ballot nor a counted hand is in. */
export const notVotedCount = (missing: readonly Missing[], tally: Tally | null): number =>
  Math.max(0, missing.length - handsOf(tally))
