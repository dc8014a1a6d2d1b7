// /api/matters: chains of four deliberations and two publications, their notices, and their record as a file.
import { z } from 'zod'
import { accept, type Result, refuse } from '../../shared/kernel/result.ts'
import { chainStanding, fourDeliberations } from '../../shared/rules/fourDeliberations.ts'
import { failure } from '../../shared/wire/http.ts'
import {
  type MatterView,
  matterAsk,
  mattersView,
  matterView,
  noticeAsk,
} from '../../shared/wire/httpMatters.ts'
import type { MatterStanding } from '../matters/matters.ts'
import { answer } from './answers.ts'
import type { App, HttpDeps } from './deps.ts'
import { deskStaff, type Guards, who } from './guards.ts'

const ofMatter = z.object({ matterId: z.string().max(64) })

const viewOf = ({ matter, polls, done }: MatterStanding): MatterView => {
  const { next, complete } = chainStanding(done)
  return {
    matterId: matter.matterId,
    title: matter.title,
    openedAt: matter.openedAt,
    complete,
    links: fourDeliberations.map(({ code, presets }) => ({
      code,
      state: done.has(code)
        ? ('done' as const)
        : next?.code === code
          ? ('next' as const)
          : ('blocked' as const),
      presets: [...presets],
      polls: polls
        .filter((poll) => poll.code === code)
        .map(({ meetingId, pollId, passed }) => ({ meetingId, pollId, passed })),
      notice: code === 'decisionNotice' || code === 'resultNotice' ? (matter.notices[code] ?? null) : null,
    })),
  }
}

export const matterRoutes = (app: App, { matters }: HttpDeps, guards: Guards): void => {
  const tags = ['matters']
  const staff = guards.account(...deskStaff)
  const keeper = guards.account('secretary', 'clerk')
  const found = async (unitId: string, matterId: string): Promise<Result<MatterView>> => {
    const standing = await matters.find(unitId, matterId)
    return standing ? accept(viewOf(standing)) : refuse('matterUnknown')
  }

  app.get(
    '/api/matters',
    { onRequest: guards.signedIn, schema: { tags, response: { 200: mattersView, '4xx': failure } } },
    async (request) => ({ matters: (await matters.list(who(request).unitId)).map(viewOf) }),
  )

  app.post(
    '/api/matters',
    { onRequest: keeper, schema: { tags, body: matterAsk, response: { 200: matterView, '4xx': failure } } },
    async (request, reply) => {
      const { actorId, unitId } = who(request)
      const opened = await matters.open({ actorId, unitId }, request.body)
      return answer(reply, opened.ok ? await found(unitId, opened.value.matterId) : opened)
    },
  )

  app.get(
    '/api/matters/:matterId',
    { onRequest: staff, schema: { tags, params: ofMatter, response: { 200: matterView, '4xx': failure } } },
    async (request, reply) => answer(reply, await found(who(request).unitId, request.params.matterId)),
  )

  app.post(
    '/api/matters/:matterId/notices',
    {
      onRequest: keeper,
      schema: { tags, params: ofMatter, body: noticeAsk, response: { 200: matterView, '4xx': failure } },
    },
    async (request, reply) => {
      const { actorId, unitId } = who(request)
      const { matterId } = request.params
      const done = await matters.order({ actorId, unitId }, matterId, request.body)
      return answer(reply, done.ok ? await found(unitId, matterId) : done)
    },
  )

  app.get(
    '/api/matters/:matterId/record',
    {
      onRequest: staff,
      schema: { tags, params: ofMatter, response: { 200: z.unknown().describe('a file'), '4xx': failure } },
    },
    async (request, reply) => {
      const { matterId } = request.params
      const events = await matters.events(who(request).unitId, matterId)
      if (!events) return answer(reply, refuse('matterUnknown'))
      return reply
        .header('content-disposition', `attachment; filename="record-${matterId}.json"`)
        .header('cache-control', 'no-store')
        .send({ format: 'yishiting-record', version: 1, stream: matterId, events, texts: {} })
    },
  )
}
