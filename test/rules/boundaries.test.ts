// Both sides of every line that a preset draws.
import { describe, expect, it } from 'vitest'
import { checkQuorum, judge } from '../../shared/rules/judge.ts'
import { presets } from '../../shared/rules/presets.ts'
import { party, presetOf } from './rolls.ts'

const outcome = (code: string, due: number, present: number, yes: number, no = present - yes) =>
  judge(presetOf(code), { parties: [party(due, present, yes, no)] }).outcome

describe('one below and one at the quorum', () => {
  it.each([
    ['villageAssemblyByPerson', 1200, 601],
    ['villageAssemblyByPerson', 1201, 601],
    ['villageAssemblyByHousehold', 80, 54],
    ['villageAssemblyByHousehold', 81, 54],
    ['repAssembly', 55, 37],
    ['repAssembly', 54, 36],
    ['villagerGroup', 90, 60],
    ['villagerGroup', 91, 61],
    ['ceoAssembly', 300, 200],
    ['ceoAssembly', 301, 201],
    ['partyBranch', 36, 18],
    ['partyBranch', 37, 19],
    ['caseByCase', 320, 214],
    ['residentsAssembly', 100, 51],
    ['residentsAssembly', 101, 51],
    ['officeElection', 1000, 501],
    ['officeRecall', 1001, 501],
  ])('%s of %i needs %i', (code, due, need) => {
    const at = (present: number) => checkQuorum(presetOf(code), { parties: [{ partyId: 'v', due, present }] })
    expect(at(need)).toMatchObject({ met: true, need, short: 0 })
    expect(at(need - 1)).toMatchObject({ met: false, need, short: 1 })
  })

  it.each(['ceoDelegates', 'nantang', 'simple'])('%s asks for none', (code) => {
    expect(checkQuorum(presetOf(code), { parties: [{ partyId: 'v', due: 9, present: 0 }] }).met).toBe(true)
  })
})

describe('one below and one at the majority', () => {
  it.each([
    ['villageAssemblyByPerson', 1200, 601, 301],
    ['villageAssemblyByHousehold', 80, 54, 28],
    ['repAssembly', 55, 37, 19],
    ['repAssembly', 55, 38, 20],
    ['villagerGroup', 90, 60, 31],
    ['ceoAssembly', 300, 250, 200],
    ['ceoAssembly', 301, 250, 201],
    ['ceoDelegates', 50, 40, 34],
    ['ceoDelegates', 51, 40, 34],
    ['partyBranch', 36, 30, 19],
    ['partyBranch', 37, 30, 19],
    ['caseByCase', 320, 216, 109],
    ['residentsAssembly', 100, 60, 31],
    ['officeElection', 1000, 700, 351],
    ['officeRecall', 1000, 701, 351],
  ])('%s of %i due and %i present needs %i', (code, due, present, need) => {
    expect(outcome(code, due, present, need)).toBe('passed')
    expect(outcome(code, due, present, need - 1)).toBe('failed')
  })

  it.each(['nantang', 'simple'])(
    '%s: more for than against; a tie fails, and so does nothing at all',
    (code) => {
      expect(outcome(code, 20, 20, 6, 5)).toBe('passed')
      expect(outcome(code, 20, 20, 5, 5)).toBe('failed')
      expect(outcome(code, 20, 20, 5, 6)).toBe('failed')
      expect(outcome(code, 20, 20, 0, 0)).toBe('failed')
    },
  )

  it('a present person who does not vote stays in the denominator', () => {
    expect(outcome('repAssembly', 55, 37, 18, 0)).toBe('failed')
  })
})

describe('tripartite council', () => {
  const council = (present: readonly number[], yes: readonly number[]) =>
    judge(presetOf('tripartite'), {
      parties: [5, 5, 10].map((due, index) =>
        party(due, present[index] ?? 0, yes[index] ?? 0, 0, { partyId: `p${index}` }),
      ),
    })

  it('needs two thirds of the seats and half of each party', () => {
    expect(council([3, 3, 8], [3, 3, 8]).quorum).toMatchObject({ met: true, need: 14 })
    expect(council([3, 3, 7], [3, 3, 7]).quorum).toMatchObject({ met: false, short: 1 })
    const missing = council([5, 2, 10], [5, 2, 10]).quorum
    expect(missing).toMatchObject({ met: false, short: 0 })
    expect(missing.parties.filter(({ met }) => !met)).toEqual([
      { partyId: 'p1', have: 2, need: 3, short: 1, met: false },
    ])
  })

  it('needs more than half overall and in each party', () => {
    expect(council([5, 5, 10], [3, 3, 6]).outcome).toBe('passed')
    expect(council([5, 5, 10], [3, 3, 5]).outcome).toBe('failed')
    expect(council([5, 5, 10], [2, 5, 10]).outcome).toBe('failed')
  })

  it('takes a recused seat out of the denominator', () => {
    const verdict = judge(presetOf('tripartite'), {
      parties: [party(5, 5, 3, 1, { recused: 1 }), party(5, 5, 3, 2, { partyId: 'e' })],
    })
    expect(verdict.conditions.map(({ of }) => of)).toEqual([9, 4, 5])
    expect(verdict.outcome).toBe('passed')
  })

  it('cannot pass over a party in which nobody is left to vote', () => {
    const verdict = judge(presetOf('tripartite'), {
      parties: [party(5, 5, 5), party(5, 5, 0, 0, { partyId: 'e', recused: 5 })],
    })
    expect(verdict.outcome).toBe('failed')
    expect(verdict.conditions.at(-1)).toMatchObject({ scope: 'e', of: 0, need: 1, met: false })
  })
})

describe('talks between villages', () => {
  const preset = presetOf('crossVillage')
  const units = (...figures: readonly (readonly [present: number, yes: number])[]) => ({
    parties: figures.map(([present, yes], index) =>
      party(9, present, yes, present - yes, { partyId: `u${index}` }),
    ),
  })

  it('needs every unit there', () => {
    expect(judge(preset, units([5, 5], [0, 0])).quorum).toMatchObject({
      met: false,
      have: 1,
      need: 2,
      basis: 'units',
    })
    expect(judge(preset, units([5, 5], [1, 1])).outcome).toBe('passed')
  })

  it('needs every unit to concur', () => {
    expect(judge(preset, units([5, 3], [5, 3])).outcome).toBe('passed')
    const verdict = judge(preset, units([5, 5], [5, 2]))
    expect(verdict.outcome).toBe('failed')
    expect(verdict.why.zh).toContain('2 个单位须各自同意，同意的有 1 个，差 1 个单位')
  })

  it('judges a unit by its own preset where it names one, quorum included', () => {
    const unitPresets = new Map([['u1', presetOf('repAssembly')]])
    expect(judge(preset, units([5, 5], [5, 5]), { unitPresets }).outcome).toBe('noQuorum')
    expect(judge(preset, units([5, 5], [6, 3]), { unitPresets }).outcome).toBe('failed')
    expect(judge(preset, units([5, 5], [6, 4]), { unitPresets }).outcome).toBe('passed')
  })
})

describe('an empty house', () => {
  it.each(presets.filter(({ quorum }) => quorum !== null).map(({ code }) => code))(
    '%s has no quorum of nobody',
    (code) => {
      expect(checkQuorum(presetOf(code), { parties: [] }).met).toBe(false)
      expect(judge(presetOf(code), { parties: [party(0, 0, 0)] }).outcome).toBe('noQuorum')
    },
  )

  it('0 of 0 is not two thirds', () => {
    expect(outcome('ceoDelegates', 0, 0, 0)).toBe('failed')
  })
})

it('a tie goes to the chair where the preset says so, and only a tie that one vote would carry', () => {
  const chaired = { ...presetOf('repAssembly'), ties: 'chair' as const }
  const verdict = (yes: number, no: number) => judge(chaired, { parties: [party(54, 36, yes, no)] }).outcome
  expect(verdict(18, 18)).toBe('tied')
  expect(verdict(17, 17)).toBe('failed')
  expect(verdict(18, 17)).toBe('failed')
  expect(verdict(19, 17)).toBe('passed')
})

it("villagers' group: two thirds of the adults or of the households will do", () => {
  const at = (present: number, householdsPresent: number) =>
    checkQuorum(presetOf('villagerGroup'), {
      parties: [{ partyId: 'v', due: 90, present, households: 30, householdsPresent }],
    })
  expect(at(60, 10)).toMatchObject({ met: true, basis: 'roster' })
  expect(at(25, 20)).toMatchObject({ met: true, basis: 'households', need: 20 })
  expect(at(25, 19)).toMatchObject({ met: false, basis: 'households', short: 1 })
})
