// A seat as the hall names it: its holder's name, or its id where the name has been erased.
import type { MeetingState } from '../../../shared/meeting/state.ts'
import type { Names } from '../../../shared/wire/live.ts'

/** Ids end in random letters; four of them tell seats apart well enough where a name is gone. */
const tail = (seatId: string): string => seatId.slice(-4).toUpperCase()

export const seatName = (
  names: Names,
  seatId: string,
  unnamed: (params: { seat: string }) => string,
): string => {
  const name = names[seatId]?.name
  return name === undefined || name === '' ? unnamed({ seat: tail(seatId) }) : name
}

export const partyIndex = (state: MeetingState, partyId: string | null): number =>
  state.parties.findIndex((party) => party.partyId === partyId)
