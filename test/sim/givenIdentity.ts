// Who may come in by which door, before anybody does: the meeting with its room code, and the staff's accounts.
import type { Passwords } from '../../server/identity/passwords.ts'
import { type Step, type Store, step } from '../../server/ports.ts'

export const unitId = 'un_0001'
export const roomCode = 'ABCD2345'

/** Hashing would take the processor its time, and time is not the simulation's. */
export const plainPasswords: Passwords = {
  hash: async (password) => `plain ${password}`,
  fits: async (password, passwordHash) => passwordHash === `plain ${password}`,
}

/** What somebody has to come in with. */
export type WayIn =
  | { readonly kind: 'card'; readonly token: string; readonly device: string }
  | { readonly kind: 'account'; readonly login: string; readonly password: string }

export const firstPassword = 'first password'
export const staffRoles = ['secretary', 'facilitator', 'clerk'] as const

/** Each member of the staff is called by its first role. */
export const identitySteps = ({ db }: Store, meetingId: string, at: number): Step[] => {
  const meeting = {
    meetingId,
    unitId,
    title: '例会',
    startsAt: at,
    phase: 'inSession',
    roomCode,
    createdAt: at,
  }
  const accounts = staffRoles.map((role) => ({
    accountId: `ac_${role}`,
    unitId,
    login: role,
    name: role,
    passwordHash: `plain ${firstPassword}`,
    role,
    createdAt: at,
    endedAt: null,
  }))
  return [step(db.insertInto('meetings').values(meeting)), step(db.insertInto('accounts').values(accounts))]
}
