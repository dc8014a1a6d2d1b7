// Who may pass: the session of the cookie, the roles a route is for, and requests that other sites make browsers send.
import type { FastifyReply, FastifyRequest, onRequestAsyncHookHandler } from 'fastify'
import { idPattern } from '../../shared/kernel/ids.ts'
import type { RefusalCode } from '../../shared/kernel/refusals.ts'
import type { Role } from '../../shared/wire/live.ts'
import type { Identity } from '../identity/identity.ts'
import { isStaff, type Principal } from '../identity/principal.ts'
import { sendRefusal } from './answers.ts'
import type { App } from './deps.ts'

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal | null
  }
}

const changes: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/**
 * Keeps other sites from acting through a visitor's browser. The session cookie is `SameSite=Lax`, so it does not
 * travel with their POSTs at all; this is the second lock, for browsers that know no better:
 * - a browser tells where a request comes from, in a header that no page can set: `Sec-Fetch-Site` (secure contexts
 *   only) or else `Origin`, which must be this very host. Tools that send neither carry no one's cookie by accident.
 * - a form can only send three content types without asking first; of these only multipart is taken, for uploads,
 *   and the Origin it must come with is checked.
 */
export const guardOrigin = (app: App, publicUrl: string): void => {
  const publicHost = hostOf(publicUrl)
  const isOwn = (request: FastifyRequest): boolean => {
    const site = request.headers['sec-fetch-site']
    if (site !== undefined) return site === 'same-origin' || site === 'none'
    const { origin } = request.headers
    if (origin === undefined) return true
    const host = hostOf(origin)
    return host !== null && (host === request.host || host === publicHost)
  }
  const isExpected = (type: string | undefined): boolean =>
    type === undefined || /^(application\/json|multipart\/form-data)\s*(;|$)/i.test(type)

  app.addHook('onRequest', async (request, reply) => {
    if (!changes.has(request.method)) return
    if (!isOwn(request)) return sendRefusal(reply, { code: 'notAllowed', detail: { reason: 'origin' } })
    if (!isExpected(request.headers['content-type'])) {
      return sendRefusal(reply, { code: 'malformed', detail: { field: 'content-type' } })
    }
  })
}

const hostOf = (url: string): string | null => {
  try {
    return new URL(url).host
  } catch {
    return null
  }
}

/** The principal of a route that one of the guards below stands before. */
export const who = (request: FastifyRequest): Principal => {
  if (!request.principal) throw new Error('this route has no guard')
  return request.principal
}

const stop = (reply: FastifyReply, code: RefusalCode): FastifyReply => sendRefusal(reply, { code })

export interface Guards {
  /** Anyone signed in. */
  readonly signedIn: onRequestAsyncHookHandler
  /** Accounts with one of these roles; a link for one meeting is not enough. */
  account(...roles: readonly Role[]): onRequestAsyncHookHandler
  /** Those of these roles who may enter the meeting in the route. */
  inMeeting(...roles: readonly Role[]): onRequestAsyncHookHandler
}

/** Everyone who may enter a meeting. */
export const everybody = ['secretary', 'facilitator', 'clerk', 'participant', 'observer', 'screen'] as const
/** Those who may read its record: anyone with a seat, and the staff. */
export const readers = ['secretary', 'facilitator', 'clerk', 'participant', 'observer'] as const
export const deskStaff = ['secretary', 'facilitator', 'clerk'] as const
export const chair = ['secretary', 'facilitator'] as const

export const makeGuards = (identity: Identity): Guards => {
  const identify = async (request: FastifyRequest): Promise<Principal | null> => {
    request.principal = await identity.fromCookieHeader(request.headers.cookie)
    return request.principal
  }
  return {
    signedIn: async (request, reply) => {
      if (!(await identify(request))) return stop(reply, 'notSignedIn')
    },
    account:
      (...roles) =>
      async (request, reply) => {
        const principal = await identify(request)
        if (!principal) return stop(reply, 'notSignedIn')
        if (principal.accountId === null || !roles.includes(principal.role)) return stop(reply, 'notAllowed')
      },
    inMeeting:
      (...roles) =>
      async (request, reply) => {
        const principal = await identify(request)
        if (!principal) return stop(reply, 'notSignedIn')
        const { meetingId } = request.params as { meetingId: string }
        const unitId = idPattern('meeting').test(meetingId) ? await identity.unitOf(meetingId) : null
        if (unitId === null) return stop(reply, 'meetingUnknown')
        if (!(await identity.mayEnter(principal, meetingId))) {
          // Another unit's meeting does not exist for an account; a seat or a link is told that it is in the wrong place.
          return stop(
            reply,
            isStaff(principal) && principal.accountId !== null ? 'meetingUnknown' : 'wrongMeeting',
          )
        }
        if (!roles.includes(principal.role)) return stop(reply, 'notAllowed')
      },
  }
}
