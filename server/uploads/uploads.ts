// The pictures of drafts, kept in the store so that every node has them, under the SHA-256 of their bytes: the same
// picture is kept once in a unit, and an address never shows another picture.
import { createHash } from 'node:crypto'
import { limits } from '../../shared/kernel/limits.ts'
import { accept, type Result, refuse } from '../../shared/kernel/result.ts'
import { type Clock, type Store, step } from '../ports.ts'
import { type Picture, readPicture } from './picture.ts'
import { openClearing } from './unused.ts'

export interface Upload {
  readonly sha256: string
  readonly width: number
  readonly height: number
}

export interface Uploads {
  /** Keeps what draws the picture. The same bytes again are the same upload. */
  take(
    place: { readonly unitId: string; readonly draftId: string },
    by: string,
    bytes: Buffer,
  ): Promise<Result<Upload>>
  find(unitId: string, sha256: string): Promise<Pick<Picture, 'mediaType' | 'bytes'> | undefined>
}

export interface UploadsDeps {
  readonly store: Store
  readonly clock: Clock
  readonly onFault: (fault: unknown) => void
}

export const openUploads = ({ store, clock, onFault }: UploadsDeps): Uploads => {
  const { db } = store
  const clearing = openClearing({ store, clock })

  const countOf = async (draftId: string): Promise<number> => {
    const row = await db
      .selectFrom('uploads')
      .select(({ fn }) => fn.countAll().as('count'))
      .where('draftId', '=', draftId)
      .executeTakeFirst()
    return Number(row?.count ?? 0)
  }

  const take: Uploads['take'] = async ({ unitId, draftId }, by, received) => {
    if (received.length > limits.uploadBytesMax) return refuse('tooLarge', { max: limits.uploadBytesMax })
    const picture = readPicture(received)
    if (!picture) return refuse('pictureUnreadable')
    const { mediaType, width, height, bytes } = picture
    const side = Math.max(width, height)
    if (side > limits.uploadSidePixelsMax || Math.min(width, height) < 1) {
      return refuse('tooLarge', { max: limits.uploadSidePixelsMax })
    }
    if ((await countOf(draftId)) >= limits.uploadsPerDraftMax) {
      return refuse('tooMany', { max: limits.uploadsPerDraftMax })
    }
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const row = { unitId, sha256, draftId, mediaType, width, height, bytes, by, at: clock.now() }
    const kept = db.insertInto('uploads').values(row)
    await store.write([step(kept.onConflict((conflict) => conflict.doNothing()))])
    clearing.look(unitId).catch(onFault)
    return accept({ sha256, width, height })
  }

  return {
    take,
    find: async (unitId, sha256) => {
      const row = await db
        .selectFrom('uploads')
        .select(['mediaType', 'bytes'])
        .where('unitId', '=', unitId)
        .where('sha256', '=', sha256)
        .executeTakeFirst()
      return row && { mediaType: row.mediaType, bytes: Buffer.from(row.bytes) }
    },
  }
}
