// Who speaks next, and why: points of order first, then the facilitator's own order, then those who have spoken least
// on this item, with parties taking turns.
import type { HandKind } from '../meeting/commands.ts'
import type { Hand, MeetingState } from '../meeting/state.ts'

export interface Waiting {
  readonly seatId: string
  readonly kind: HandKind
  readonly raisedAt: number
  /** What put the seat in this place; `cameFirst` where nothing but the time of raising did. */
  readonly reason: 'pointOfOrder' | 'arranged' | 'notYetSpoken' | 'otherParty' | 'spokeLess' | 'cameFirst'
}

export const speakingOrder = (state: MeetingState): Waiting[] => {
  const { hands, arranged } = state.floor
  const order: Waiting[] = hands
    .filter((hand) => hand.kind === 'pointOfOrder')
    .map((hand) => ({ ...hand, reason: 'pointOfOrder' }))
  for (const seatId of arranged) {
    const hand = hands.find((one) => one.seatId === seatId && one.kind !== 'pointOfOrder')
    if (hand) order.push({ ...hand, reason: 'arranged' })
  }
  const placed = new Set(order.map((hand) => hand.seatId))
  const rest = hands.filter((hand) => !placed.has(hand.seatId))
  return [...order, ...inFairOrder(state, rest)]
}

/** Repeatedly the earliest hand among those with the fewest turns, of another party than the last if there is one. */
const inFairOrder = (state: MeetingState, hands: readonly Hand[]): Waiting[] => {
  const turnsOf = (hand: Hand) => state.floor.itemTurns[hand.seatId] ?? 0
  const partyOf = (hand: Hand) => state.seats[hand.seatId]?.partyId ?? null
  const waiting = [...hands]
  const order: Waiting[] = []
  let lastParty = state.floor.lastPartyId
  while (waiting.length > 0) {
    const fewest = Math.min(...waiting.map(turnsOf))
    const equals = waiting.filter((hand) => turnsOf(hand) === fewest)
    const next = equals.find((hand) => partyOf(hand) !== lastParty) ?? equals[0]
    if (!next) break
    const overtaken = waiting.slice(0, waiting.indexOf(next))
    order.push({ ...next, reason: reasonFor(overtaken.map(turnsOf), fewest) })
    waiting.splice(waiting.indexOf(next), 1)
    lastParty = partyOf(next)
  }
  return order
}

/** @param overtaken turns of those who raised their hand earlier and still come later */
const reasonFor = (overtaken: readonly number[], turns: number): Waiting['reason'] => {
  if (overtaken.length === 0) return 'cameFirst'
  if (overtaken.every((others) => others === turns)) return 'otherParty'
  return turns === 0 ? 'notYetSpoken' : 'spokeLess'
}
