// Owns the list of presets that come with the hall.
import type { Preset } from './preset.ts'
import { collectivePresets } from './presets/collective.ts'
import { councilPresets } from './presets/council.ts'
import { officePresets } from './presets/office.ts'
import { villagePresets } from './presets/village.ts'

/** Every preset of the hall, in the order in which an administrator reads them. */
export const presets: readonly Preset[] = [
  ...councilPresets.slice(0, 1),
  ...villagePresets,
  ...collectivePresets,
  ...councilPresets.slice(1),
  ...officePresets,
]

const byCode: ReadonlyMap<string, Preset> = new Map(presets.map((preset) => [preset.code, preset]))

export const presetByCode = (code: string): Preset | undefined => byCode.get(code)
