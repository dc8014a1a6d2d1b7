// What a live connection may ask, as schemas.
import { z } from 'zod'
import { idPattern } from '../../shared/kernel/ids.ts'
import { commandEnvelope } from '../../shared/meeting/commands.ts'

const meetingId = z.string().regex(idPattern('meeting'))

export const joinAsk = z.strictObject({ meetingId, protocol: z.int() })
export const refillAsk = z.strictObject({ meetingId, since: z.int().min(0) })
export const orderAsk = commandEnvelope.extend({ meetingId })
