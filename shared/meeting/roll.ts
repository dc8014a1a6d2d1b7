// Who counts at this moment: attendance by party as a rule asks for it, in seats, households and weight.
import { rollOf, weightOf } from '../counting/attendance.ts'
import type { PollRoll, PollSeat } from '../counting/poll.ts'
import type { Preset } from '../rules/preset.ts'
import { isPresent } from './deciding.ts'
import { represented } from './proxies.ts'
import type { MeetingState, Seat } from './state.ts'

/** A seat that counts. */
export type Member = Seat & { readonly partyId: string }

export const membersOf = (state: MeetingState): Member[] =>
  Object.values(state.seats).flatMap((seat) =>
    seat.role === 'member' && seat.partyId !== null ? [{ ...seat, partyId: seat.partyId }] : [],
  )

const asPollSeat = (seat: Member, present: boolean, recused: boolean): PollSeat => ({
  id: seat.seatId,
  party: seat.partyId,
  present,
  ...(recused ? { recused } : {}),
  ...(seat.weight === undefined ? {} : { weight: seat.weight }),
  ...(seat.households === undefined ? {} : { households: seat.households }),
})

/** What a seat's ballot weighs under a rule. */
export const seatWeight = (seat: Member, preset: Preset): number =>
  weightOf(asPollSeat(seat, true, false), preset)

/** Whether some seats weigh more than others: then a ballot must name its seat, and cannot be secret. */
export const isWeighed = (state: MeetingState, preset: Preset): boolean =>
  membersOf(state).some((seat) => seatWeight(seat, preset) !== 1)

/**
 * Attendance by party under a rule, those represented by proxy among the present. Parties stand in the meeting's order;
 * where every unit must be there, units without a seat are not asked.
 */
export const rollUnder = (
  state: MeetingState,
  preset: Preset,
  recused: ReadonlySet<string> = new Set(),
): PollRoll[] => {
  const { holders } = represented(state, preset, recused)
  const members = membersOf(state)
  const isHere = ({ seatId }: Seat): boolean => isPresent(state, seatId) || holders.has(seatId)
  const seats = members.map((seat) =>
    asPollSeat(seat, isHere(seat), isHere(seat) && recused.has(seat.seatId)),
  )
  /** A household is there when one of it is; a seat without one is a household of its own. */
  const homesOf = (partyId: string): Pick<PollRoll, 'households' | 'householdsPresent'> => {
    const own = members.filter((seat) => seat.partyId === partyId)
    const homes = (some: typeof own) => new Set(some.map(({ seatId, household }) => household ?? seatId)).size
    return { households: homes(own), householdsPresent: homes(own.filter(isHere)) }
  }
  const counted = rollOf({ preset, method: { kind: 'yesNo' }, options: [], seats, ballots: [] }) ?? []
  const byUnits = preset.quorum?.basis === 'units'
  return state.parties.flatMap(({ partyId }) => {
    const party = counted.find((one) => one.partyId === partyId)
    if (party === undefined && byUnits) return []
    const roll = party ?? { partyId, due: 0, present: 0, recused: 0 }
    return [asksHouseholds(preset) && roll.households === undefined ? { ...roll, ...homesOf(partyId) } : roll]
  })
}

const asksHouseholds = ({ quorum, weights }: Preset): boolean =>
  weights === 'one' && (quorum?.basis === 'households' || quorum?.basis === 'rosterOrHouseholds')
