// /api/drafts/:draftId/pictures takes pictures in, as plain files; /api/pictures/:sha256 shows them, as nothing else. Who
// has a picture's address has seen a text that holds it: it names the picture's bytes, and cannot be guessed.
import { z } from 'zod'
import { limits } from '../../shared/kernel/limits.ts'
import { refuse } from '../../shared/kernel/result.ts'
import { failure } from '../../shared/wire/http.ts'
import { pictureView } from '../../shared/wire/httpDrafts.ts'
import { answer } from './answers.ts'
import type { App } from './deps.ts'
import { type DraftDeps, inDraft, ofDraft, perPerson, placeOf, writers } from './draftGuard.ts'
import { everybody, type Guards, who } from './guards.ts'

const tags = ['drafts']
/** A picture's address names its bytes, so a browser need not ask for it again. */
const keptFor = 'private, max-age=31536000, immutable'

export const draftPictureRoutes = (app: App, deps: DraftDeps, guards: Guards): void => {
  const { meetings, review } = deps

  app.post(
    '/api/drafts/:draftId/pictures',
    {
      onRequest: inDraft(deps, guards, ...writers),
      config: perPerson(limits.uploadsPerPersonPerMinute),
      schema: {
        tags,
        params: ofDraft,
        consumes: ['multipart/form-data'],
        response: { 200: pictureView, '4xx': failure },
      },
    },
    async (request, reply) => {
      const place = placeOf(request)
      if ((await meetings.state(place.meetingId))?.phase === 'closed') {
        return answer(reply, refuse('meetingEnded'))
      }
      if (!request.isMultipart()) return answer(reply, refuse('malformed', { field: 'file' }))
      const file = await request.file({ limits: { fileSize: limits.uploadBytesMax } })
      if (!file) return answer(reply, refuse('malformed', { field: 'file' }))
      const bytes = await file.toBuffer()
      return answer(reply, await review.uploads.take(place, who(request).actorId, bytes))
    },
  )

  app.get(
    '/api/pictures/:sha256',
    {
      onRequest: guards.signedIn,
      schema: {
        tags,
        params: z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
        response: { 200: z.unknown().describe('a picture'), '4xx': failure },
      },
    },
    async (request, reply) => {
      const { role, unitId } = who(request)
      const isIn = everybody.some((one) => one === role)
      const picture = isIn ? await review.uploads.find(unitId, request.params.sha256) : undefined
      if (!picture) return answer(reply, refuse('pictureUnknown'))
      return reply
        .header('content-type', picture.mediaType)
        .header('cache-control', keptFor)
        .header('content-security-policy', "default-src 'none'; sandbox")
        .header('x-content-type-options', 'nosniff')
        .send(picture.bytes)
    },
  )
}
