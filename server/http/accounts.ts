// /api/accounts: the secretary's list of those who may run the hall.
import { z } from 'zod'
import { accountAsk, accountsView, accountView, failure } from '../../shared/wire/http.ts'
import { answer, answerEmpty } from './answers.ts'
import type { App, HttpDeps } from './deps.ts'
import { type Guards, who } from './guards.ts'
import { noContent } from './params.ts'

export const accountRoutes = (app: App, { identity }: HttpDeps, guards: Guards): void => {
  const tags = ['accounts']
  const onRequest = guards.account('secretary')

  app.get(
    '/api/accounts',
    { onRequest, schema: { tags, response: { 200: accountsView, '4xx': failure } } },
    async (request) => ({ accounts: [...(await identity.accounts(who(request).unitId))] }),
  )

  app.post(
    '/api/accounts',
    { onRequest, schema: { tags, body: accountAsk, response: { 200: accountView, '4xx': failure } } },
    async (request, reply) => answer(reply, await identity.addAccount(who(request).unitId, request.body)),
  )

  app.delete(
    '/api/accounts/:accountId',
    {
      onRequest,
      schema: { tags, params: z.object({ accountId: z.string().max(64) }), response: noContent },
    },
    async (request, reply) =>
      answerEmpty(reply, await identity.endAccount(who(request).unitId, request.params.accountId)),
  )
}
