// The examples beside a rule that is being edited: judged right, and truly on both sides of its lines.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judge } from '../../shared/rules/judge.ts'
import type { Fraction, Preset } from '../../shared/rules/preset.ts'
import { presets } from '../../shared/rules/presets.ts'
import { sumVotes, type Tally } from '../../shared/rules/tally.ts'
import {
  type ExampleGroup,
  type ExampleKind,
  exampleDueMax,
  exampleGroups,
  judgeFigures,
  namesOf,
  workedExamples,
} from '../../shared/rules/workedExamples.ts'
import { presetOf } from '../rules/rolls.ts'
import { anyPreset } from './anyPreset.ts'

const seed = 20_261_123

const anyDues = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 4, maxLength: 4 })

const groupsFor = (preset: Preset, dues: readonly number[]): ExampleGroup[] =>
  exampleGroups(preset).map((group, index) => {
    const due = dues[index] ?? group.due
    return group.households === undefined
      ? { ...group, due }
      : { ...group, due, households: Math.ceil(due / 3) }
  })

/** Written anew with big whole numbers, so that it shares nothing with the arithmetic under test. */
const reaches = ({ strictness, num, den }: Fraction, have: number, of: number): boolean => {
  const [left, right] = [BigInt(den) * BigInt(have), BigInt(num) * BigInt(of)]
  if (of === 0 && num > 0 && strictness === 'atLeast') return false
  return strictness === 'moreThan' ? left > right : left >= right
}

const quorumHolds = ({ quorum }: Preset, { parties }: Tally): boolean => {
  if (quorum === null) return true
  if (quorum.basis === 'units') return parties.every(({ present }) => present > 0)
  const { perParty } = quorum
  const sums = parties.reduce(
    (sum, { due, present }) => ({ due: sum.due + due, present: sum.present + present }),
    {
      due: 0,
      present: 0,
    },
  )
  return (
    reaches(quorum, sums.present, sums.due) &&
    (perParty === undefined ||
      parties.every(({ due, present }) => due === 0 || reaches(perParty, present, due)))
  )
}

const byKind = (preset: Preset, groups: readonly ExampleGroup[]) =>
  new Map(workedExamples(preset, groups).map((example) => [example.kind, example]))

const votes = (tally: Tally) => sumVotes(tally.parties)

it('every example is what the judge says, with the names of its parties in the reason', () => {
  fc.assert(
    fc.property(anyPreset, anyDues, (preset, dues) => {
      const groups = groupsFor(preset, dues)
      for (const { tally, verdict } of workedExamples(preset, groups))
        expect(verdict).toEqual(judge(preset, tally, { names: namesOf(groups) }))
    }),
    { numRuns: 150, seed },
  )
})

it('the quorum examples are one person apart, on both sides of the line', () => {
  const seen = new Set<string>()
  fc.assert(
    fc.property(anyPreset, anyDues, (preset, dues) => {
      const examples = byKind(preset, groupsFor(preset, dues))
      const [short, met] = [examples.get('quorumShort'), examples.get('quorumMet')]
      if (preset.quorum === null) {
        expect(short ?? met).toBeUndefined()
        return
      }
      seen.add(preset.quorum.basis)
      if (met === undefined) throw new Error('a full house makes every quorum that can be made')
      expect(quorumHolds(preset, met.tally)).toBe(true)
      expect(met.verdict.outcome).not.toBe('noQuorum')
      if (short === undefined) return
      expect(quorumHolds(preset, short.tally)).toBe(false)
      expect(short.verdict.outcome).toBe('noQuorum')
      expect(votes(met.tally).present - votes(short.tally).present).toBe(1)
    }),
    { numRuns: 500, seed },
  )
  expect([...seen].sort()).toEqual(['households', 'roster', 'rosterOrHouseholds', 'units'])
})

it('the votes are one apart, one passes and the other does not', () => {
  const seen = new Set<string>()
  fc.assert(
    fc.property(anyPreset, anyDues, (preset, dues) => {
      const examples = byKind(preset, groupsFor(preset, dues))
      const [short, enough] = [examples.get('oneShort'), examples.get('justPasses')]
      if (enough === undefined) throw new Error('all for it carries every rule that can be carried')
      expect(enough.verdict.outcome).toBe('passed')
      if (short === undefined) return
      expect(['failed', 'tied']).toContain(short.verdict.outcome)
      expect(votes(enough.tally).yes - votes(short.tally).yes).toBe(1)
      const { pass } = preset
      seen.add(pass.form === 'share' ? pass.of : pass.form)
      if (pass.form !== 'share' || pass.perParty !== undefined) return
      const of = pass.of === 'roster' ? votes(enough.tally).due : votes(enough.tally).present
      expect(reaches(pass, votes(enough.tally).yes, of)).toBe(true)
      expect(reaches(pass, votes(short.tally).yes, of)).toBe(false)
    }),
    { numRuns: 500, seed },
  )
  expect([...seen].sort()).toEqual(['cast', 'everyUnit', 'household', 'moreYesThanNo', 'present', 'roster'])
})

it('a party that refuses, or is missing, is shown where the rule asks something of each', () => {
  const kinds = new Set<ExampleKind>()
  fc.assert(
    fc.property(anyPreset, anyDues, (preset, dues) => {
      for (const { kind, verdict } of workedExamples(preset, groupsFor(preset, dues))) {
        kinds.add(kind)
        if (kind === 'quorumPartyShort') {
          expect(verdict.quorum.have).toBeGreaterThanOrEqual(verdict.quorum.need)
          expect(verdict.quorum.parties.filter(({ met }) => !met)).toHaveLength(1)
        }
        if (kind === 'partyRefuses') {
          expect(verdict.outcome).not.toBe('passed')
          expect(verdict.conditions.slice(1).some(({ met }) => !met)).toBe(true)
        }
        if (kind === 'recused') expect(verdict.outcome).toBe('passed')
        if (kind === 'householdsMet') expect(verdict.quorum).toMatchObject({ met: true, basis: 'households' })
        if (kind === 'householdsShort') expect(verdict.quorum).toMatchObject({ met: false, short: 1 })
      }
    }),
    { numRuns: 500, seed },
  )
  const all: Record<ExampleKind, true> = {
    quorumShort: true,
    quorumMet: true,
    quorumPartyShort: true,
    householdsShort: true,
    householdsMet: true,
    oneShort: true,
    justPasses: true,
    partyRefuses: true,
    abstaining: true,
    tie: true,
    recused: true,
  }
  expect([...kinds].sort()).toEqual(Object.keys(all).sort())
})

describe('every preset that comes with the hall', () => {
  it.each(presets.map((preset) => [preset.code, preset] as const))(
    '%s has both sides of its lines',
    (_, preset) => {
      const examples = byKind(preset, exampleGroups(preset))
      expect(examples.get('quorumShort') === undefined).toBe(preset.quorum === null)
      expect(examples.get('oneShort')).toBeDefined()
      expect(examples.get('justPasses')).toBeDefined()
    },
  )

  it('shows the figures of the domain: 55 representatives', () => {
    const examples = byKind(presetOf('repAssembly'), exampleGroups(presetOf('repAssembly')))
    expect(examples.get('quorumShort')?.verdict.why.zh).toBe(
      '应到 55，实到 36，须不少于 37，差 1：未达法定人数，不能表决（依据第三十条）',
    )
    expect(examples.get('quorumMet')?.verdict.quorum).toMatchObject({ have: 37, need: 37 })
  })

  it('shows that half of a Party branch makes its quorum and cannot carry anything', () => {
    const preset = presetOf('partyBranch')
    const examples = byKind(preset, [{ partyId: 'all', name: { zh: '全体', en: 'all' }, due: 36 }])
    expect(examples.get('quorumMet')?.tally.parties[0]).toMatchObject({ due: 36, present: 18, yes: 18 })
    expect(examples.get('quorumMet')?.verdict.outcome).toBe('failed')
  })

  it('shows that a tie is the chair’s where the rule says so', () => {
    const preset: Preset = { ...presetOf('repAssembly'), ties: 'chair' }
    expect(byKind(preset, exampleGroups(preset)).get('tie')?.verdict.outcome).toBe('tied')
  })

  it('answers at once for the largest hall, and not at all beyond', () => {
    const preset = presetOf('tripartite')
    const large = exampleGroups(preset).map((group) => ({ ...group, due: exampleDueMax }))
    expect(workedExamples(preset, large).length).toBeGreaterThan(5)
    expect(
      workedExamples(preset, [{ ...exampleGroups(preset)[0], due: exampleDueMax + 1 } as ExampleGroup]),
    ).toEqual([])
    expect(workedExamples(preset, [])).toEqual([])
  })
})

describe('figures that somebody types', () => {
  const preset = presetOf('repAssembly')
  const at = (figures: Partial<Tally['parties'][number]>) =>
    judgeFigures(
      preset,
      {
        parties: [
          { partyId: 'all', due: 55, present: 37, recused: 0, yes: 18, no: 16, abstain: 3, ...figures },
        ],
      },
      new Map(),
    )

  it('are judged as in the domain', () => {
    expect(at({})).toMatchObject({ verdict: { outcome: 'failed' } })
    expect(at({ yes: 19, abstain: 2 })).toMatchObject({ verdict: { outcome: 'passed' } })
  })

  it.each([
    [{ present: 56 }, 'presentOverDue'],
    [{ yes: 30 }, 'votesOverPresent'],
    [{ recused: 1 }, 'votesOverPresent'],
    [{ yes: 1.5 }, 'notWhole'],
    [{ no: -1 }, 'notWhole'],
    [{ due: Number.NaN }, 'notWhole'],
    [{ due: 1_000_000_000 }, 'notWhole'],
    [{ households: 60 }, 'householdsOdd'],
    [{ households: 20, householdsPresent: 21 }, 'householdsOdd'],
  ] as const)('that cannot be are named: %j', (figures, fault) => {
    expect(at(figures)).toEqual({ fault, partyId: 'all' })
  })
})
