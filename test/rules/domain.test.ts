// The worked examples of the domain, each as it must come out.
import { describe, expect, it } from 'vitest'
import { evaluationOf } from '../../shared/rules/evaluation.ts'
import { checkQuorum, judge } from '../../shared/rules/judge.ts'
import { lastNoticeDay, mayComeDown } from '../../shared/rules/notice.ts'
import { party, presetOf } from './rolls.ts'

const names = new Map([
  ['v', { zh: '村', en: 'village' }],
  ['e', { zh: '企', en: 'enterprise' }],
  ['r', { zh: '民', en: 'residents' }],
])

describe("villagers' assembly by household", () => {
  const preset = presetOf('villageAssemblyByHousehold')

  it('has no quorum with 45 of 80 households: 54 are needed, 9 short', () => {
    const finding = checkQuorum(preset, { parties: [{ partyId: 'v', due: 80, present: 45 }] })
    expect(finding).toMatchObject({ met: false, have: 45, need: 54, short: 9, of: 80, basis: 'households' })
    const verdict = judge(preset, { parties: [party(80, 45, 45)] })
    expect(verdict.outcome).toBe('noQuorum')
    expect(verdict.why.zh).toBe(
      '应到 80 户，实到 45 户，须不少于 54 户，差 9 户：未达法定人数，不能表决（依据第二十六条）',
    )
    expect(verdict.why.en).toContain('short by 9 households')
  })

  it('passes with 28 of 54 present and fails with 27', () => {
    expect(judge(preset, { parties: [party(80, 54, 28)] }).outcome).toBe('passed')
    expect(judge(preset, { parties: [party(80, 54, 27)] }).outcome).toBe('failed')
  })
})

it("villagers' assembly by person: 600 of 1200 are no quorum; of 601 present 301 pass and 300 do not", () => {
  const preset = presetOf('villageAssemblyByPerson')
  expect(judge(preset, { parties: [party(1200, 600, 600)] }).outcome).toBe('noQuorum')
  expect(judge(preset, { parties: [party(1200, 601, 301)] }).outcome).toBe('passed')
  expect(judge(preset, { parties: [party(1200, 601, 300)] }).outcome).toBe('failed')
})

describe("villagers' representatives", () => {
  const preset = presetOf('repAssembly')

  it('fails with 18 for, 16 against and 3 abstaining of 37 present, and says why in both languages', () => {
    const verdict = judge(preset, { parties: [party(55, 37, 18, 16, { abstain: 3 })] })
    expect(verdict.outcome).toBe('failed')
    expect(verdict.conditions).toEqual([
      {
        scope: 'overall',
        have: 18,
        of: 37,
        base: 'present',
        strictness: 'moreThan',
        need: 19,
        threshold: { num: 37, den: 2, text: '18.5' },
        met: false,
        short: 1,
      },
    ])
    expect(verdict.why).toEqual({
      zh: '应到 55，实到 37，须超过 18.5，赞成 18，差 1：未通过（依据第三十条）',
      en: '55 due, 37 present, more than 18.5 needed, 18 for, short by 1: not passed (under art. 30)',
    })
  })

  it('passes with 19', () => {
    expect(judge(preset, { parties: [party(55, 37, 19, 15, { abstain: 3 })] }).outcome).toBe('passed')
  })

  it('blocks the next poll once one has left', () => {
    expect(checkQuorum(preset, { parties: [{ partyId: 'v', due: 55, present: 37 }] }).met).toBe(true)
    expect(checkQuorum(preset, { parties: [{ partyId: 'v', due: 55, present: 36 }] })).toMatchObject({
      met: false,
      need: 37,
      short: 1,
    })
  })

  it('keeps a recused seat in the denominator of 37', () => {
    const verdict = judge(preset, { parties: [party(55, 37, 18, 18, { recused: 1 })] })
    expect(verdict.conditions[0]).toMatchObject({ of: 37, need: 19, met: false })
    expect(verdict.why.zh).toContain('回避 1（仍计入）')
  })
})

it('Party branch: 18 of 36 are a quorum, and 18 for are not more than 18', () => {
  const verdict = judge(presetOf('partyBranch'), { parties: [party(36, 18, 18)] })
  expect(verdict.quorum.met).toBe(true)
  expect(verdict.outcome).toBe('failed')
  expect(verdict.conditions[0]).toMatchObject({ of: 36, need: 19, short: 1, base: 'roster' })
})

it('case by case: of 216 households represented 104 fail and 109 pass, whatever the heads', () => {
  const preset = presetOf('caseByCase')
  const votes = (yes: number) => ({ due: 320, present: 216, recused: 0, yes, no: 216 - yes, abstain: 0 })
  const tally = (yes: number) => ({
    parties: [party(40, 27, 16, 11, { households: 320, householdsPresent: 216, weighed: votes(yes) })],
  })
  const verdict = judge(preset, tally(104))
  expect(verdict.quorum).toMatchObject({ met: true, have: 216, need: 214, basis: 'households' })
  expect(verdict.outcome).toBe('failed')
  expect(verdict.why.zh).toContain('须超过 108，赞成 104 户，差 5 户')
  expect(judge(preset, tally(108)).outcome).toBe('failed')
  expect(judge(preset, tally(109)).outcome).toBe('passed')
})

it('tripartite council: 5 of 5, 2 of 5 and 9 of 10 fail on the enterprises', () => {
  const verdict = judge(
    presetOf('tripartite'),
    {
      parties: [party(5, 5, 5), party(5, 5, 2, 3, { partyId: 'e' }), party(10, 10, 9, 1, { partyId: 'r' })],
    },
    { names },
  )
  expect(verdict.outcome).toBe('failed')
  expect(verdict.conditions.filter(({ met }) => !met).map(({ scope }) => scope)).toEqual(['e'])
  expect(verdict.why.zh).toContain('企：须超过 2.5，赞成 2，差 1')
  expect(verdict.why.en).toContain('enterprise: more than 2.5 needed, 2 for, short by 1')
})

it('notice: put up on 1 June for 15 days, it may come down after 16 June', () => {
  expect(lastNoticeDay('2026-06-01', 15)).toBe('2026-06-16')
  expect(mayComeDown('2026-06-01', 15, '2026-06-16')).toBe(false)
  expect(mayComeDown('2026-06-01', 15, '2026-06-17')).toBe(true)
})

it('evaluation: 62, 25 and 3 make a rate of 96.7 and an index of 85.6; 3, 1 and 0 are too few', () => {
  expect(evaluationOf({ satisfied: 62, basically: 25, not: 3 })).toEqual({
    answers: 90,
    tooSmall: false,
    ratePerMille: 967,
    indexPerMille: 856,
  })
  expect(evaluationOf({ satisfied: 3, basically: 1, not: 0 })).toMatchObject({
    tooSmall: true,
    ratePerMille: null,
  })
})
