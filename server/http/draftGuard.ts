// Who may come to what lies around a draft: those who may enter its meeting, by their role there.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { idPattern } from '../../shared/kernel/ids.ts'
import type { MeetingState } from '../../shared/meeting/state.ts'
import type { Role } from '../../shared/wire/live.ts'
import type { Principal } from '../identity/principal.ts'
import type { DraftPlace, Review } from '../review/review.ts'
import { sendRefusal } from './answers.ts'
import type { HttpDeps } from './deps.ts'
import { type Guards, who } from './guards.ts'

declare module 'fastify' {
  interface FastifyRequest {
    draftPlace: DraftPlace | null
  }
}

export interface DraftDeps extends HttpDeps {
  readonly review: Review
}

export const ofDraft = z.object({ draftId: z.string().max(64) })

export type DraftGuard = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>

/** Those of these roles who may enter the draft's meeting. A draft of another meeting does not exist for them. */
export const inDraft = (
  { identity, meetings, review }: DraftDeps,
  guards: Guards,
  ...roles: readonly Role[]
): DraftGuard[] => [
  guards.signedIn as DraftGuard,
  async (request, reply) => {
    const { draftId } = request.params as { draftId: string }
    const principal = who(request)
    const place = idPattern('draft').test(draftId) ? await review.placeOf(draftId) : null
    if (!place || !(await identity.mayEnter(principal, place.meetingId))) {
      return sendRefusal(reply, { code: 'draftUnknown' })
    }
    request.draftPlace = place
    const role = roleIn(principal, await meetings.state(place.meetingId))
    if (!roles.includes(role)) return sendRefusal(reply, { code: 'notAllowed' })
    return undefined
  },
]

/** Admission as an observer is in the record, so the role of a seat is read there. */
const roleIn = ({ role, seatId }: Principal, state: MeetingState | undefined): Role =>
  seatId !== null && state?.seats[seatId]?.role === 'observer' ? 'observer' : role

/** The place of a draft whose route the guard above stands before. */
export const placeOf = (request: FastifyRequest): DraftPlace => {
  if (!request.draftPlace) throw new Error('this route has no guard')
  return request.draftPlace
}

/** Those who write the text and beside it. */
export const writers = ['secretary', 'facilitator', 'clerk', 'participant'] as const

/** Once per person, not per address: a whole village may share one. */
export const perPerson = (max: number) => ({
  rateLimit: {
    timeWindow: 60_000,
    max,
    hook: 'preHandler' as const,
    keyGenerator: (request: FastifyRequest) => `${request.routeOptions.url} ${who(request).actorId}`,
  },
})
