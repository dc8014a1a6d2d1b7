// A copy says that it is one, and never lets pass what the statute it was copied from would not.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judge } from '../../shared/rules/judge.ts'
import type { Fraction, Preset } from '../../shared/rules/preset.ts'
import { checkPreset } from '../../shared/rules/presetCheck.ts'
import {
  asCopy,
  type CopyFaultCode,
  checkCopy,
  inForceOn,
  isAsStrict,
  isOwnCode,
} from '../../shared/rules/presetCopy.ts'
import { presetSchema } from '../../shared/rules/presetSchema.ts'
import { presets } from '../../shared/rules/presets.ts'
import { presetOf } from '../rules/rolls.ts'
import { anyCopy, anyTally } from './anyPreset.ts'

const parts = {
  title: { zh: '径山村代表会议规则', en: 'Jingshan rule' },
  decidedBy: '村民会议',
  decidedOn: '2026-03-05',
}

const copyOf = (original: Preset, changes: Partial<Preset> = {}): Preset =>
  asCopy(
    original,
    { ...original, code: 'ownAbcd1', version: 1, effectiveFrom: '2026-03-06', ...changes },
    parts,
  )

describe.each(presets.map((preset) => [preset.code, preset] as const))(
  'an unchanged copy of %s',
  (_, original) => {
    const copy = copyOf(original)

    it('may be saved, and fits the schema', () => {
      expect(presetSchema.parse(JSON.parse(JSON.stringify(copy)))).toEqual(copy)
      expect([...checkPreset(copy), ...checkCopy(copy, original)]).toEqual([])
    })

    it('says that it is a copy in its name, its source and its reason', () => {
      expect(copy.name.zh).toContain(`“${original.name.zh}”的副本`)
      expect(copy.name.en).toContain(`copy of “${original.name.en}”`)
      expect(copy.source.zh).toContain(original.source.zh)
      expect(copy.source.zh).toContain('村民会议于 2026-03-05 决定')
      expect(copy.cite.zh).toContain('本单位规则')
      expect(copy.standing).toBe(original.standing)
      expect(isOwnCode(original.code)).toBe(false)
    })
  },
)

describe('what a copy may not be', () => {
  const representatives = presetOf('repAssembly')
  const share = { form: 'share', of: 'present', strictness: 'moreThan', num: 1, den: 2 } as const
  const roster = { basis: 'roster', strictness: 'atLeast', num: 2, den: 3 } as const
  const proxies = presetOf('ceoAssembly')
  const office = presetOf('officeElection')
  const council = presetOf('tripartite')
  const cases: readonly [string, Preset, Preset, string, CopyFaultCode][] = [
    [
      'without a quorum',
      representatives,
      copyOf(representatives, { quorum: null }),
      'quorum',
      'laxerThanLaw',
    ],
    [
      'with a smaller quorum',
      representatives,
      copyOf(representatives, { quorum: { ...roster, num: 1, den: 2 } }),
      'quorum',
      'laxerThanLaw',
    ],
    [
      'with a quorum of something else',
      representatives,
      copyOf(representatives, { quorum: { ...roster, basis: 'households' } }),
      'quorum.basis',
      'fixedByLaw',
    ],
    [
      'with half instead of more than half',
      representatives,
      copyOf(representatives, { pass: { ...share, strictness: 'atLeast' } }),
      'pass',
      'laxerThanLaw',
    ],
    [
      'of those who cast instead of those present',
      representatives,
      copyOf(representatives, { pass: { ...share, of: 'cast' } }),
      'pass.of',
      'laxerThanLaw',
    ],
    [
      'of another form',
      representatives,
      copyOf(representatives, { pass: { form: 'moreYesThanNo' } }),
      'pass.form',
      'fixedByLaw',
    ],
    [
      'with papers later',
      representatives,
      copyOf(representatives, { papersDays: 2 }),
      'papersDays',
      'laxerThanLaw',
    ],
    [
      'with the recused taken out of the base',
      representatives,
      copyOf(representatives, { recusal: 'leavesDenominator' }),
      'recusal',
      'fixedByLaw',
    ],
    [
      'with a casting vote',
      representatives,
      copyOf(representatives, { ties: 'chair' }),
      'ties',
      'fixedByLaw',
    ],
    [
      'with attendance from afar',
      representatives,
      copyOf(representatives, { onlineAttendance: true }),
      'onlineAttendance',
      'laxerThanLaw',
    ],
    [
      'with proxies where the law knows none',
      representatives,
      copyOf(representatives, { proxies: { sameHousehold: true, perHolderMax: 1 } }),
      'proxies',
      'laxerThanLaw',
    ],
    [
      'with proxies across households',
      proxies,
      copyOf(proxies, { proxies: { sameHousehold: false, perHolderMax: 1 } }),
      'proxies.sameHousehold',
      'laxerThanLaw',
    ],
    [
      'with more proxies to a holder',
      office,
      copyOf(office, { proxies: { sameHousehold: false, perHolderMax: 4 } }),
      'proxies.perHolderMax',
      'laxerThanLaw',
    ],
    [
      'on a device, where the law asks for a booth',
      office,
      copyOf(office, { recordOnly: false }),
      'recordOnly',
      'recordOnlyFixed',
    ],
    [
      'free to decide what the law keeps from it',
      presetOf('ceoDelegates'),
      copyOf(presetOf('ceoDelegates'), { mayNotDecide: [] }),
      'mayNotDecide',
      'laxerThanLaw',
    ],
    [
      'in force before the law',
      representatives,
      copyOf(representatives, { effectiveFrom: '2025-12-31' }),
      'effectiveFrom',
      'effectBeforeLaw',
    ],
    [
      'in force before it was decided',
      council,
      copyOf(council, { effectiveFrom: '2026-03-04' }),
      'effectiveFrom',
      'effectBeforeDecision',
    ],
    ['under a code of the hall', council, copyOf(council, { code: 'tripartite' }), 'code', 'codeNotOwn'],
    ['under the original’s name', council, { ...copyOf(council), name: council.name }, 'name', 'disguised'],
    ['of another standing', council, { ...copyOf(council), standing: 'statutory' }, 'name', 'disguised'],
    [
      'with the original’s reason',
      representatives,
      { ...copyOf(representatives), cite: representatives.cite },
      'name',
      'disguised',
    ],
    ['of nothing', council, { ...council, code: 'ownAbcd1' }, 'copy.of', 'originalUnknown'],
    [
      'without a name of its own',
      council,
      asCopy(council, copyOf(council), { ...parts, title: { zh: ' ', en: '' } }),
      'copy.title',
      'titleMissing',
    ],
    [
      'decided by nobody',
      council,
      asCopy(council, copyOf(council), { ...parts, decidedBy: ' ' }),
      'copy.decidedBy',
      'deciderMissing',
    ],
    [
      'decided on a day that does not exist',
      council,
      asCopy(council, copyOf(council), { ...parts, decidedOn: '2026-02-30' }),
      'copy.decidedOn',
      'decisionDateBroken',
    ],
  ]

  it.each(cases)('%s', (_, original, preset, field, code) => {
    expect(checkCopy(preset, original)).toContainEqual(expect.objectContaining({ field, code }))
  })

  it('is not asked of a consultative rule, which is the unit’s own to change', () => {
    const loose = copyOf(council, {
      quorum: null,
      pass: { form: 'moreYesThanNo' },
      recusal: 'staysInDenominator',
    })
    expect(checkCopy(loose, council)).toEqual([])
  })

  it('may be stricter', () => {
    const strict = copyOf(representatives, {
      quorum: { ...roster, num: 3, den: 4 },
      pass: { ...share, of: 'roster', strictness: 'atLeast', num: 3, den: 5 },
      papersDays: 7,
      noticeDays: 3,
      ballotChange: false,
    })
    expect(checkCopy(strict, representatives)).toEqual([])
  })
})

it('what passes under a copy of a statute passes under the statute', () => {
  const seen = { allowed: 0, refused: 0, passed: 0, failed: 0 }
  fc.assert(
    fc.property(anyCopy, fc.array(anyTally, { minLength: 5, maxLength: 5 }), ([copy, original], tallies) => {
      if (checkPreset(copy).length + checkCopy(copy, original).length > 0) {
        seen.refused += 1
        return
      }
      seen.allowed += 1
      for (const tally of tallies) {
        const { outcome } = judge(copy, tally)
        expect(outcome).not.toBe('tied')
        if (outcome === 'passed') {
          seen.passed += 1
          expect(judge(original, tally).outcome).toBe('passed')
        } else seen.failed += 1
      }
    }),
    { numRuns: 3_000, seed: 20_261_123 },
  )
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(100)
})

it('one fraction is as strict as another exactly where it never asks for less', () => {
  const anyFraction = fc
    .tuple(fc.constantFrom('atLeast' as const, 'moreThan' as const), fc.nat(6), fc.nat(6))
    .map(([strictness, num, more]): Fraction => ({ strictness, num, den: Math.max(1, num + more) }))
  const need = ({ strictness, num, den }: Fraction, of: number) => {
    let figure = 0
    while (strictness === 'moreThan' ? den * figure <= num * of : den * figure < num * of) figure += 1
    return figure
  }
  const bases = Array.from({ length: 200 }, (_, index) => index + 1)
  fc.assert(
    fc.property(anyFraction, anyFraction, (one, other) => {
      expect(isAsStrict(one, other)).toBe(bases.every((of) => need(one, of) >= need(other, of)))
    }),
    { numRuns: 1_000, seed: 7 },
  )
})

it('of several versions the one saved last that holds on the day is in force', () => {
  const version = (number: number, effectiveFrom: string): Preset => ({
    ...copyOf(presetOf('simple')),
    version: number,
    effectiveFrom,
  })
  const all = [version(1, '2026-03-06'), version(2, '2026-09-01'), version(3, '2026-06-01')]
  const on = (day: string) => inForceOn(all, day)?.version
  expect(on('2026-03-05')).toBeUndefined()
  expect(on('2026-03-06')).toBe(1)
  expect(on('2026-06-01')).toBe(3)
  expect(on('2026-09-01')).toBe(3)
})
