// How refusals, malformed requests and faults become HTTP answers: one map, one place.
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import type { Counter } from 'prom-client'
import type { RefusalCode } from '../../shared/kernel/refusals.ts'
import { type Refusal, type Result, refuse } from '../../shared/kernel/result.ts'

/** Refusals of the meeting's own rules are conflicts with its state: 409 unless named here. */
const statusOf: Partial<Record<RefusalCode, number>> = {
  malformed: 400,
  unknownCommand: 400,
  notSignedIn: 401,
  sessionEnded: 401,
  passwordWrong: 401,
  tokenUnknown: 401,
  setupTokenWrong: 403,
  notAllowed: 403,
  wrongMeeting: 403,
  observerCannot: 403,
  notFound: 404,
  meetingUnknown: 404,
  seatUnknown: 404,
  itemUnknown: 404,
  pollUnknown: 404,
  matterUnknown: 404,
  amendmentUnknown: 404,
  draftUnknown: 404,
  versionUnknown: 404,
  commentUnknown: 404,
  pictureUnknown: 404,
  pictureUnreadable: 422,
  importUnknown: 404,
  roomCodeUnknown: 404,
  pairingCodeUnknown: 404,
  textMissing: 404,
  tooLarge: 413,
  rosterTooLong: 422,
  rosterUnreadable: 422,
  rosterNothingToSave: 422,
  passwordTooShort: 422,
  presetContradictory: 422,
  tooFast: 429,
  busy: 503,
  storeUnavailable: 503,
}

export const httpStatus = (code: RefusalCode): number => statusOf[code] ?? 409

declare module 'fastify' {
  interface FastifyReply {
    /** For the figures: the code this answer refuses with. */
    refusalCode: RefusalCode | null
  }
}

export const sendRefusal = (reply: FastifyReply, refusal: Refusal): FastifyReply => {
  reply.refusalCode = refusal.code
  return reply.code(httpStatus(refusal.code)).header('cache-control', 'no-store').send({ refusal })
}

/** A handler's last word: the value as it is, or the refusal with its status. */
export const answer = <T>(reply: FastifyReply, result: Result<T>): T => {
  if (result.ok) return result.value
  // Fastify takes the reply itself for "answered already"; its types know only the schema's value.
  return sendRefusal(reply, result.refusal) as never
}

/** As `answer`, for what has nothing to tell. */
export const answerEmpty = (reply: FastifyReply, result: Result<unknown>): null => {
  if (!result.ok) return sendRefusal(reply, result.refusal) as never
  reply.code(204)
  return null
}

const codeOfStatus: Readonly<Record<number, RefusalCode>> = {
  404: 'notFound',
  413: 'tooLarge',
  429: 'tooFast',
}

/** Whatever was thrown on the way of a request: the sender's mistake, or a fault of ours that is told to nobody. */
const refusalOf = (error: FastifyError): Refusal => {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const [first] = error.validation
    const field = first ? first.instancePath.replace(/^\//, '').replaceAll('/', '.') : ''
    return { code: 'malformed', detail: { field: field || (error.validationContext ?? 'body') } }
  }
  const status = error.statusCode ?? 500
  if (status >= 400 && status < 500) return { code: codeOfStatus[status] ?? 'malformed' }
  return { code: 'storeUnavailable' }
}

export const answerErrors = (
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply => {
  const refusal = refusalOf(error)
  if (refusal.code === 'storeUnavailable') {
    request.log.error({ err: error, route: request.routeOptions.url }, 'a request failed')
  }
  // The kind of trouble with the transport (415, 405) is worth keeping where it is exact.
  const status = error.statusCode
  const exact = status !== undefined && status >= 400 && status < 500 ? status : httpStatus(refusal.code)
  reply.refusalCode = refusal.code
  return reply.code(exact).header('cache-control', 'no-store').send({ refusal })
}

export const countRefusal = (counter: Counter<'door' | 'code'>, reply: FastifyReply): void => {
  if (reply.refusalCode !== null) counter.inc({ door: 'http', code: reply.refusalCode })
}

export const notFound = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  const { refusal } = refuse('notFound') as { refusal: Refusal }
  request.log.debug({ method: request.method }, 'no such route')
  return sendRefusal(reply, refusal)
}
