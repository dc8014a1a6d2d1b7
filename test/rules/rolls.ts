// Owns short ways to write attendance and votes in the tests of rules.
import type { Preset } from '../../shared/rules/preset.ts'
import { presetByCode } from '../../shared/rules/presets.ts'
import type { PartyTally, Votes } from '../../shared/rules/tally.ts'

export const presetOf = (code: string): Preset => {
  const preset = presetByCode(code)
  if (preset === undefined) throw new Error(`no preset ${code}`)
  return preset
}

type Figures = Partial<PartyTally> & { weighed?: Votes }

/** One party with everybody present unless said otherwise. */
export const party = (due: number, present: number, yes: number, no = 0, more: Figures = {}): PartyTally => ({
  partyId: 'v',
  due,
  present,
  recused: 0,
  yes,
  no,
  abstain: 0,
  ...more,
})
