// /api/meetings/:meetingId/desk: what waits for the facilitator's word at the door.
import { deskAsk, deskView, failure } from '../../shared/wire/http.ts'
import { answerEmpty } from './answers.ts'
import type { App, HttpDeps } from './deps.ts'
import { deskStaff, type Guards, who } from './guards.ts'
import { inMeeting, inMeetingAnd, noContent } from './params.ts'

export const deskRoutes = (app: App, { identity }: HttpDeps, guards: Guards): void => {
  const tags = ['desk']
  const onRequest = guards.inMeeting(...deskStaff)

  app.get(
    '/api/meetings/:meetingId/desk',
    { onRequest, schema: { tags, params: inMeeting, response: { 200: deskView, '4xx': failure } } },
    async (request) => ({ entries: [...(await identity.desk(request.params.meetingId)).entries] }),
  )

  app.post(
    '/api/meetings/:meetingId/desk/:deskEntryId',
    {
      onRequest,
      schema: { tags, params: inMeetingAnd('deskEntryId'), body: deskAsk, response: noContent },
    },
    async (request, reply) => {
      const { meetingId, deskEntryId } = request.params
      return answerEmpty(reply, await identity.settle(who(request), meetingId, deskEntryId, request.body))
    },
  )
}
