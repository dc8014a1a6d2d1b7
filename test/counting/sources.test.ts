// Ballots that come from elsewhere: paper counted twice, proxies, substitutes, blocks, and bundled questions.
import { describe, expect, it } from 'vitest'
import { bundleHint, splitBlock, unfoldBlock } from '../../shared/counting/chooseFlow.ts'
import {
  checkProxy,
  checkSubstitute,
  type HouseholdSeat,
  reconcilePaper,
} from '../../shared/counting/sources.ts'
import { presetOf } from '../rules/rolls.ts'

describe('paper counted by two tellers', () => {
  const sheet = { options: { yes: 20, no: 9 }, blank: 1, spoiled: 2, box: 32 }
  const limits = { handedOut: 33, present: 37 }

  it('stands where both agree and the sums hold', () => {
    expect(reconcilePaper(sheet, { ...sheet }, limits)).toMatchObject({ ok: true, count: sheet })
  })

  it.each([
    ['a line differs', { ...sheet, options: { yes: 19, no: 10 } }, limits, ['yes', 'no'], 'differs'],
    ['a line is missing', { ...sheet, options: { yes: 20 } }, limits, ['no', 'box'], 'differs'],
    ['the box was counted differently', { ...sheet, box: 31 }, limits, ['box', 'box'], 'differs'],
  ])('is counted again where %s', (_, other, bounds, lines, code) => {
    const finding = reconcilePaper(sheet, other, bounds)
    expect(finding).toMatchObject({ ok: false, recount: true })
    if (finding.ok) return
    expect(finding.mismatches.map(({ line }) => line)).toEqual(lines)
    expect(finding.mismatches[0]).toMatchObject({ code })
  })

  const codesOf = (own: typeof sheet, bounds: typeof limits) => {
    const finding = reconcilePaper(own, own, bounds)
    return finding.ok ? [] : [...new Set(finding.mismatches.map(({ code }) => code))]
  }

  it('is counted again where both agree on what cannot be', () => {
    expect(codesOf({ ...sheet, box: 33 }, limits)).toEqual(['sumNotBox'])
    expect(codesOf(sheet, { handedOut: 31, present: 37 })).toEqual(['boxOverHandedOut'])
    expect(codesOf(sheet, { handedOut: 33, present: 32 })).toEqual(['handedOutOverPresent'])
    expect(codesOf({ ...sheet, blank: -1, box: 30 }, limits)).toEqual(['notWhole'])
    expect(codesOf({ ...sheet, blank: Number.NaN }, limits)).toEqual(['differs', 'notWhole'])
  })
})

describe('written proxies', () => {
  const seat = (id: string, household: string | null, present: boolean, mayVote = true): HouseholdSeat => ({
    id,
    household,
    present,
    mayVote,
  })
  const from = seat('a', 'h1', false)
  const to = seat('b', 'h1', true)
  const asked = { from, to, written: true, held: 0 }
  const members = presetOf('ceoAssembly')
  const voters = presetOf('officeElection')

  it('are taken within the limits of the preset', () => {
    expect(checkProxy(members, asked)).toEqual({ ok: true })
    expect(checkProxy(voters, { ...asked, to: seat('c', 'h2', true), held: 2 })).toEqual({ ok: true })
  })

  it.each([
    ['where the rule allows none', presetOf('repAssembly'), asked, 'noProxies'],
    ['by word of mouth', members, { ...asked, written: false }, 'notWritten'],
    ['to oneself', members, { ...asked, to: from }, 'toSelf'],
    ['from one who came', members, { ...asked, from: seat('a', 'h1', true) }, 'giverPresent'],
    ['to one who did not', members, { ...asked, to: seat('b', 'h1', false) }, 'holderAbsent'],
    ['to one without a vote', members, { ...asked, to: seat('b', 'h1', true, false) }, 'holderMayNotVote'],
    ['to another household', members, { ...asked, to: seat('b', 'h2', true) }, 'otherHousehold'],
    [
      'between seats of no household',
      members,
      { ...asked, from: seat('a', null, false), to: seat('b', null, true) },
      'otherHousehold',
    ],
    ['beyond three', voters, { ...asked, held: 3 }, 'tooManyHeld'],
  ])('are refused %s', (_, preset, request, code) => {
    expect(checkProxy(preset, request)).toMatchObject({ ok: false, code })
  })

  it('a household is seated once, by one of its own', () => {
    const nobody = new Map<string, string>()
    expect(checkSubstitute('h1', to, nobody)).toEqual({ ok: true })
    expect(checkSubstitute('h1', to, new Map([['h1', 'b']]))).toEqual({ ok: true })
    expect(checkSubstitute('h2', to, nobody)).toMatchObject({ code: 'otherHousehold' })
    expect(checkSubstitute('h1', to, new Map([['h1', 'a']]))).toMatchObject({ code: 'householdTaken' })
    expect(checkSubstitute('h1', seat('b', 'h1', true, false), nobody)).toMatchObject({
      code: 'holderMayNotVote',
    })
  })
})

describe('a block with exceptions', () => {
  const items = ['road', 'lamps', 'hall']

  it('is one ballot for each item', () => {
    const votes = unfoldBlock(items, { all: 'yes', except: { hall: 'no' } })
    expect([...(votes ?? [])]).toEqual([
      ['road', 'yes'],
      ['lamps', 'yes'],
      ['hall', 'no'],
    ])
    expect(unfoldBlock(items, { all: 'yes', except: { school: 'no' } })).toBeUndefined()
  })

  it('parts the items that somebody took out', () => {
    const ballots = [
      { all: 'yes', except: { hall: 'no' } },
      { all: 'yes', except: { road: 'yes' } },
    ] as const
    expect(splitBlock(items, ballots)).toEqual({ together: ['road', 'lamps'], apart: ['hall'] })
  })
})

describe('a question that seems to hold several', () => {
  it.each([
    '是否同意修路并且收取每户五百元？',
    '是否同意修路？是否同意装路灯？',
    '同意以下事项：1.修路 2.装路灯',
    '同意：一、修路；二、装路灯',
    '①修路②装灯',
    'Shall we mend the road, as well as raise the levy?',
  ])('%s', (question) => {
    expect(bundleHint(question)?.hint.zh).toContain('分开表决')
  })

  it.each(['是否同意修建村口道路？', '是否同意 2026 年茶山承包方案（第 3 稿）？', 'Shall we mend the road?'])(
    'not %s',
    (question) => {
      expect(bundleHint(question)).toBeNull()
    },
  )
})
