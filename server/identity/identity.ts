// The identity room: who is there, and by which door they came in. What the other rooms and doors use of it.
import type { Accounts } from './accounts.ts'
import { openAccounts } from './accounts.ts'
import { type Cards, openCards } from './cards.ts'
import type { IdentityDeps } from './deps.ts'
import { type Doors, openDoors } from './doors.ts'
import { type Exchange, openExchange } from './exchange.ts'
import { type Hall, openHall } from './hall.ts'
import { openNames, type SeatNames } from './names.ts'
import type { Principal } from './principal.ts'
import { openScreens, type Screens } from './screens.ts'
import { openSessions, type Sessions } from './sessions.ts'

export interface Identity
  extends Pick<Sessions, 'fromCookieHeader' | 'farewell'>,
    Pick<SeatNames, 'names' | 'namesChanged'>,
    Accounts,
    Cards,
    Doors,
    Exchange,
    Hall,
    Screens {
  /** Whether the principal may enter the meeting's room; someone in the waiting room may not yet. */
  mayEnter(principal: Principal, meetingId: string): Promise<boolean>
  /** The unit a meeting belongs to; `null` when there is no such meeting. */
  unitOf(meetingId: string): Promise<string | null>
  signOut(principal: Principal): Promise<void>
  close(): void
}

const meetingsKnownMax = 10_000

export const openIdentity = (deps: IdentityDeps): Identity => {
  const sessions = openSessions(deps)
  const seatNames = openNames(deps)
  /** A meeting never changes its unit. */
  const units = new Map<string, string>()

  const unitOf = async (meetingId: string): Promise<string | null> => {
    const known = units.get(meetingId)
    if (known !== undefined) return known
    const row = await deps.store.db
      .selectFrom('meetings')
      .select('unitId')
      .where('meetingId', '=', meetingId)
      .executeTakeFirst()
    if (!row) return null
    if (units.size >= meetingsKnownMax) units.clear()
    units.set(meetingId, row.unitId)
    return row.unitId
  }

  const mayEnter = async (principal: Principal, meetingId: string): Promise<boolean> => {
    if (principal.role === 'waiting') return false
    if (principal.meetingId !== null) return principal.meetingId === meetingId
    return principal.accountId !== null && (await unitOf(meetingId)) === principal.unitId
  }

  return {
    fromCookieHeader: sessions.fromCookieHeader,
    farewell: sessions.farewell,
    names: seatNames.names,
    namesChanged: seatNames.namesChanged,
    ...openHall(deps, sessions),
    ...openAccounts(deps, sessions),
    ...openCards(deps, sessions),
    ...openExchange(deps, sessions, unitOf),
    ...openDoors(deps, sessions, seatNames),
    ...openScreens(deps, sessions),
    mayEnter,
    unitOf,
    signOut: (principal) => sessions.end(principal.sessionId),
    close: () => {
      sessions.close()
      seatNames.close()
    },
  }
}
