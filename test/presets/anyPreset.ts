// Random presets without contradictions, and random figures for them.
import fc from 'fast-check'
import type { Fraction, Pass, Preset, Quorum } from '../../shared/rules/preset.ts'
import { checkPreset } from '../../shared/rules/presetCheck.ts'
import { asCopy } from '../../shared/rules/presetCopy.ts'
import { presets } from '../../shared/rules/presets.ts'
import type { Tally } from '../../shared/rules/tally.ts'
import { presetOf } from '../rules/rolls.ts'

const anyFraction: fc.Arbitrary<Fraction> = fc
  .tuple(
    fc.constantFrom('atLeast' as const, 'moreThan' as const),
    fc.integer({ min: 0, max: 12 }),
    fc.nat(12),
  )
  .map(([strictness, num, more]) => ({ strictness, num, den: Math.max(1, num + more) }))

const withParties = <T extends Fraction>(
  fraction: fc.Arbitrary<T>,
): fc.Arbitrary<T & { perParty?: Fraction }> =>
  fc
    .tuple(fraction, fc.option(anyFraction, { nil: undefined, freq: 2 }))
    .map(([whole, perParty]) => (perParty === undefined ? whole : { ...whole, perParty }))

const anyQuorum: fc.Arbitrary<Quorum | null> = fc.option(
  withParties(
    fc
      .tuple(
        anyFraction,
        fc.constantFrom('roster' as const, 'households' as const, 'rosterOrHouseholds' as const),
      )
      .map(([fraction, basis]) => ({ ...fraction, basis })),
  ),
  { nil: null, freq: 5 },
)

const anyShare: fc.Arbitrary<Pass> = withParties(
  fc
    .tuple(
      anyFraction,
      fc.constantFrom('present' as const, 'roster' as const, 'cast' as const, 'household' as const),
    )
    .map(([fraction, of]) => ({ ...fraction, form: 'share' as const, of })),
)

const everyUnit: fc.Arbitrary<Pick<Preset, 'quorum' | 'pass'>> = fc
  .tuple(anyFraction, fc.constantFrom('present' as const, 'roster' as const, 'cast' as const))
  .map(([fraction, of]) => ({
    quorum: { basis: 'units' as const },
    pass: { form: 'everyUnit' as const, fallback: { ...fraction, of } },
  }))

const ofVotes: fc.Arbitrary<Pick<Preset, 'quorum' | 'pass'>> = fc.record({
  quorum: anyQuorum,
  pass: fc.oneof(
    { arbitrary: anyShare, weight: 5 },
    { arbitrary: fc.constant<Pass>({ form: 'moreYesThanNo' }), weight: 1 },
  ),
})

const councilParties = presetOf('tripartite').parties ?? []

/** Any rule that contradicts nothing: of quorum, majority, recusal and ties. */
export const anyPreset: fc.Arbitrary<Preset> = fc
  .record({
    rule: fc.oneof({ arbitrary: ofVotes, weight: 6 }, { arbitrary: everyUnit, weight: 1 }),
    recusal: fc.constantFrom('staysInDenominator' as const, 'leavesDenominator' as const),
    ties: fc.constantFrom('fails' as const, 'chair' as const, 'lot' as const),
    parties: fc.integer({ min: 2, max: 4 }),
  })
  .map(({ rule, recusal, ties, parties }) => {
    const isHousehold = rule.pass.form === 'share' && rule.pass.of === 'household'
    const weights: Preset['weights'] = isHousehold ? 'household' : 'one'
    return {
      ...presetOf('simple'),
      ...rule,
      recusal,
      ties,
      weights,
      parties: councilParties.slice(0, parties),
    }
  })
  .filter((preset) => checkPreset(preset).length === 0)

/** A copy of any preset that came with the hall, with some fields changed to what may be too lax. */
export const anyCopy: fc.Arbitrary<readonly [copy: Preset, original: Preset]> = fc
  .record({
    original: fc.constantFrom(...presets.filter(({ standing }) => standing === 'statutory')),
    quorum: fc.option(anyQuorum, { nil: undefined, freq: 1 }),
    pass: fc.option(anyShare, { nil: undefined, freq: 1 }),
    recusal: fc.constantFrom(
      undefined,
      undefined,
      'staysInDenominator' as const,
      'leavesDenominator' as const,
    ),
    ties: fc.constantFrom(undefined, undefined, 'fails' as const, 'chair' as const),
  })
  .map(({ original, quorum, pass, recusal, ties }) => {
    const isHousehold = pass?.form === 'share' && pass.of === 'household'
    const changed: Preset = {
      ...original,
      code: 'ownTest1',
      parties: councilParties,
      ...(quorum === undefined ? {} : { quorum }),
      ...(pass === undefined ? {} : { pass, weights: isHousehold ? 'household' : 'one' }),
      ...(recusal === undefined ? {} : { recusal }),
      ...(ties === undefined ? {} : { ties }),
    }
    const parts = { title: { zh: '本村规则', en: '' }, decidedBy: '村民会议', decidedOn: '2026-02-01' }
    const copy = { ...asCopy(original, changed, parts), effectiveFrom: '2026-03-01' }
    return [copy, original] as const
  })

/** Two or three parties, with no more votes than present and no more present than due. */
export const anyTally: fc.Arbitrary<Tally> = fc
  .array(fc.tuple(fc.nat(30), fc.nat(100), fc.nat(100), fc.nat(100), fc.nat(2)), {
    minLength: 1,
    maxLength: 3,
  })
  .map((parties) => ({
    parties: parties.map(([due, present, yes, abstain, recused], index) => {
      const there = Math.floor((due * Math.max(present, 40)) / 100)
      const away = Math.min(recused, there)
      const votes = there - away
      const forIt = Math.floor((votes * Math.max(yes, 40)) / 100)
      const abstaining = Math.floor(((votes - forIt) * abstain) / 100)
      return {
        partyId: councilParties[index]?.key ?? 'v',
        due,
        present: there,
        recused: away,
        yes: forIt,
        no: votes - forIt - abstaining,
        abstain: abstaining,
      }
    }),
  }))
