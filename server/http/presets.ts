// /api/presets: the rules that a meeting may go by, those that come with the hall and those of the unit's own.
import { z } from 'zod'
import { accept, type Result, refuse } from '../../shared/kernel/result.ts'
import { type DayText, dayAt } from '../../shared/rules/calendar.ts'
import type { Preset } from '../../shared/rules/preset.ts'
import { inForceOn, isOwnCode } from '../../shared/rules/presetCopy.ts'
import { presetSchema } from '../../shared/rules/presetSchema.ts'
import { presets as builtIn, presetByCode } from '../../shared/rules/presets.ts'
import { failure } from '../../shared/wire/http.ts'
import { type PresetView, presetsView, presetView, retireAsk } from '../../shared/wire/httpPresets.ts'
import { newestOf, type Presets, type Saved } from '../presets/presets.ts'
import { answer, answerEmpty } from './answers.ts'
import type { App, HttpDeps } from './deps.ts'
import { deskStaff, type Guards, who } from './guards.ts'
import { noContent } from './params.ts'

const ofPreset = z.object({ code: z.string().max(60) })

export const presetRoutes = (app: App, { presets, clock }: HttpDeps, guards: Guards): void => {
  const tags = ['presets']
  const keeper = guards.account('secretary')

  app.get(
    '/api/presets',
    { onRequest: guards.signedIn, schema: { tags, response: { 200: presetsView, '4xx': failure } } },
    async (request) => {
      const all = await presets.saved(who(request).unitId)
      const standing = all.filter((saved) => !newestOf(saved).isRetired)
      const retired = all.filter((saved) => newestOf(saved).isRetired)
      const today = dayAt(clock.now())
      return {
        presets: [...builtIn, ...standing.map((saved) => newestOf(saved).preset)].map(lineOf),
        own: standing.map((saved) => ({
          code: saved[0].preset.code,
          versions: fromTodayOn(saved, today),
        })),
        retired: retired.map((saved) => lineOf(newestOf(saved).preset)),
      }
    },
  )

  app.get(
    '/api/presets/:code',
    {
      onRequest: guards.account(...deskStaff),
      schema: { tags, params: ofPreset, response: { 200: presetView, '4xx': failure } },
    },
    async (request, reply) => answer(reply, await viewOf(presets, who(request).unitId, request.params.code)),
  )

  app.post(
    '/api/presets',
    {
      onRequest: keeper,
      schema: { tags, body: presetSchema, response: { 200: presetView, '4xx': failure } },
    },
    async (request, reply) => {
      const by = who(request)
      const saved = await presets.save(by, request.body)
      return answer(reply, saved.ok ? await viewOf(presets, by.unitId, request.body.code) : saved)
    },
  )

  app.post(
    '/api/presets/:code/retire',
    {
      onRequest: keeper,
      schema: { tags, params: ofPreset, body: retireAsk, response: noContent },
    },
    async (request, reply) => {
      const { code } = request.params
      return answerEmpty(reply, await presets.retire(who(request), code, request.body.version))
    },
  )
}

const lineOf = ({ code, name, source, effectiveFrom, version, standing }: Preset) => ({
  code,
  name,
  source,
  effectiveFrom,
  version,
  standing,
  isOwn: isOwnCode(code),
})

/** The version in force on a day, and those that will be. */
const fromTodayOn = (saved: Saved, today: DayText): Preset[] => {
  const versions = saved.map(({ preset }) => preset)
  const now = inForceOn(versions, today)
  const later = versions.filter(
    ({ effectiveFrom, version }) => effectiveFrom > today && version > (now?.version ?? 0),
  )
  return now === undefined ? later : [now, ...later]
}

const viewOf = async (presets: Presets, unitId: string, code: string): Promise<Result<PresetView>> => {
  const preset = presetByCode(code)
  if (preset) return accept({ preset, isOwn: false, isRetired: false, history: [] })
  const saved = await presets.savedAs(unitId, code)
  if (!saved) return refuse('notFound')
  const newest = newestOf(saved)
  return accept({
    preset: newest.preset,
    isOwn: true,
    isRetired: newest.isRetired,
    history: [...saved].reverse(),
  })
}
