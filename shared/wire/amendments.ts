// What travels about amendments besides the record.
import { z } from 'zod'

/** `text` is null where the reader said it knows the hash. */
const plainText = z.strictObject({ draftId: z.string(), sha256: z.string(), text: z.string().nullable() })

/** GET /api/meetings/:meetingId/amendments/:amendmentId/texts */
export const amendmentTextsAsk = z.object({
  /** Hashes that the reader has the texts of, with commas between them. */
  known: z.string().max(400).default(''),
})

export const amendmentTextsView = z.strictObject({
  /** The draft as the amendment last took it in. */
  base: plainText,
  fork: plainText,
  /** The draft as it is. */
  now: plainText,
})

export type AmendmentTextsView = z.infer<typeof amendmentTextsView>
