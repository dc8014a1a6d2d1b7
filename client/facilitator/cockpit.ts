// What every panel of the cockpit reads: the meeting as folded, part by part, and how its seats and parties are called.
import { useCallback, useState } from 'react'
import type { CommandType } from '../../shared/meeting/commands.ts'
import { mayOrder } from '../../shared/meeting/roles.ts'
import type { MeetingState } from '../../shared/meeting/state.ts'
import { type AttendanceView, attendance } from '../../shared/views/attendance.ts'
import { useMeeting } from '../link/meeting.ts'
import { pick, useLanguage } from '../words/words.ts'
import { type Part, remembering } from './remembering.ts'

/**
 * The meeting, drawn anew only when one of these parts has changed: with hundreds of people arriving within seconds, a
 * panel may not follow what it does not show. Only the parts that are named may be read; without any, all may.
 */
export const useMeetingParts = (...parts: readonly Part[]): MeetingState => {
  const [choose] = useState(() => remembering(parts))
  return useMeeting((it) => choose(it.state))
}

/** All of the meeting, for what is small or open for a moment only. */
export const useMeetingState = (): MeetingState => useMeetingParts()

/** Clerks keep attendance and counts; the course of the meeting is the facilitator's and the secretary's. */
export const useMay = (): ((type: CommandType) => boolean) => {
  const role = useMeeting((it) => it.me?.role ?? 'observer')
  return useCallback((type) => mayOrder(role, type), [role])
}

let counted: { readonly of: MeetingState; readonly view: AttendanceView } | null = null

/** Counted once for all who show it. */
export const useAttendance = (): AttendanceView => {
  const state = useMeetingParts('attendance', 'seats', 'parties', 'preset')
  if (counted?.of !== state) counted = { of: state, view: attendance(state) }
  return counted.view
}

/** A seat's name, or the tail of its id where the name has been erased. */
export const useSeatName = (): ((seatId: string) => string) => {
  const names = useMeeting((it) => it.names)
  return useCallback((seatId) => names[seatId]?.name ?? seatId.slice(-4), [names])
}

export const usePartyName = (): ((partyId: string | null) => string) => {
  const { parties } = useMeetingParts('parties')
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
export const partyIndexOf = (state: Pick<MeetingState, 'parties'>, partyId: string | null): number =>
  state.parties.findIndex((party) => party.partyId === partyId)
