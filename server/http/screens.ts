// /api/screens: a browser becomes a big screen; the cockpit pairs it with its meeting by the code it shows.
import { failure, pairAsk, screensView, sessionView } from '../../shared/wire/http.ts'
import { answer, answerEmpty } from './answers.ts'
import { welcome } from './cookies.ts'
import type { App, HttpDeps } from './deps.ts'
import { chair, deskStaff, type Guards, who } from './guards.ts'
import { inMeeting, inMeetingAnd, noContent } from './params.ts'
import { codeRate } from './rates.ts'

export const screenRoutes = (app: App, { identity, liveScreens }: HttpDeps, guards: Guards): void => {
  const tags = ['screens']

  const screens = async (meetingId: string) => {
    const live = new Set(liveScreens?.(meetingId) ?? [])
    const known = await identity.screensOf(meetingId)
    return { screens: known.map((screenId) => ({ screenId, live: live.has(screenId) })) }
  }

  app.post(
    '/api/screens',
    { config: { rateLimit: codeRate }, schema: { tags, response: { 200: sessionView, '4xx': failure } } },
    async (request, reply) => {
      const screen = await identity.openScreen(request.headers.cookie)
      return screen.ok ? welcome(identity, request, reply, screen.value) : answer(reply, screen)
    },
  )

  app.get(
    '/api/meetings/:meetingId/screens',
    {
      onRequest: guards.inMeeting(...deskStaff),
      schema: { tags, params: inMeeting, response: { 200: screensView, '4xx': failure } },
    },
    async (request) => screens(request.params.meetingId),
  )

  app.post(
    '/api/meetings/:meetingId/screens',
    {
      onRequest: guards.inMeeting(...chair),
      config: { rateLimit: codeRate },
      schema: { tags, params: inMeeting, body: pairAsk, response: { 200: screensView, '4xx': failure } },
    },
    async (request, reply) => {
      const { meetingId } = request.params
      const paired = await identity.pairScreen(who(request), meetingId, request.body.code)
      return paired.ok ? screens(meetingId) : answer(reply, paired)
    },
  )

  app.delete(
    '/api/meetings/:meetingId/screens/:screenId',
    {
      onRequest: guards.inMeeting(...chair),
      schema: { tags, params: inMeetingAnd('screenId'), response: noContent },
    },
    async (request, reply) => {
      const { meetingId, screenId } = request.params
      return answerEmpty(reply, await identity.unpairScreen(meetingId, screenId))
    },
  )
}
