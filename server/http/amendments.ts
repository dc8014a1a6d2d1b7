// /api/meetings/:meetingId/amendments/:amendmentId/texts: what an amendment is a difference from, its own text, and the
// draft as it is now. Texts that the reader has already, told by their hash, are not sent again.
import { refuse } from '../../shared/kernel/result.ts'
import { amendmentTextsAsk, amendmentTextsView } from '../../shared/wire/amendments.ts'
import { failure } from '../../shared/wire/http.ts'
import { answer } from './answers.ts'
import type { App, HttpDeps } from './deps.ts'
import { everybody, type Guards } from './guards.ts'
import { inMeetingAnd } from './params.ts'

export const amendmentRoutes = (app: App, { meetings, forks }: HttpDeps, guards: Guards): void => {
  if (!forks) return
  app.get(
    '/api/meetings/:meetingId/amendments/:amendmentId/texts',
    {
      onRequest: guards.inMeeting(...everybody),
      schema: {
        tags: ['amendments'],
        params: inMeetingAnd('amendmentId'),
        querystring: amendmentTextsAsk,
        response: { 200: amendmentTextsView, '4xx': failure },
      },
    },
    async (request, reply) => {
      const { meetingId, amendmentId } = request.params
      const state = await meetings.state(meetingId)
      const texts = state && (await forks.textsOf(state, amendmentId ?? ''))
      if (!texts) return answer(reply, refuse('amendmentUnknown'))
      const known = new Set(request.query.known.split(','))
      const sent = ({ draftId, sha256, text }: typeof texts.base) => ({
        draftId,
        sha256,
        text: known.has(sha256) ? null : text,
      })
      return { base: sent(texts.base), fork: sent(texts.fork), now: sent(texts.now) }
    },
  )
}
