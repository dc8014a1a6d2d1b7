// The session cookie as this door writes it.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { limits } from '../../shared/kernel/limits.ts'
import type { SessionView } from '../../shared/wire/http.ts'
import type { SignedIn } from '../identity/exchange.ts'
import type { Identity } from '../identity/identity.ts'
import type { Principal } from '../identity/principal.ts'
import { cookieName } from '../identity/secrets.ts'

/** `Secure` only where the request came over TLS: a village hall may have nothing but plain http. */
const attributes = (request: FastifyRequest) =>
  ({ httpOnly: true, sameSite: 'lax', path: '/', secure: request.protocol === 'https' }) as const

export const giveCookie = (request: FastifyRequest, reply: FastifyReply, token: string): void => {
  const maxAge = limits.sessionDaysMax * 24 * 60 * 60
  reply.setCookie(cookieName, token, { ...attributes(request), maxAge })
}

export const takeCookie = (request: FastifyRequest, reply: FastifyReply): void => {
  reply.clearCookie(cookieName, attributes(request))
}

export const sessionViewOf = async (identity: Identity, principal: Principal): Promise<SessionView> => {
  const { role, actorId, name, meetingId, seatId, screenId } = principal
  const waits = screenId !== null && meetingId === null
  const screenCode = waits ? await identity.screenCode(screenId) : null
  return { role, actorId, name, meetingId, seatId, screenCode }
}

/** Sets the cookie where there is a new one, and tells the browser who it now is. */
export const welcome = async (
  identity: Identity,
  request: FastifyRequest,
  reply: FastifyReply,
  { principal, token }: SignedIn,
): Promise<SessionView> => {
  if (token !== null) giveCookie(request, reply, token)
  return sessionViewOf(identity, principal)
}
