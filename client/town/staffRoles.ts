// The duties an account may have, with their words.
import type { AccountAsk } from '../../shared/wire/http.ts'

export type StaffRole = AccountAsk['role']

export const roleKeys = {
  secretary: { word: 'roleSecretary', hint: 'roleSecretaryHint' },
  facilitator: { word: 'roleFacilitator', hint: 'roleFacilitatorHint' },
  clerk: { word: 'roleClerk', hint: 'roleClerkHint' },
} as const satisfies Readonly<Record<StaffRole, unknown>>

export const offeredRoles: readonly StaffRole[] = ['facilitator', 'clerk', 'secretary']

export const isStaffRole = (role: string): role is StaffRole => Object.hasOwn(roleKeys, role)
