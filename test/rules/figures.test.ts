// Shares, thresholds, days and evaluations: the small arithmetic, and what holds of it for any figures.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, dayAt, daysBetween, isDay } from '../../shared/rules/calendar.ts'
import { evaluationCloses, evaluationOf } from '../../shared/rules/evaluation.ts'
import { needOf, percentText, share, thresholdOf } from '../../shared/rules/fractions.ts'
import { judge } from '../../shared/rules/judge.ts'
import { leadOf } from '../../shared/rules/notice.ts'
import { presets } from '../../shared/rules/presets.ts'
import { party } from './rolls.ts'

const atLeast = (num: number, den: number) => ({ strictness: 'atLeast', num, den }) as const
const moreThan = (num: number, den: number) => ({ strictness: 'moreThan', num, den }) as const
const people = fc.integer({ min: 0, max: 10_000 })
const fraction = fc
  .tuple(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 100 }), fc.boolean())
  .map(([a, b, strict]) => ({
    strictness: strict ? ('moreThan' as const) : ('atLeast' as const),
    num: Math.min(a, b),
    den: Math.max(a, b),
  }))

describe('fractions', () => {
  it('half is more than half only past it', () => {
    expect([needOf(moreThan(1, 2), 36), needOf(moreThan(1, 2), 37), needOf(atLeast(1, 2), 37)]).toEqual([
      19, 19, 19,
    ])
    expect(needOf(atLeast(1, 2), 36)).toBe(18)
  })

  it('the need is the smallest number that meets the fraction', () => {
    fc.assert(
      fc.property(fraction, people, ({ strictness, num, den }, base) => {
        const meets = (x: number) =>
          x > 0 && (strictness === 'moreThan' ? den * x > num * base : den * x >= num * base)
        const need = needOf({ strictness, num, den }, base)
        expect(meets(need)).toBe(true)
        expect(meets(need - 1)).toBe(false)
      }),
    )
  })

  it('shows a threshold exactly', () => {
    expect(thresholdOf(moreThan(1, 2), 37)).toEqual({ num: 37, den: 2, text: '18.5' })
    expect(thresholdOf(atLeast(2, 3), 55).text).toBe('36 2/3')
    expect(thresholdOf(atLeast(2, 3), 54).text).toBe('36')
    expect(thresholdOf(moreThan(1, 3), 1).text).toBe('1/3')
    expect(thresholdOf(moreThan(1, 8), 3).text).toBe('0.375')
  })

  it('refuses figures that are none', () => {
    for (const figure of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2e9]) {
      expect(() => needOf(atLeast(1, 2), figure)).toThrow()
    }
    expect(() => needOf(atLeast(1, 0), 10)).toThrow()
  })
})

describe('shares', () => {
  it('are thousandths, half up', () => {
    expect(share(18, 37).perMille).toBe(486)
    expect(share(1, 2000).perMille).toBe(1)
    expect(share(1, 2001).perMille).toBe(0)
    expect(percentText(share(2, 3).perMille)).toBe('66.7')
    expect(share(0, 0).perMille).toBe(0)
  })

  it('are never over 100 %', () => {
    fc.assert(
      fc.property(people, people, (a, b) => {
        const { perMille } = share(Math.min(a, b), Math.max(a, b))
        expect(perMille).toBeGreaterThanOrEqual(0)
        expect(perMille).toBeLessThanOrEqual(1000)
      }),
    )
    expect(() => share(3, 2)).toThrow()
  })
})

describe('any preset', () => {
  const votes = fc
    .array(people, { minLength: 5, maxLength: 5 })
    .map(([yes = 0, no = 0, abstain = 0, silent = 0, absent = 0]) => ({ yes, no, abstain, silent, absent }))

  it('adding a yes never turns passed into failed', () => {
    const visited = new Set<string>()
    fc.assert(
      fc.property(fc.constantFrom(...presets), votes, (preset, { yes, no, abstain, silent, absent }) => {
        const present = yes + no + abstain + silent + 1
        const at = (more: number) =>
          judge(preset, { parties: [party(present + absent, present, yes + more, no, { abstain })] }).outcome
        const before = at(0)
        visited.add(before)
        if (before === 'passed') expect(at(1)).toBe('passed')
      }),
      { numRuns: 500, seed: 20_260_601 },
    )
    expect([...visited].sort()).toEqual(['failed', 'noQuorum', 'passed'])
  })

  it('has is at most of, and short is what is missing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...presets), votes, (preset, { yes, no, abstain, silent, absent }) => {
        const present = yes + no + abstain + silent
        const { quorum, conditions } = judge(preset, {
          parties: [party(present + absent, present, yes, no, { abstain })],
        })
        expect(quorum.have).toBeLessThanOrEqual(quorum.of)
        for (const { have, of, need, short, met } of conditions) {
          expect(have).toBeLessThanOrEqual(of)
          expect(short).toBe(Math.max(0, need - have))
          expect(met).toBe(short === 0)
        }
      }),
    )
  })

  it('refuses more ballots than people', () => {
    for (const preset of presets) expect(() => judge(preset, { parties: [party(9, 5, 4, 2)] })).toThrow()
  })
})

describe('days', () => {
  it('count from the day after the act', () => {
    expect(leadOf('2026-03-01', '2026-03-11', 10)).toEqual({
      met: true,
      have: 10,
      need: 10,
      short: 0,
      earliest: '2026-03-11',
    })
    expect(leadOf('2026-03-01', '2026-03-10', 10)).toMatchObject({ met: false, short: 1 })
  })

  it('are those of Shanghai, over leap days and year ends', () => {
    expect(dayAt(Date.parse('2026-05-31T16:00:00Z'))).toBe('2026-06-01')
    expect(dayAt(Date.parse('2026-05-31T15:59:59Z'))).toBe('2026-05-31')
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29')
    expect(daysBetween('2025-12-31', '2026-01-01')).toBe(1)
    expect([isDay('2026-02-29'), isDay('2026-2-1'), isDay('2024-02-29')]).toEqual([false, false, true])
    expect(() => addDays('yesterday', 1)).toThrow()
  })
})

it('an evaluation closes a matter with four in five content, ten answers and a third of those affected', () => {
  expect(evaluationCloses({ satisfied: 6, basically: 2, not: 2 }, 30)).toBe(true)
  expect(evaluationCloses({ satisfied: 6, basically: 1, not: 3 }, 30)).toBe(false)
  expect(evaluationCloses({ satisfied: 6, basically: 2, not: 2 }, 31)).toBe(false)
  expect(evaluationCloses({ satisfied: 9, basically: 0, not: 0 }, 9)).toBe(false)
  expect(evaluationOf({ satisfied: 10, basically: 0, not: 0 })).toMatchObject({
    ratePerMille: 1000,
    indexPerMille: 1000,
  })
})
