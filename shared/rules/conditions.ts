// Owns the conditions of a verdict: what a preset asks of the votes, overall and of each party or unit.
import { needOf, type Threshold, thresholdOf } from './fractions.ts'
import type { Fraction, PartyNames, Pass, PassBase, Preset } from './preset.ts'
import { baseOf, sumVotes, type Tally, type Votes, votesOf } from './tally.ts'

/**
 * One condition of a verdict. `scope` is 'overall' or a party's id. `of` is the base that the threshold is a part of
 * (`base` names it; for `votes` it is for and against together), `need` the smallest number of yes that meets it.
 */
export interface Condition {
  scope: string
  have: number
  of: number
  base: PassBase | 'votes' | 'units'
  strictness: 'atLeast' | 'moreThan'
  need: number
  threshold: Threshold
  met: boolean
  short: number
}

export interface Surroundings {
  /** false where nobody knows who was due and present; then the reason does not speak of it */
  attendanceKnown?: boolean
  /** names of parties, for reasons in words */
  names?: PartyNames
  /** own presets of units, for talks between villages */
  unitPresets?: ReadonlyMap<string, Preset>
}

const shareCondition = (
  preset: Preset,
  scope: string,
  fraction: Fraction,
  of: PassBase,
  votes: Votes,
): Condition => {
  const base = baseOf(preset, of, votes)
  const need = needOf(fraction, base)
  return {
    scope,
    have: votes.yes,
    of: base,
    base: of,
    strictness: fraction.strictness,
    need,
    threshold: thresholdOf(fraction, base),
    met: votes.yes >= need,
    short: Math.max(0, need - votes.yes),
  }
}

const moreYesThanNo = (scope: string, votes: Votes): Condition => ({
  scope,
  have: votes.yes,
  of: votes.yes + votes.no,
  base: 'votes',
  strictness: 'moreThan',
  need: votes.no + 1,
  threshold: { num: votes.no, den: 1, text: String(votes.no) },
  met: votes.yes > votes.no,
  short: Math.max(0, votes.no + 1 - votes.yes),
})

type UnitPass = Extract<Pass, { form: 'everyUnit' }>

const unitCondition = (
  preset: Preset,
  pass: UnitPass,
  unit: string,
  votes: Votes,
  own?: Preset,
): Condition => {
  if (own === undefined) return shareCondition(preset, unit, pass.fallback, pass.fallback.of, votes)
  if (own.pass.form === 'moreYesThanNo') return moreYesThanNo(unit, votes)
  if (own.pass.form === 'share') return shareCondition(own, unit, own.pass, own.pass.of, votes)
  throw new Error(`${own.code} asks for units and cannot be a unit's own preset`)
}

const everyUnit = (preset: Preset, pass: UnitPass, tally: Tally, around: Surroundings): Condition[] => {
  const units = tally.parties.map((unit) => {
    const own = around.unitPresets?.get(unit.partyId)
    return unitCondition(preset, pass, unit.partyId, votesOf(own ?? preset, unit), own)
  })
  const have = units.filter(({ met }) => met).length
  const need = Math.max(1, units.length)
  const overall: Condition = {
    scope: 'overall',
    have,
    of: units.length,
    base: 'units',
    strictness: 'atLeast',
    need,
    threshold: { num: need, den: 1, text: String(need) },
    met: have >= need,
    short: need - have,
  }
  return [overall, ...units]
}

/** The conditions that a preset sets, each measured against the tally. */
export const conditionsOf = (preset: Preset, tally: Tally, around: Surroundings): Condition[] => {
  const { pass } = preset
  if (pass.form === 'everyUnit') return everyUnit(preset, pass, tally, around)
  const byParty = tally.parties.map((party) => ({ partyId: party.partyId, votes: votesOf(preset, party) }))
  const all = sumVotes(byParty.map(({ votes }) => votes))
  if (pass.form === 'moreYesThanNo') return [moreYesThanNo('overall', all)]
  const conditions = [shareCondition(preset, 'overall', pass, pass.of, all)]
  for (const { partyId, votes } of pass.perParty === undefined ? [] : byParty) {
    if (pass.perParty === undefined || votes.due === 0) continue
    conditions.push(shareCondition(preset, partyId, pass.perParty, pass.of, votes))
  }
  return conditions
}

/** As many for as against, and one more vote for would carry it: then the tie itself is what is to be decided. */
export const isTie = (preset: Preset, tally: Tally, conditions: readonly Condition[]): boolean => {
  const all = sumVotes(tally.parties.map((party) => votesOf(preset, party)))
  const missed = conditions.filter(({ met }) => !met)
  return (
    all.yes > 0 &&
    all.yes === all.no &&
    missed.length === 1 &&
    missed[0]?.scope === 'overall' &&
    missed[0].short === 1
  )
}
