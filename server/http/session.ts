// /api/session: exchanging a card, link or password for the cookie, and who this browser is.
import { failure, passwordAsk, sessionAsk, sessionView } from '../../shared/wire/http.ts'
import { cookieName } from '../identity/secrets.ts'
import { answer, answerEmpty } from './answers.ts'
import { giveCookie, sessionViewOf, takeCookie, welcome } from './cookies.ts'
import type { App, HttpDeps } from './deps.ts'
import { type Guards, who } from './guards.ts'
import { noContent } from './params.ts'
import { passwordRate, sessionRate } from './rates.ts'

export const sessionRoutes = (app: App, { identity }: HttpDeps, guards: Guards): void => {
  const tags = ['session']

  app.post(
    '/api/session',
    {
      config: { rateLimit: sessionRate },
      schema: { tags, body: sessionAsk, response: { 200: sessionView, '4xx': failure } },
    },
    async (request, reply) => {
      const cookieHeader = request.headers.cookie
      const { body } = request
      const signed = await ('login' in body
        ? identity.signIn({ login: body.login, password: body.password, cookieHeader })
        : identity.exchange({ token: body.token, device: body.device ?? '', cookieHeader }))
      return signed.ok ? welcome(identity, request, reply, signed.value) : answer(reply, signed)
    },
  )

  app.get(
    '/api/session',
    { onRequest: guards.signedIn, schema: { tags, response: { 200: sessionView, '4xx': failure } } },
    async (request, reply) => {
      // The cookie lives as long as the session is used, not only as long as from the first day.
      const token = request.cookies[cookieName]
      if (token !== undefined) giveCookie(request, reply, token)
      return sessionViewOf(identity, who(request))
    },
  )

  app.delete('/api/session', { schema: { tags } }, async (request, reply) => {
    const principal = await identity.fromCookieHeader(request.headers.cookie)
    if (principal) await identity.signOut(principal)
    takeCookie(request, reply)
    return reply.code(204).send()
  })

  app.post(
    '/api/session/password',
    {
      onRequest: guards.account('secretary', 'facilitator', 'clerk'),
      config: { rateLimit: passwordRate },
      schema: { tags, body: passwordAsk, response: noContent },
    },
    async (request, reply) => answerEmpty(reply, await identity.changePassword(who(request), request.body)),
  )
}
