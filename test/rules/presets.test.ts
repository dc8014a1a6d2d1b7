// What every preset owes: a schema, a source, a date, no contradiction, and its row of the domain.
import { describe, expect, it } from 'vitest'
import type { Preset } from '../../shared/rules/preset.ts'
import { checkPreset, type PresetFaultCode } from '../../shared/rules/presetCheck.ts'
import { presetSchema } from '../../shared/rules/presetSchema.ts'
import { presetByCode, presets } from '../../shared/rules/presets.ts'
import { presetOf } from './rolls.ts'

const codes = [
  'tripartite',
  'villageAssemblyByPerson',
  'villageAssemblyByHousehold',
  'repAssembly',
  'villagerGroup',
  'caseByCase',
  'ceoAssembly',
  'ceoDelegates',
  'partyBranch',
  'residentsAssembly',
  'crossVillage',
  'nantang',
  'simple',
  'officeElection',
  'officeRecall',
]

it('has every row of the domain, each once', () => {
  expect(presets.map(({ code }) => code)).toEqual(codes)
  expect(presetByCode('simple')?.code).toBe('simple')
  expect(presetByCode('toString')).toBeUndefined()
})

describe.each(presets.map((preset) => [preset.code, preset] as const))('%s', (_, preset) => {
  it('fits its schema, survives JSON and contradicts nothing', () => {
    expect(presetSchema.parse(JSON.parse(JSON.stringify(preset)))).toEqual(preset)
    expect(checkPreset(preset)).toEqual([])
  })

  it('keeps a recused seat in the base exactly where the rule is a statute', () => {
    expect(preset.recusal).toBe(preset.standing === 'statutory' ? 'staysInDenominator' : 'leavesDenominator')
  })
})

it('offers no device ballot for office elections and recall', () => {
  expect(presets.filter(({ recordOnly }) => recordOnly).map(({ code }) => code)).toEqual([
    'officeElection',
    'officeRecall',
  ])
})

describe('contradictions of an edited preset', () => {
  const base = presetOf('tripartite')
  const share = { form: 'share', of: 'present', strictness: 'moreThan', num: 1, den: 2 } as const
  const cases: readonly [string, Preset, string, PresetFaultCode][] = [
    ['den = 0', { ...base, pass: { ...share, den: 0 } }, 'pass', 'fractionBroken'],
    ['num > den', { ...base, pass: { ...share, num: 3 } }, 'pass', 'fractionOverOne'],
    ['more than all', { ...base, pass: { ...share, num: 2 } }, 'pass', 'fractionUnreachable'],
    [
      'at least none',
      { ...base, pass: { ...share, strictness: 'atLeast', num: 0 } },
      'pass',
      'fractionEmpty',
    ],
    [
      'a party asked for what cannot be',
      { ...base, pass: { ...share, perParty: { strictness: 'moreThan', num: 1, den: 1 } } },
      'pass.perParty',
      'fractionUnreachable',
    ],
    ['each party of none', { ...base, parties: [] }, 'parties', 'partiesMissing'],
    ['negative notice', { ...base, noticeDays: -1 }, 'noticeDays', 'daysBroken'],
    ['half a day', { ...base, papersDays: 1.5 }, 'papersDays', 'daysBroken'],
    [
      'households unweighed',
      { ...base, pass: { ...share, of: 'household' } },
      'weights',
      'householdsUnweighed',
    ],
    ['units half', { ...base, quorum: { basis: 'units' } }, 'quorum', 'unitsHalf'],
    [
      'no proxies of nobody',
      { ...base, proxies: { sameHousehold: true, perHolderMax: 0 } },
      'proxies.perHolderMax',
      'proxiesBroken',
    ],
    ['record only, yet changed', { ...base, recordOnly: true }, 'ballotChange', 'recordOnlyByDevice'],
    ['30 February', { ...base, effectiveFrom: '2026-02-30' }, 'effectiveFrom', 'dateBroken'],
    ['version 0', { ...base, version: 0 }, 'version', 'versionBroken'],
  ]

  it.each(cases)('%s', (_, preset, field, code) => {
    const found = checkPreset(preset)
    expect(found).toContainEqual(expect.objectContaining({ field, code }))
    for (const { zh, en } of found) expect(zh.length * en.length).toBeGreaterThan(0)
  })
})
