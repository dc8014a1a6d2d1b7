// How often one address may knock. Tokens are unguessable and a whole village may share one address, so they are
// generous there; passwords and codes that people type can be guessed, so they are strict.
import type { RateLimitOptions } from '@fastify/rate-limit'
import type { FastifyRequest } from 'fastify'
import { limits } from '../../shared/kernel/limits.ts'

const isPassword = (request: FastifyRequest): boolean =>
  typeof request.body === 'object' && request.body !== null && 'login' in request.body

/** Counted after the body was read, since a password and a token come to the same route. */
export const sessionRate: RateLimitOptions = {
  timeWindow: 60_000,
  hook: 'preHandler',
  max: (request) =>
    isPassword(request) ? limits.passwordTriesPerAddressPerMinute : limits.sessionTriesPerAddressPerMinute,
  keyGenerator: (request) => `${isPassword(request) ? 'password' : 'token'} ${request.ip}`,
}

export const passwordRate: RateLimitOptions = {
  timeWindow: 60_000,
  max: limits.passwordTriesPerAddressPerMinute,
}

export const codeRate: RateLimitOptions = { timeWindow: 60_000, max: limits.roomCodeTriesPerAddressPerMinute }
