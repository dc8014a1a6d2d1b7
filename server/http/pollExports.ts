// /api/meetings/:meetingId/polls/:pollId/export: a closed poll as a file, to be counted again or kept with the papers.
import { z } from 'zod'
import { refuse } from '../../shared/kernel/result.ts'
import { exportedPoll } from '../../shared/meeting/pollCount.ts'
import { failure } from '../../shared/wire/http.ts'
import { pollCsv, pollXlsx } from '../papers/pollExport.ts'
import { pollSheets } from '../papers/pollSheet.ts'
import { pollTexts } from '../papers/pollTexts.ts'
import { answer } from './answers.ts'
import type { App, HttpDeps } from './deps.ts'
import { type Guards, readers } from './guards.ts'
import { inMeetingAnd } from './params.ts'

const types = {
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

export const pollExportRoutes = (app: App, { identity, meetings, store }: HttpDeps, guards: Guards): void => {
  const asked = z.object({
    format: z.enum(['json', 'csv', 'xlsx']).default('json'),
    lang: z.enum(['zh', 'en']).default('zh'),
  })
  app.get(
    '/api/meetings/:meetingId/polls/:pollId/export',
    {
      onRequest: guards.inMeeting(...readers),
      schema: {
        tags: ['record'],
        params: inMeetingAnd('pollId'),
        querystring: asked,
        response: { 200: z.unknown().describe('a file'), '4xx': failure },
      },
    },
    async (request, reply) => {
      const { meetingId, pollId } = request.params
      const { format, lang } = request.query
      const state = await meetings.state(meetingId)
      const poll = state && Object.hasOwn(state.polls, pollId) ? state.polls[pollId] : undefined
      if (!state || !poll) return answer(reply, refuse('pollUnknown'))
      const sheets = pollSheets(state, poll, await identity.names(meetingId), lang)
      if (!sheets) return answer(reply, refuse(poll.status === 'open' ? 'pollStillOpen' : 'pollUnknown'))
      const bytes =
        format === 'json'
          ? JSON.stringify(
              { ...exportedPoll(state, poll), texts: await pollTexts(store, state, poll) },
              null,
              2,
            )
          : Buffer.from(format === 'csv' ? pollCsv(sheets) : await pollXlsx(sheets))
      return reply
        .header('content-type', types[format])
        .header('content-disposition', `attachment; filename="poll-${pollId}.${format}"`)
        .header('cache-control', 'no-store')
        .send(bytes)
    },
  )
}
