// From a session's row to the person, link or screen it stands for. Names and roles are read, never copied into it.
import type { Selectable } from 'kysely'
import { reading } from '../statement.ts'
import type { Schema } from '../store/schema.ts'
import type { IdentityDeps } from './deps.ts'
import type { Principal } from './principal.ts'

export type SessionRow = Selectable<Schema['sessions']>

type Reader = (deps: IdentityDeps, row: SessionRow) => Promise<Principal | null>

const nobody = { seatId: null, accountId: null, meetingId: null, screenId: null, deskEntryId: null, name: '' }

const unitsOf = reading(['meetingId'], ({ db }, { meetingId }: { meetingId: string }) =>
  db.selectFrom('meetings').select('unitId').where('meetingId', '=', meetingId),
)

const unitOf = async ({ store }: IdentityDeps, meetingId: string): Promise<string | null> => {
  const [row] = await unitsOf(store, { meetingId })
  return row?.unitId ?? null
}

const namesOf = reading(
  ['meetingId', 'seatId'],
  ({ db }, { meetingId, seatId }: { meetingId: string; seatId: string }) =>
    db.selectFrom('seatNames').select('name').where('meetingId', '=', meetingId).where('seatId', '=', seatId),
)

const accountsOf = reading(['accountId'], ({ db }, { accountId }: { accountId: string }) =>
  db
    .selectFrom('accounts')
    .select(['unitId', 'name', 'role'])
    .where('accountId', '=', accountId)
    .where('endedAt', 'is', null),
)

const ofAccount: Reader = async ({ store }, { sessionId, accountId }) => {
  if (accountId === null) return null
  const [account] = await accountsOf(store, { accountId })
  if (!account) return null
  const { role, unitId, name } = account
  return { ...nobody, sessionId, role, actorId: accountId, accountId, unitId, name }
}

/** A facilitator's link: the record knows each device that used it by its session. */
const ofLink: Reader = async (deps, { sessionId, role, meetingId }) => {
  if (meetingId === null || (role !== 'facilitator' && role !== 'clerk')) return null
  const unitId = await unitOf(deps, meetingId)
  return unitId === null ? null : { ...nobody, sessionId, role, actorId: sessionId, meetingId, unitId }
}

const ofSeat: Reader = async (deps, { sessionId, meetingId, seatId }) => {
  if (meetingId === null || seatId === null) return null
  const [unitId, role, [named]] = await Promise.all([
    unitOf(deps, meetingId),
    deps.seatRole(meetingId, seatId),
    namesOf(deps.store, { meetingId, seatId }),
  ])
  if (unitId === null || role === null) return null
  return { ...nobody, sessionId, role, actorId: seatId, seatId, meetingId, unitId, name: named?.name ?? '' }
}

/** The session's own meeting is what the screen is paired with; it is written together with the screen's row. */
const ofScreen: Reader = async (deps, { sessionId, meetingId, screenId }) => {
  if (screenId === null) return null
  const unitId = meetingId === null ? '' : await unitOf(deps, meetingId)
  if (unitId === null) return null
  return { ...nobody, sessionId, role: 'screen', actorId: screenId, screenId, meetingId, unitId }
}

const ofWaiting: Reader = async (deps, { sessionId, meetingId, deskEntryId }) => {
  if (meetingId === null || deskEntryId === null) return null
  const [unitId, entry] = await Promise.all([
    unitOf(deps, meetingId),
    deps.store.db
      .selectFrom('deskEntries')
      .select('name')
      .where('deskEntryId', '=', deskEntryId)
      .executeTakeFirst(),
  ])
  if (unitId === null || !entry) return null
  return {
    ...nobody,
    sessionId,
    role: 'waiting',
    actorId: deskEntryId,
    deskEntryId,
    meetingId,
    unitId,
    name: entry.name,
  }
}

export const principalOf: Reader = (deps, row) => {
  switch (row.kind) {
    case 'staff':
      return row.accountId === null ? ofLink(deps, row) : ofAccount(deps, row)
    case 'seat':
      return ofSeat(deps, row)
    case 'screen':
      return ofScreen(deps, row)
    case 'waiting':
      return ofWaiting(deps, row)
  }
}
