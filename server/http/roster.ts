// /api/roster: the people of the unit, and the files they come from and go to.
import { z } from 'zod'
import { limits } from '../../shared/kernel/limits.ts'
import { refuse } from '../../shared/kernel/result.ts'
import { failure, person, personAsk, rosterImport, rosterSaved, rosterView } from '../../shared/wire/http.ts'
import { openRoster } from '../papers/roster.ts'
import { rosterCsv, rosterXlsx } from '../papers/rosterExport.ts'
import { openRosterImports } from '../papers/rosterImports.ts'
import { answer, answerEmpty } from './answers.ts'
import type { App, HttpDeps } from './deps.ts'
import { type Guards, who } from './guards.ts'
import { noContent } from './params.ts'

const tags = ['roster']

export const rosterRoutes = (app: App, deps: HttpDeps, guards: Guards): void => {
  const { parties } = deps.identity
  const roster = openRoster({ ...deps, parties })
  const keeper = guards.account('secretary')

  app.get(
    '/api/roster',
    {
      onRequest: guards.account('secretary', 'facilitator', 'clerk'),
      schema: { tags, response: { 200: rosterView, '4xx': failure } },
    },
    async (request) => ({ people: await roster.people(who(request).unitId) }),
  )

  app.post(
    '/api/roster',
    { onRequest: keeper, schema: { tags, body: personAsk, response: { 200: person, '4xx': failure } } },
    async (request, reply) => answer(reply, await roster.add(who(request).unitId, request.body)),
  )

  app.post(
    '/api/roster/:personId',
    {
      onRequest: keeper,
      schema: {
        tags,
        params: z.object({ personId: z.string().max(64) }),
        body: personAsk,
        response: { 200: person, '4xx': failure },
      },
    },
    async (request, reply) =>
      answer(reply, await roster.revise(who(request).unitId, request.params.personId, request.body)),
  )

  app.delete(
    '/api/roster/:personId',
    {
      onRequest: keeper,
      schema: { tags, params: z.object({ personId: z.string().max(64) }), response: noContent },
    },
    async (request, reply) =>
      answerEmpty(reply, await roster.remove(who(request).unitId, request.params.personId)),
  )

  const exportAsk = z.object({
    format: z.enum(['xlsx', 'csv']).default('xlsx'),
    encoding: z.enum(['utf-8', 'gb18030']).default('utf-8'),
  })
  app.get(
    '/api/roster/export',
    {
      onRequest: keeper,
      schema: {
        tags,
        querystring: exportAsk,
        response: { 200: z.unknown().describe('a file'), '4xx': failure },
      },
    },
    async (request, reply) => {
      const { unitId } = who(request)
      const { format, encoding } = request.query
      const [people, named] = await Promise.all([roster.fullPeople(unitId), parties(unitId)])
      const bytes = format === 'csv' ? rosterCsv(people, named, encoding) : await rosterXlsx(people, named)
      return reply
        .header('content-type', format === 'csv' ? `text/csv; charset=${encoding}` : xlsxType)
        .header('content-disposition', `attachment; filename="roster.${format}"`)
        .header('cache-control', 'no-store')
        .send(Buffer.from(bytes))
    },
  )

  importRoutes(app, guards, openRosterImports({ ...deps, parties, onFault: faultLog(deps) }, roster))
}

const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const faultLog =
  ({ logger }: HttpDeps) =>
  (fault: unknown): void =>
    logger.error({ err: fault }, 'a roster could not be read to its end')

const importRoutes = (app: App, guards: Guards, imports: ReturnType<typeof openRosterImports>): void => {
  const onRequest = guards.account('secretary')
  const params = z.object({ importId: z.string().max(64) })
  // What is still being read is finished before the store closes.
  app.addHook('onClose', () => imports.settled())

  app.post(
    '/api/roster/imports',
    {
      onRequest,
      schema: { tags, consumes: ['multipart/form-data'], response: { 200: rosterImport, '4xx': failure } },
    },
    async (request, reply) => {
      if (!request.isMultipart()) return answer(reply, refuse('malformed', { field: 'file' }))
      const file = await request.file()
      if (!file) return answer(reply, refuse('malformed', { field: 'file' }))
      const bytes = await file.toBuffer()
      if (bytes.length > limits.rosterFileBytesMax) return answer(reply, refuse('tooLarge'))
      const { unitId, accountId } = who(request)
      const by = { unitId, accountId: accountId ?? '' }
      return answer(reply, await imports.start(by, { name: file.filename, bytes }))
    },
  )

  app.get(
    '/api/roster/imports/:importId',
    { onRequest, schema: { tags, params, response: { 200: rosterImport, '4xx': failure } } },
    async (request, reply) => {
      const followed = await imports.follow(who(request).unitId, request.params.importId)
      if (!followed.ok) return answer(reply, followed)
      const sent = reply.header('content-type', 'application/json; charset=utf-8').serializer(String)
      return sent.send(followed.value as never)
    },
  )

  app.post(
    '/api/roster/imports/:importId/confirm',
    { onRequest, schema: { tags, params, response: { 200: rosterSaved, '4xx': failure } } },
    async (request, reply) =>
      answer(reply, await imports.confirm(who(request).unitId, request.params.importId)),
  )

  app.delete(
    '/api/roster/imports/:importId',
    { onRequest, schema: { tags, params, response: noContent } },
    async (request, reply) =>
      answerEmpty(reply, await imports.drop(who(request).unitId, request.params.importId)),
  )
}
