// What a rule becomes when it is taken into the editor and out again, and what is told of it while it is there.
import { describe, expect, it } from 'vitest'
import {
  type EditedFrom,
  faultsOf,
  formOf,
  newOwnCode,
  numberIn,
  originalOf,
  type PresetForm,
  presetIn,
} from '../../client/town/presets/editing.ts'
import { changedFacts, factIn, factKeys } from '../../client/town/presets/facts.ts'
import { presetWords } from '../../client/words/townPresets.ts'
import { wordIn } from '../../client/words/words.ts'
import type { Preset } from '../../shared/rules/preset.ts'
import { asCopy, isOwnCode } from '../../shared/rules/presetCopy.ts'
import { presetByCode, presets } from '../../shared/rules/presets.ts'
import { presetOf } from '../rules/rolls.ts'

const today = '2026-11-23'
const zh = (key: keyof typeof presetWords.zh, params?: Record<string, string | number>) =>
  wordIn(presetWords, 'zh', key, params)

const from = (preset: Preset): EditedFrom => ({ preset, original: preset, code: 'ownAbcd1', version: 1 })

const edited = (code: string, changes: Partial<PresetForm> = {}): Preset => {
  const preset = presetOf(code)
  const named = { titleZh: '本村规则', decidedBy: '村民会议' }
  return presetIn({ ...formOf(preset, false, today), ...named, ...changes }, from(preset))
}

describe.each(presets.map((preset) => [preset.code, preset] as const))('%s', (code, preset) => {
  it('comes out of the editor as it went in', () => {
    const parts = { title: { zh: '本村规则', en: '' }, decidedBy: '村民会议', decidedOn: today }
    const copy = asCopy(preset, { ...preset, code: 'ownAbcd1', version: 1, effectiveFrom: today }, parts)
    expect(edited(code)).toEqual(copy)
    const faults = faultsOf(edited(code), preset)
    expect(faults).toMatchObject({ contradictions: 0, isJudgeable: true })
    expect([faults.at.size, faults.missing.size]).toEqual([0, 0])
    expect(changedFacts(edited(code), preset, zh, 'zh')).toEqual([])
  })

  it('is told in words, with nothing left open', () => {
    for (const key of factKeys) {
      const value = factIn(preset, key, zh, 'zh')
      if (value !== null) expect(value).toMatch(/^[^{}]+$/)
      else expect(['parties', 'mayNotDecide']).toContain(key)
    }
  })
})

describe('while it is edited', () => {
  it('what is missing is told apart from what is contradictory', () => {
    const preset = presetOf('repAssembly')
    const blank = presetIn(formOf(preset, false, today), from(preset))
    const faults = faultsOf(blank, preset)
    expect([...faults.missing.keys()].sort()).toEqual(['copy.decidedBy', 'copy.title'])
    expect(faults.contradictions).toBe(0)
  })

  it.each([
    ['', 'fractionBroken'],
    ['1.5', 'fractionBroken'],
    ['二', 'fractionBroken'],
    ['-1', 'fractionBroken'],
    ['9', 'fractionOverOne'],
  ])('a numerator “%s” is found, and nothing is judged by it', (num, code) => {
    const preset = edited('simple', { form: 'share', pass: { strictness: 'atLeast', num, den: '3' } })
    const faults = faultsOf(preset, presetOf('simple'))
    expect(faults.at.get('pass')).toEqual([expect.objectContaining({ code })])
    expect(faults.isJudgeable).toBe(false)
  })

  it('what is only less than the law asks for is judged all the same, so that its effect is seen', () => {
    const lax = edited('repAssembly', { basis: 'none' })
    expect(faultsOf(lax, presetOf('repAssembly'))).toMatchObject({ contradictions: 1, isJudgeable: true })
  })

  it('a party’s share without parties is a contradiction until parties are taken', () => {
    const half = { strictness: 'moreThan', num: '1', den: '2' } as const
    const original = presetOf('repAssembly')
    const without = edited('repAssembly', { passPerParty: half })
    expect([...faultsOf(without, original).at.keys()]).toEqual(['parties'])
    const { parties = [] } = presetOf('tripartite')
    expect(faultsOf(edited('repAssembly', { passPerParty: half, parties }), original).contradictions).toBe(0)
  })

  it('the facts that changed are named, those that did not are not', () => {
    const preset = edited('repAssembly', { papersDays: '7', ballotChange: false })
    expect(changedFacts(preset, presetOf('repAssembly'), zh, 'zh')).toEqual(['ballotChange', 'papersDays'])
  })

  it('record-only stays so, whatever is done in the editor', () => {
    expect(edited('officeElection').recordOnly).toBe(true)
    const preset = edited('officeElection', { ballotChange: true })
    expect([...faultsOf(preset, presetOf('officeElection')).at.keys()]).toEqual(['ballotChange'])
  })
})

it('a change of one’s own rule begins with its name and who decided, and asks the day anew', () => {
  const own = edited('repAssembly')
  expect(formOf(own, true, '2027-01-01')).toMatchObject({
    titleZh: '本村规则',
    decidedBy: '村民会议',
    decidedOn: '2027-01-01',
  })
  expect(formOf(own, false, today).titleZh).toBe('')
  expect(originalOf(own).code).toBe('repAssembly')
})

it('codes of new rules are never those of the hall, and never twice the same', () => {
  const codes = Array.from({ length: 1_000 }, newOwnCode)
  expect(codes.every((code) => isOwnCode(code) && presetByCode(code) === undefined)).toBe(true)
  expect(new Set(codes).size).toBe(codes.length)
})

it('only whole numbers are numbers', () => {
  expect(['0', ' 12 ', '', '1e3', '1.0', '+1', '9999999999'].map(numberIn)).toEqual([
    0,
    12,
    Number.NaN,
    Number.NaN,
    Number.NaN,
    Number.NaN,
    Number.NaN,
  ])
})
