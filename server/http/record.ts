// /api/meetings/:meetingId/record: the record by pages, and as one file that anybody can verify offline.
import { Readable } from 'node:stream'
import { z } from 'zod'
import { idPattern } from '../../shared/kernel/ids.ts'
import { limits } from '../../shared/kernel/limits.ts'
import { refuse } from '../../shared/kernel/result.ts'
import type { Recorded } from '../../shared/meeting/events.ts'
import { textsNamed } from '../../shared/record/verify.ts'
import { failure, recordPage } from '../../shared/wire/http.ts'
import type { Store } from '../ports.ts'
import { answer } from './answers.ts'
import type { App, HttpDeps, RecordRoom } from './deps.ts'
import { type Guards, readers } from './guards.ts'
import { inMeeting } from './params.ts'

export const recordRoutes = (app: App, { identity, meetings, store }: HttpDeps, guards: Guards): void => {
  const tags = ['record']
  const onRequest = guards.inMeeting(...readers)

  app.get(
    '/api/meetings/:meetingId/record',
    {
      onRequest,
      schema: {
        tags,
        params: inMeeting,
        querystring: z.object({ since: z.coerce.number().int().min(0).default(0) }),
        response: { 200: recordPage, '4xx': failure },
      },
    },
    async (request, reply) => {
      const { meetingId } = request.params
      const { since } = request.query
      const head = await meetings.head(meetingId)
      if (!head) return answer(reply, refuse('meetingUnknown'))
      const [events, names] = await Promise.all([
        meetings.events(meetingId, since, limits.recordPageEvents),
        identity.names(meetingId),
      ])
      const last = events.at(-1)?.seq ?? since
      return {
        events: [...events],
        names: { ...names, ...(await staffNames(store, events)) },
        head,
        next: last < head.seq && events.length > 0 ? last : null,
      }
    },
  )

  app.get(
    '/api/meetings/:meetingId/record/export',
    {
      onRequest,
      schema: { tags, params: inMeeting, response: { 200: z.unknown().describe('a file'), '4xx': failure } },
    },
    async (request, reply) => {
      const { meetingId } = request.params
      const head = await meetings.head(meetingId)
      if (!head) return answer(reply, refuse('meetingUnknown'))
      return reply
        .header('content-type', 'application/json; charset=utf-8')
        .header('content-disposition', `attachment; filename="record-${meetingId}.json"`)
        .header('cache-control', 'no-store')
        .send(Readable.from(exportRecord(meetings, store, meetingId, head.seq)))
    },
  )
}

/** Who of the staff did something, by name: the record holds only the ids of their accounts. */
const staffNames = async ({ db }: Store, events: readonly Recorded[]) => {
  const accountId = idPattern('account')
  const actors = events.flatMap(({ by, event }) => {
    if (event.type !== 'pollClosed') return [by]
    const { papers = [], hands } = event
    return [by, ...papers.flatMap(({ tellers }) => tellers), ...hands.map(({ countedBy }) => countedBy)]
  })
  const ids = new Set(actors.filter((actor) => accountId.test(actor)))
  if (ids.size === 0) return {}
  const rows = await db
    .selectFrom('accounts')
    .select(['accountId', 'name'])
    .where('accountId', 'in', [...ids])
    .execute()
  return Object.fromEntries(rows.map((row) => [row.accountId, { name: row.name, household: '' }]))
}

/** A page at a time, so that a long record never sits in memory as a whole. Names are not part of the record. */
async function* exportRecord(
  meetings: RecordRoom,
  { db }: Store,
  meetingId: string,
  upTo: number,
): AsyncGenerator<string> {
  const texts = new Set<string>()
  yield `{"format":"yishiting-record","version":1,"stream":${JSON.stringify(meetingId)},"events":[`
  let since = 0
  while (since < upTo) {
    const page = await meetings.events(meetingId, since, Math.min(limits.recordPageEvents, upTo - since))
    if (page.length === 0) break
    for (const { event } of page) {
      for (const { sha256 } of textsNamed(event)) texts.add(sha256)
    }
    const lines = page.map((recorded) => `\n${JSON.stringify(recorded)}`).join(',')
    yield since === 0 ? lines : `,${lines}`
    since = page.at(-1)?.seq ?? upTo
  }
  yield '\n],"texts":{'
  let separator = ''
  for (const sha256 of texts) {
    const row = await db.selectFrom('texts').select('text').where('sha256', '=', sha256).executeTakeFirst()
    if (!row) continue
    yield `${separator}\n${JSON.stringify(sha256)}:${JSON.stringify(row.text)}`
    separator = ','
  }
  yield '\n}}\n'
}
