// Who has not voted and why that may be, and how many hands may still be counted.
import type { MeetingState, Poll } from '../../../shared/meeting/state.ts'
import { sourceOf } from '../../../shared/views/polls.ts'
import type { Tally } from '../../../shared/wire/live.ts'

export type Reach = 'connected' | 'disconnected' | 'clerk' | 'proxy' | 'paper'
export const reaches: readonly Reach[] = ['disconnected', 'clerk', 'proxy', 'paper', 'connected']

export interface Missing {
  readonly seatId: string
  readonly partyId: string
  readonly reach: Reach
  /**
   * Hands and papers carry no names: once as many hands are counted as the party has seats of the clerk, or two tellers
   * agree on the box, all of them are in.
   */
  readonly isCounted: boolean
}

/** Electors without a ballot of their own. How each votes may have changed since the poll opened. */
export const missingVotes = (
  state: MeetingState,
  poll: Poll,
  tally: Tally | null,
  connected: ReadonlySet<string>,
): Missing[] => {
  const cast = new Set(tally?.seats ?? [])
  const missing = poll.electors
    .filter(({ seatId }) => !cast.has(seatId))
    .map((elector) => ({ elector, source: sourceOf(state, poll, elector) }))
  const clerkSeats = (partyId: string) =>
    missing.filter(({ elector, source }) => source === 'clerk' && elector.partyId === partyId).length
  return missing.map(({ elector: { seatId, partyId }, source }): Missing => {
    switch (source) {
      case 'clerk':
        return { seatId, partyId, reach: source, isCounted: handsOf(tally, partyId) >= clerkSeats(partyId) }
      case 'paper':
        return { seatId, partyId, reach: source, isCounted: isBoxAgreed(tally, partyId) }
      case 'proxy':
        return { seatId, partyId, reach: source, isCounted: false }
      default: {
        const reach = connected.has(seatId) ? 'connected' : 'disconnected'
        return { seatId, partyId, reach, isCounted: false }
      }
    }
  })
}

const agreedBoxes = (tally: Tally | null) =>
  (tally?.papers ?? []).flatMap(({ partyId, sheet }) => (sheet === null ? [] : [{ partyId, sheet }]))

const isBoxAgreed = (tally: Tally | null, partyId: string): boolean =>
  agreedBoxes(tally).some((box) => box.partyId === null || box.partyId === partyId)

/** Hands counted so far, over all parties or of one. */
export const handsOf = (tally: Tally | null, partyId?: string): number => {
  if (tally === null) return 0
  if (partyId !== undefined) return tally.hands[partyId] ?? 0
  return Object.values(tally.hands).reduce((sum, hands) => sum + hands, 0)
}

/** Papers that two tellers counted alike and that say something valid, over all boxes or of one party's. */
export const papersOf = (tally: Tally | null, partyId?: string): number =>
  agreedBoxes(tally)
    .filter((box) => partyId === undefined || box.partyId === partyId)
    .reduce((sum, { sheet }) => sum + sheet.box - sheet.spoiled, 0)

/** How many hands of a party may be counted: its clerk-channel electors without a ballot of their own. */
export const handsMax = (missing: readonly Missing[], partyId: string): number =>
  missing.filter((seat) => seat.partyId === partyId && seat.reach === 'clerk').length

/** Electors of whom neither a ballot nor a counted hand or paper is in. */
export const notVotedCount = (missing: readonly Missing[], tally: Tally | null): number =>
  Math.max(0, missing.length - handsOf(tally) - papersOf(tally))
