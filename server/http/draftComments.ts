// /api/drafts/:draftId/comments: comments on passages and their replies. Who may read the text may read them; members
// and staff write them, and reword or delete their own, until the meeting is closed.
import { z } from 'zod'
import { limits } from '../../shared/kernel/limits.ts'
import { type Result, refuse } from '../../shared/kernel/result.ts'
import { failure } from '../../shared/wire/http.ts'
import {
  type CommentView,
  commentAsk,
  commentChange,
  commentsView,
  commentView,
} from '../../shared/wire/httpDrafts.ts'
import type { Comment } from '../review/comments.ts'
import { answer } from './answers.ts'
import type { App } from './deps.ts'
import { type DraftDeps, inDraft, ofDraft, perPerson, placeOf, writers } from './draftGuard.ts'
import { type Guards, readers, who } from './guards.ts'

const tags = ['drafts']

export const draftCommentRoutes = (app: App, deps: DraftDeps, guards: Guards): void => {
  const { meetings, review } = deps
  const { comments, authors } = review
  const writing = inDraft(deps, guards, ...writers)
  const isOver = async (meetingId: string): Promise<boolean> =>
    (await meetings.state(meetingId))?.phase === 'closed'

  app.get(
    '/api/drafts/:draftId/comments',
    {
      onRequest: inDraft(deps, guards, ...readers),
      schema: {
        tags,
        params: ofDraft,
        querystring: z.object({ since: z.coerce.number().min(0).default(0) }),
        response: { 200: commentsView, '4xx': failure },
      },
    },
    async (request) => {
      const { draftId, meetingId } = placeOf(request)
      const [found, over] = await Promise.all([
        comments.list(draftId, request.query.since),
        isOver(meetingId),
      ])
      const people = found.flatMap(({ by, resolvedBy }) => (resolvedBy === null ? [by] : [by, resolvedBy]))
      return {
        comments: found.map(viewOf),
        names: await authors.names(meetingId, people),
        mayComment: !over && writers.some((role) => role === who(request).role),
      }
    },
  )

  app.post(
    '/api/drafts/:draftId/comments',
    {
      onRequest: writing,
      config: perPerson(limits.commentsPerPersonPerMinute),
      schema: { tags, params: ofDraft, body: commentAsk, response: { 200: commentView, '4xx': failure } },
    },
    async (request, reply) => {
      const { draftId, meetingId } = placeOf(request)
      if (await isOver(meetingId)) return answer(reply, refuse('meetingEnded'))
      const { body } = request
      const mine = { words: body.words, by: who(request).actorId, commandId: body.commandId }
      const made =
        'parentId' in body
          ? await comments.reply(draftId, body.parentId, mine)
          : await comments.add(draftId, {
              ...mine,
              quote: body.quote,
              anchorFrom: JSON.stringify(body.anchor.from),
              anchorTo: JSON.stringify(body.anchor.to),
            })
      return answer(reply, shown(made))
    },
  )

  app.post(
    '/api/drafts/:draftId/comments/:commentId',
    {
      onRequest: writing,
      config: perPerson(limits.commentsPerPersonPerMinute * 2),
      schema: {
        tags,
        params: ofDraft.extend({ commentId: z.string().max(64) }),
        body: commentChange,
        response: { 200: commentView, '4xx': failure },
      },
    },
    async (request, reply) => {
      const { draftId, meetingId } = placeOf(request)
      if (await isOver(meetingId)) return answer(reply, refuse('meetingEnded'))
      const { commentId } = request.params
      const by = who(request).actorId
      return answer(reply, shown(await comments.change(draftId, commentId, request.body, by)))
    },
  )
}

const viewOf = ({ draftId: _, anchorFrom, anchorTo, ...comment }: Comment): CommentView => ({
  ...comment,
  anchor: anchorFrom === '' ? null : { from: JSON.parse(anchorFrom), to: JSON.parse(anchorTo) },
})

const shown = (made: Result<Comment>): Result<CommentView> =>
  made.ok ? { ok: true, value: viewOf(made.value) } : made
