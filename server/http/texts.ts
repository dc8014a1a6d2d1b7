// /api/meetings/:meetingId/texts/:sha256: the text that a poll froze, to be compared with its hash.
import { refuse } from '../../shared/kernel/result.ts'
import type { MeetingState } from '../../shared/meeting/state.ts'
import { textsOf } from '../../shared/record/verify.ts'
import { failure, textView } from '../../shared/wire/http.ts'
import { answer } from './answers.ts'
import type { App, HttpDeps } from './deps.ts'
import { everybody, type Guards } from './guards.ts'
import { inMeetingAnd } from './params.ts'

export const textRoutes = (app: App, { meetings, store }: HttpDeps, guards: Guards): void => {
  app.get(
    '/api/meetings/:meetingId/texts/:sha256',
    {
      onRequest: guards.inMeeting(...everybody),
      schema: {
        tags: ['record'],
        params: inMeetingAnd('sha256'),
        response: { 200: textView, '4xx': failure },
      },
    },
    async (request, reply) => {
      const { meetingId, sha256 } = request.params
      const state = await meetings.state(meetingId)
      // Texts lie together, addressed by their hash; only those of this meeting's polls and amendments are shown to its people.
      const isOurs = Object.values(state?.polls ?? {}).some((poll) =>
        textsOf(poll).some((text) => text.sha256 === sha256),
      )
      if (!isOurs && !isOfAmendment(state, sha256)) return answer(reply, refuse('textMissing'))
      const row = await store.db
        .selectFrom('texts')
        .select(['sha256', 'text'])
        .where('sha256', '=', sha256)
        .executeTakeFirst()
      return row ? row : answer(reply, refuse('textMissing'))
    },
  )
}

/** What an amendment is, or was at a poll, a difference from; and what was adopted of it. */
const isOfAmendment = (state: MeetingState | undefined, sha256: string | undefined): boolean =>
  state !== undefined &&
  (state.amendments.some(({ base, adopted }) => base.sha256 === sha256 || adopted?.sha256 === sha256) ||
    Object.values(state.polls).some(({ amendment }) => amendment?.base.sha256 === sha256))
