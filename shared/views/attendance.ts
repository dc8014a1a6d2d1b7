// How many are due and present, by party and overall, and what the meeting's preset says to it.

import { represented } from '../meeting/proxies.ts'
import { rollUnder } from '../meeting/roll.ts'
import type { MeetingState } from '../meeting/state.ts'
import { checkQuorum, type QuorumFinding } from '../rules/judge.ts'

export interface PartyAttendance {
  readonly partyId: string
  readonly due: number
  readonly present: number
  readonly excused: number
  /** Absent, and represented by a proxy that the meeting's rule lets through; not among the present here. */
  readonly byProxy: number
}

export interface AttendanceView extends Omit<PartyAttendance, 'partyId'> {
  /** `null` where the preset asks for none. */
  readonly quorum: QuorumFinding | null
  readonly parties: readonly PartyAttendance[]
}

/** Members only: observers are neither due nor counted. */
export const attendance = (state: MeetingState): AttendanceView => {
  const { holders } = represented(state, state.preset)
  const parties = state.parties.map(({ partyId }) => {
    const seats = Object.values(state.seats).filter(
      (seat) => seat.partyId === partyId && seat.role === 'member',
    )
    const having = (status: string) =>
      seats.filter(({ seatId }) => state.attendance[seatId]?.status === status).length
    const byProxy = seats.filter(({ seatId }) => holders.has(seatId)).length
    return { partyId, due: seats.length, present: having('present'), excused: having('excused'), byProxy }
  })
  const total = (of: 'due' | 'present' | 'excused' | 'byProxy') =>
    parties.reduce((sum, party) => sum + party[of], 0)
  const finding = checkQuorum(state.preset, { parties: rollUnder(state, state.preset) })
  return {
    due: total('due'),
    present: total('present'),
    excused: total('excused'),
    byProxy: total('byProxy'),
    quorum: state.preset.quorum === null ? null : finding,
    parties,
  }
}
