// The ids in the addresses, and what many routes answer. A meeting's id is looked up by the guard, which answers
// `meetingUnknown` for what is none.
import { z } from 'zod'
import { failure } from '../../shared/wire/http.ts'

export const inMeeting = z.object({ meetingId: z.string().max(64) })
export const inMeetingAnd = <K extends string>(key: K) =>
  inMeeting.extend({ [key]: z.string().max(128) } as Record<K, z.ZodString>)

/** Routes that have nothing to tell but that it is done. */
export const noContent = { 204: z.null(), '4xx': failure }
