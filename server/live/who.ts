// Who a connection is to a meeting.
import type { MeetingState } from '../../shared/meeting/state.ts'
import type { Me } from '../../shared/wire/live.ts'
import type { Principal } from '../identity/principal.ts'
import type { Farewell } from '../identity/sessions.ts'

export const isDesk = ({ role }: Principal): boolean =>
  role === 'secretary' || role === 'facilitator' || role === 'clerk'

/** Admission as an observer is in the record, so the role of a seat is read there. */
export const meOf = (principal: Principal, state: MeetingState): Me => {
  const { seatId, actorId, name } = principal
  const observes = seatId !== null && state.seats[seatId]?.role === 'observer'
  return { role: observes ? 'observer' : principal.role, actorId, seatId, name }
}

/** Whether the connection was made as what its session has become, and so need not come anew. */
export const isAlready = (code: Farewell, { role, meetingId }: Principal): boolean => {
  if (code === 'admitted') return role !== 'waiting'
  if (code === 'screenPaired') return meetingId !== null
  return code === 'screenUnpaired' && meetingId === null
}
