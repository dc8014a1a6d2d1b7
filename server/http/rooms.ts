// /api/rooms/:roomCode: the door for those without a card, into the waiting room.
import { z } from 'zod'
import { accept, refuse } from '../../shared/kernel/result.ts'
import { failure, roomView, sessionView, waitingAsk } from '../../shared/wire/http.ts'
import { answer } from './answers.ts'
import { welcome } from './cookies.ts'
import type { App, HttpDeps } from './deps.ts'
import { codeRate } from './rates.ts'

export const roomRoutes = (app: App, { identity }: HttpDeps): void => {
  const tags = ['rooms']
  const params = z.object({ roomCode: z.string().max(32) })
  const config = { rateLimit: codeRate }

  app.get(
    '/api/rooms/:roomCode',
    { config, schema: { tags, params, response: { 200: roomView, '4xx': failure } } },
    async (request, reply) => {
      const room = await identity.roomByCode(request.params.roomCode)
      if (!room) return answer(reply, refuse('roomCodeUnknown'))
      return answer(reply, accept({ title: room.title, startsAt: room.startsAt }))
    },
  )

  app.post(
    '/api/rooms/:roomCode',
    { config, schema: { tags, params, body: waitingAsk, response: { 200: sessionView, '4xx': failure } } },
    async (request, reply) => {
      const { roomCode } = request.params
      const waits = await identity.wait({
        roomCode,
        name: request.body.name,
        cookieHeader: request.headers.cookie,
      })
      return waits.ok ? welcome(identity, request, reply, waits.value) : answer(reply, waits)
    },
  )
}
