// /api/meetings: convening from a template, and the lists that lead to a meeting.
import { failure, meetingAsk, meetingMade, meetingsView, meetingView } from '../../shared/wire/http.ts'
import { conveneMeeting } from '../identity/convening.ts'
import { isStaff } from '../identity/principal.ts'
import { answer } from './answers.ts'
import type { App, HttpDeps } from './deps.ts'
import { chair, everybody, type Guards, who } from './guards.ts'
import { inMeeting } from './params.ts'

export const meetingRoutes = (
  app: App,
  { store, clock, ids, meetings, presets }: HttpDeps,
  guards: Guards,
): void => {
  const tags = ['meetings']
  const index = () => store.db.selectFrom('meetings').select(['meetingId', 'title', 'startsAt', 'phase'])

  app.get(
    '/api/meetings',
    { onRequest: guards.signedIn, schema: { tags, response: { 200: meetingsView, '4xx': failure } } },
    async (request, reply) => {
      const principal = who(request)
      if (!isStaff(principal)) return answer(reply, { ok: false, refusal: { code: 'notAllowed' } })
      let query = index().where('unitId', '=', principal.unitId).orderBy('startsAt', 'desc')
      if (principal.meetingId !== null) query = query.where('meetingId', '=', principal.meetingId)
      const rows = await query.limit(meetingsListedMax).execute()
      return { meetings: rows.map((row) => ({ ...row, startsAt: Number(row.startsAt) })) }
    },
  )

  app.post(
    '/api/meetings',
    {
      onRequest: guards.account(...chair),
      schema: { tags, body: meetingAsk, response: { 200: meetingMade, '4xx': failure } },
    },
    async (request, reply) => {
      const { actorId, unitId } = who(request)
      const deps = { store, clock, ids, convene: meetings.convene, presetInForce: presets.inForce }
      return answer(reply, await conveneMeeting(deps, { actorId, unitId }, request.body))
    },
  )

  app.get(
    '/api/meetings/:meetingId',
    {
      onRequest: guards.inMeeting(...everybody),
      schema: { tags, params: inMeeting, response: { 200: meetingView, '4xx': failure } },
    },
    async (request) => {
      const row = await index().where('meetingId', '=', request.params.meetingId).executeTakeFirstOrThrow()
      return { ...row, startsAt: Number(row.startsAt) }
    },
  )
}

const meetingsListedMax = 500
