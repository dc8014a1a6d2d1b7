// The tone of an amendment's badge; the word in it says the same.
import type { AmendmentStanding } from '../../../shared/views/amendmentStanding.ts'
import type { BadgeTone } from '../../kit/Badge.tsx'

export const standingTones: Readonly<Record<AmendmentStanding, BadgeTone>> = {
  open: 'plain',
  voting: 'live',
  carried: 'good',
  lost: 'warn',
  withdrawn: 'plain',
  adopted: 'good',
  rejected: 'bad',
}
