// /api/hall: whether the hall is set up, and the first visit that does it.
import { failure, firstRunAsk, hallSetup, hallView, sessionView } from '../../shared/wire/http.ts'
import { answer, answerEmpty } from './answers.ts'
import { welcome } from './cookies.ts'
import type { App, HttpDeps } from './deps.ts'
import { noContent } from './params.ts'
import { codeRate, passwordRate } from './rates.ts'

export const hallRoutes = (app: App, { identity }: HttpDeps): void => {
  app.get('/api/hall', { schema: { tags: ['hall'], response: { 200: hallView } } }, async () => {
    const { parties, ...hall } = await identity.hall()
    return { ...hall, parties: [...parties] }
  })

  app.post(
    '/api/hall/first-run',
    { config: { rateLimit: codeRate }, schema: { tags: ['hall'], body: firstRunAsk, response: noContent } },
    async (request, reply) => answerEmpty(reply, await identity.maySetUp(request.body.setupToken)),
  )

  app.post(
    '/api/hall',
    {
      config: { rateLimit: passwordRate },
      schema: { tags: ['hall'], body: hallSetup, response: { 200: sessionView, '4xx': failure } },
    },
    async (request, reply) => {
      const made = await identity.setUp(request.body)
      return made.ok ? welcome(identity, request, reply, made.value) : answer(reply, made)
    },
  )
}
