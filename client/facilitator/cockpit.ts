// What every panel of the cockpit reads: the meeting as folded, and how its seats and parties are called.
import { createContext, useCallback, useContext } from 'react'
import type { CommandType } from '../../shared/meeting/commands.ts'
import { mayOrder } from '../../shared/meeting/roles.ts'
import type { MeetingState } from '../../shared/meeting/state.ts'
import type { Role } from '../../shared/wire/live.ts'
import { useMeeting } from '../link/meeting.ts'
import { pick, useLanguage } from '../words/words.ts'

export interface Cockpit {
  readonly state: MeetingState
  readonly role: Role
}

export const CockpitContext = createContext<Cockpit | null>(null)

export const useCockpit = (): Cockpit => {
  const cockpit = useContext(CockpitContext)
  if (cockpit === null) throw new Error('a panel of the cockpit stands outside of it')
  return cockpit
}

export const useMeetingState = (): MeetingState => useCockpit().state

/** Clerks keep attendance and counts; the course of the meeting is the facilitator's and the secretary's. */
export const useMay = (): ((type: CommandType) => boolean) => {
  const { role } = useCockpit()
  return useCallback((type) => mayOrder(role, type), [role])
}

/** A seat's name, or the tail of its id where the name has been erased. */
export const useSeatName = (): ((seatId: string) => string) => {
  const names = useMeeting((it) => it.names)
  return useCallback((seatId) => names[seatId]?.name ?? seatId.slice(-4), [names])
}

export const usePartyName = (): ((partyId: string | null) => string) => {
  const { parties } = useMeetingState()
  const [language] = useLanguage()
  return useCallback(
    (partyId) => {
      const party = parties.find((one) => one.partyId === partyId)
      return party === undefined ? '' : pick(party.name, language)
    },
    [parties, language],
  )
}

/** Which of the party marks a seat wears; -1 for observers, who belong to none. */
export const partyIndexOf = (state: MeetingState, partyId: string | null): number =>
  state.parties.findIndex((party) => party.partyId === partyId)
