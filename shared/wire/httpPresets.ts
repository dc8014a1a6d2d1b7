// The REST API's bodies for rule presets: those that came with the hall, and the unit's own.
import { z } from 'zod'
import { presetSchema } from '../rules/presetSchema.ts'

const words = z.object({ zh: z.string(), en: z.string() })

const presetLine = z.object({
  code: z.string(),
  name: words,
  source: words,
  effectiveFrom: z.string(),
  version: z.int(),
  standing: z.enum(['statutory', 'consultative']),
  /** The unit's own copy of a preset that came with the hall. */
  isOwn: z.boolean(),
})
/**
 * GET /api/presets: for choosing; the whole preset travels in the record. `presets` are those that came with the hall
 * and the unit's own, the newest version of each. `own` holds the unit's own ones whole: the version in force today, if
 * any, and later ones that are not yet.
 */
export const presetsView = z.object({
  presets: z.array(presetLine),
  own: z.array(z.object({ code: z.string(), versions: z.array(presetSchema) })),
  retired: z.array(presetLine),
})
/**
 * GET /api/presets/:code: the newest version whole, and the history of one of the unit's own, newest first. Retiring is
 * the last entry of a history: `preset.version` stays what it was.
 */
export const presetView = z.object({
  preset: presetSchema,
  isOwn: z.boolean(),
  isRetired: z.boolean(),
  history: z.array(
    z.object({ preset: presetSchema, savedBy: z.string(), savedAt: z.number(), isRetired: z.boolean() }),
  ),
})
/**
 * POST /api/presets: a whole preset of the unit's own; answers its `presetView`. Its `version` is 1, or one more than
 * the newest: with any other it is refused as `presetStale`. POST /api/presets/:code/retire names the newest version.
 */
export const retireAsk = z.object({ version: z.int().min(1) })

export type PresetsView = z.infer<typeof presetsView>
export type PresetView = z.infer<typeof presetView>
