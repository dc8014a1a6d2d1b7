// /api/drafts/:draftId/versions and /difference, /authors: what the text was, how it changed, and by whom.
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { type Refusal, refuse } from '../../shared/kernel/result.ts'
import { bindingPoll } from '../../shared/meeting/amendments.ts'
import type { MeetingState, Poll } from '../../shared/meeting/state.ts'
import { failure } from '../../shared/wire/http.ts'
import {
  authorsView,
  differenceAsk,
  differenceView,
  formsAsk,
  formsView,
  restoreAsk,
  restored,
  type VersionView,
  versionAsk,
  versionsView,
  versionText,
  versionView,
} from '../../shared/wire/httpDrafts.ts'
import type { Principal } from '../identity/principal.ts'
import type { Version } from '../review/versions.ts'
import { answer } from './answers.ts'
import type { App } from './deps.ts'
import { type DraftDeps, inDraft, ofDraft, perPerson, placeOf, writers } from './draftGuard.ts'
import { chair, everybody, type Guards, readers, who } from './guards.ts'

const tags = ['drafts']
const ofVersion = ofDraft.extend({ versionId: z.string().max(64) })
const makingsPerMinute = 20
/** Each opens the whole history of a draft. */
const comparisonsPerMinute = 60

export const draftVersionRoutes = (app: App, deps: DraftDeps, guards: Guards): void => {
  const { meetings, review } = deps
  const { versions, authors } = review
  const reading = inDraft(deps, guards, ...readers)
  const writing = inDraft(deps, guards, ...writers)

  app.get(
    '/api/drafts/:draftId/versions',
    {
      onRequest: reading,
      schema: { tags, params: ofDraft, response: { 200: versionsView, '4xx': failure } },
    },
    async (request) => {
      const { draftId, meetingId } = placeOf(request)
      const [kept, state] = await Promise.all([versions.list(draftId), meetings.state(meetingId)])
      const shown = state ? withPolls(kept, state, draftId) : []
      const principal = who(request)
      return {
        versions: shown,
        names: await authors.names(
          meetingId,
          shown.map(({ by }) => by),
        ),
        mayName: mayWrite(principal, state),
        whyNoRestore: whyNoRestore(principal, state, draftId),
      }
    },
  )

  app.post(
    '/api/drafts/:draftId/versions',
    {
      onRequest: writing,
      config: perPerson(makingsPerMinute),
      schema: { tags, params: ofDraft, body: versionAsk, response: { 200: versionView, '4xx': failure } },
    },
    async (request, reply) => {
      const { draftId, meetingId } = placeOf(request)
      if (!mayWrite(who(request), await meetings.state(meetingId)))
        return answer(reply, refuse('meetingEnded'))
      const { name, commandId } = request.body
      const made = await versions.make(draftId, name, { by: who(request).actorId, commandId })
      return answer(reply, made.ok ? { ok: true, value: viewOf(made.value) } : made)
    },
  )

  app.get(
    '/api/drafts/:draftId/versions/:versionId/text',
    {
      onRequest: reading,
      config: perPerson(comparisonsPerMinute),
      schema: { tags, params: ofVersion, response: { 200: versionText, '4xx': failure } },
    },
    async (request, reply) => {
      const { draftId, versionId } = request.params
      return answer(reply, await versions.text(draftId, idOrNow(versionId)))
    },
  )

  app.get(
    '/api/drafts/:draftId/difference',
    {
      onRequest: reading,
      config: perPerson(comparisonsPerMinute),
      schema: {
        tags,
        params: ofDraft,
        querystring: differenceAsk,
        response: { 200: differenceView, '4xx': failure },
      },
    },
    async (request, reply) => {
      const { before, after } = request.query
      const { draftId, meetingId } = placeOf(request)
      const found = await versions.compare(draftId, idOrNow(before), idOrNow(after))
      if (!found.ok) return answer(reply, found)
      const { json, removers } = found.value
      const names = JSON.stringify(await authors.names(meetingId, removers))
      // The difference is written by the thread that found it.
      return sendJson(
        reply,
        Buffer.concat([Buffer.from(`{"names":${names},"difference":`), json, Buffer.from('}')]),
      )
    },
  )

  app.get(
    '/api/drafts/:draftId/forms',
    {
      // The big screen shows differences, too.
      onRequest: inDraft(deps, guards, ...everybody),
      config: perPerson(comparisonsPerMinute * 2),
      schema: { tags, params: ofDraft, querystring: formsAsk, response: { 200: formsView, '4xx': failure } },
    },
    async (request) => {
      const { sha256, of } = request.query
      return { forms: await versions.forms(request.params.draftId, sha256, of) }
    },
  )

  app.post(
    '/api/drafts/:draftId/versions/:versionId/restore',
    {
      onRequest: inDraft(deps, guards, ...chair),
      config: perPerson(makingsPerMinute),
      schema: { tags, params: ofVersion, body: restoreAsk, response: { 200: restored, '4xx': failure } },
    },
    async (request, reply) => {
      const { draftId, meetingId } = placeOf(request)
      const principal = who(request)
      const refusal = restoreRefusal(principal, await meetings.state(meetingId), draftId)
      if (refusal) return answer<z.infer<typeof restored>>(reply, { ok: false, refusal })
      const making = { by: principal.actorId, commandId: request.body.commandId }
      const done = await versions.restore(draftId, request.params.versionId, making)
      return answer<z.infer<typeof restored>>(
        reply,
        done.ok ? { ok: true, value: { before: done.value.before?.versionId ?? null } } : done,
      )
    },
  )

  app.get(
    '/api/drafts/:draftId/authors',
    {
      onRequest: reading,
      schema: { tags, params: ofDraft, response: { 200: authorsView, '4xx': failure } },
    },
    async (request, reply) => {
      const { draftId, meetingId } = placeOf(request)
      const found = await authors.of(draftId, meetingId)
      return found ? sendJson(reply, found) : answer<never>(reply, refuse('draftUnknown'))
    },
  )
}

/** What was written as JSON already. */
const sendJson = (reply: FastifyReply, json: Uint8Array): never => {
  reply.header('content-type', 'application/json; charset=utf-8').serializer((bytes) => bytes as string)
  return reply.send(Buffer.from(json.buffer, json.byteOffset, json.length)) as never
}

const idOrNow = (asked: string): string | null => (asked === 'now' ? null : asked)

const viewOf = ({ draftId: _, kind, ...version }: Version): VersionView => ({
  ...version,
  kind: kind === 'frozen' ? 'poll' : kind,
  pollId: null,
})

/** What polls fixed is in the record; a text that was frozen for an order that was then refused is nobody's version. */
const withPolls = (kept: readonly Version[], state: MeetingState, draftId: string): VersionView[] => {
  const frozen = new Map(kept.flatMap((it) => (it.kind === 'frozen' ? [[it.sha256, it.versionId]] : [])))
  const polled = Object.values(state.polls).flatMap((poll): VersionView[] => {
    const text = textsOf(poll).find((one) => one.draftId === draftId)
    if (!text) return []
    const { sha256, chars } = text
    const versionId = frozen.get(sha256) ?? null
    const { pollId, question: name, openedBy: by, openedAt: at } = poll
    return [{ versionId, kind: 'poll', name, pollId, sha256, chars, by, at }]
  })
  const others = kept.filter(({ kind }) => kind !== 'frozen').map(viewOf)
  return [...polled, ...others].sort((a, b) => b.at - a.at)
}

const textsOf = ({ text, covers = [] }: Poll) => [text, ...covers.map((covered) => covered.text)]

const mayWrite = ({ role }: Principal, state: MeetingState | undefined): boolean =>
  writers.some((one) => one === role) && state !== undefined && state.phase !== 'closed'

/**
 * Bringing a text back rewrites everybody's at once, so it is for those who lead; never under an open poll, whose
 * voters read the draft beside what was fixed. An amendment that the hall has said yes to, or that is settled, stands.
 */
const whyNoRestore = (
  { role }: Principal,
  state: MeetingState | undefined,
  draftId: string,
): z.infer<typeof versionsView>['whyNoRestore'] => {
  if (!chair.some((one) => one === role)) return 'role'
  if (state === undefined || state.phase === 'closed') return 'meetingEnded'
  const isPolled = Object.values(state.polls).some(
    (poll) => poll.status === 'open' && textsOf(poll).some((text) => text.draftId === draftId),
  )
  if (isPolled) return 'pollOpen'
  const amendment = state.amendments.find((one) => one.draftId === draftId)
  if (!amendment) return null
  if (amendment.status !== 'open') return 'amendmentSettled'
  return bindingPoll(state, amendment.amendmentId) ? 'amendmentPolled' : null
}

type WhyNoRestore = NonNullable<ReturnType<typeof whyNoRestore>>

const restoreRefusals: Readonly<Record<WhyNoRestore, Refusal['code']>> = {
  role: 'notAllowed',
  meetingEnded: 'meetingEnded',
  pollOpen: 'pollStillOpen',
  amendmentPolled: 'amendmentPolled',
  amendmentSettled: 'amendmentSettled',
}

const restoreRefusal = (...about: Parameters<typeof whyNoRestore>): Refusal | null => {
  const why = whyNoRestore(...about)
  return why === null ? null : { code: restoreRefusals[why] }
}
