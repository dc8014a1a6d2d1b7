// The chain of four deliberations and two publications opens one link at a time.
import { expect, it } from 'vitest'
import {
  type ChainLinkCode,
  chainStanding,
  fourDeliberations,
  mayOpen,
} from '../../shared/rules/fourDeliberations.ts'
import { presetByCode } from '../../shared/rules/presets.ts'

const codes = fourDeliberations.map(({ code }) => code)
const done = (...links: readonly ChainLinkCode[]) => new Set(links)

it('opens each link only when all before it are done', () => {
  for (const [index, code] of codes.entries()) {
    const before = codes.slice(0, index)
    expect(mayOpen(code, done(...before))).toEqual({ ok: true })
    expect(chainStanding(done(...before)).next?.code).toBe(code)
    for (const skipped of before) {
      const opening = mayOpen(code, done(...before.filter((link) => link !== skipped)))
      expect(opening).toMatchObject({ ok: false, reason: 'linkMissing', missing: [{ code: skipped }] })
    }
  }
})

it('says what is missing', () => {
  const opening = mayOpen('representatives', done('partyProposal', 'partyMembers'))
  expect(opening).toMatchObject({ ok: false, why: { zh: '还缺：村“两委”会议商议' } })
})

it('is complete after six links, and opens none twice', () => {
  expect(chainStanding(done(...codes))).toEqual({ next: null, skipped: [], complete: true })
  expect(mayOpen('partyProposal', done('partyProposal'))).toMatchObject({ ok: false, reason: 'alreadyDone' })
})

it('shows links that were skipped', () => {
  const standing = chainStanding(done('partyProposal', 'representatives'))
  expect(standing.next?.code).toBe('jointCommittees')
  expect(standing.skipped.map(({ code }) => code)).toEqual(['jointCommittees', 'partyMembers'])
})

it('names only presets that exist', () => {
  for (const { presets } of fourDeliberations)
    for (const code of presets) expect(presetByCode(code)).toBeDefined()
})
