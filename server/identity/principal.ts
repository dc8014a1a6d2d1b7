// Who a connection is: decided by its session cookie alone, never by what it says.
import { isStaff as isStaffRole } from '../../shared/meeting/deciding.ts'
import type { Role } from '../../shared/wire/live.ts'

export interface Principal {
  readonly sessionId: string
  readonly role: Role
  /** The id under which the record knows this actor: a seat, an account, a screen, or a session made by a link. */
  readonly actorId: string
  readonly seatId: string | null
  readonly accountId: string | null
  /** The one meeting this session is for; `null` for accounts (all meetings of the unit) and unpaired screens. */
  readonly meetingId: string | null
  /** Empty for a screen that is not paired: it belongs to no unit yet. */
  readonly unitId: string
  readonly screenId: string | null
  readonly deskEntryId: string | null
  readonly name: string
}

export type StaffRole = 'secretary' | 'facilitator' | 'clerk'

export const isStaff = (principal: Principal): boolean => isStaffRole(principal.role)

/** What the record room is told about who gives an order. */
export interface OrderActor {
  readonly actorId: string
  readonly role: Role
  readonly seatId: string | null
}

export const actorOf = ({ actorId, role, seatId }: Principal): OrderActor => ({ actorId, role, seatId })
