// What the room of presets must do on every store.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Store, step } from '../../server/ports.ts'
import { newestOf, openPresets, type Presets } from '../../server/presets/presets.ts'
import { limits } from '../../shared/kernel/limits.ts'
import type { Result } from '../../shared/kernel/result.ts'
import type { Preset } from '../../shared/rules/preset.ts'
import { asCopy } from '../../shared/rules/presetCopy.ts'
import { presetOf } from '../rules/rolls.ts'

const parts = { title: { zh: '本村规则', en: '' }, decidedBy: '村民会议', decidedOn: '2026-02-01' }

export const ownPreset = (changes: Partial<Preset> = {}, originalCode = 'repAssembly'): Preset => {
  const original = presetOf(originalCode)
  const figures = { ...original, code: 'ownAbcd1', version: 1, effectiveFrom: '2026-02-01', ...changes }
  return asCopy(original, figures, parts)
}

const codeOf = (result: Result<unknown>): string => (result.ok ? 'accepted' : result.refusal.code)

export const presetsContract = (name: string, open: () => Promise<Store>) => {
  describe(`presets on ${name}`, () => {
    let store: Store
    let presets: Presets
    let now = 1_772_000_000_000
    const by = { unitId: 'un_jingshan', actorId: 'ac_zhou' }
    const elsewhere = { unitId: 'un_shuangxi', actorId: 'ac_chen' }

    beforeEach(async () => {
      store = await open()
      presets = openPresets({ store, clock: { now: () => now++ } })
      const account = {
        login: 'zhou',
        passwordHash: '',
        role: 'secretary',
        createdAt: 1,
        endedAt: null,
      } as const
      await store.write([
        step(
          store.db
            .insertInto('accounts')
            .values({ ...account, accountId: by.actorId, unitId: by.unitId, name: '周秘书' }),
        ),
      ])
    })
    afterEach(() => store.close())

    const versionsOf = async (code = 'ownAbcd1') =>
      ((await presets.savedAs(by.unitId, code)) ?? []).map(({ preset }) => preset.version)

    test('a copy is kept whole, with who saved it and when', async () => {
      const saved = await presets.save(by, ownPreset())
      expect(saved).toEqual({
        ok: true,
        value: { preset: ownPreset(), savedBy: '周秘书', savedAt: expect.any(Number), isRetired: false },
      })
      expect(await presets.saved(by.unitId)).toEqual([[saved.ok && saved.value]])
    })

    test('versions are added and never changed', async () => {
      await presets.save(by, ownPreset())
      await presets.save(by, ownPreset({ version: 2, papersDays: 5 }))
      const saved = await presets.savedAs(by.unitId, 'ownAbcd1')
      expect(saved?.map(({ preset }) => [preset.version, preset.papersDays])).toEqual([
        [1, 3],
        [2, 5],
      ])
      expect(saved && newestOf(saved).preset.papersDays).toBe(5)
    })

    test('sent again, it is answered the same and kept once', async () => {
      const first = await presets.save(by, ownPreset())
      expect(await presets.save(by, ownPreset())).toEqual(first)
      await presets.save(by, ownPreset({ version: 2, papersDays: 5 }))
      expect(await presets.save(by, ownPreset())).toEqual(first)
      expect(await versionsOf()).toEqual([1, 2])
    })

    test('of two who change the same version one wins, and the other is told', async () => {
      await presets.save(by, ownPreset())
      const answers = await Promise.all(
        [4, 5, 6, 7].map((papersDays) => presets.save(by, ownPreset({ version: 2, papersDays }))),
      )
      expect(answers.map(codeOf).sort()).toEqual(['accepted', 'presetStale', 'presetStale', 'presetStale'])
      expect(await versionsOf()).toEqual([1, 2])
    })

    test('a version that skips one, or begins at another than one, is refused', async () => {
      expect(codeOf(await presets.save(by, ownPreset({ version: 2 })))).toBe('presetStale')
      await presets.save(by, ownPreset())
      expect(codeOf(await presets.save(by, ownPreset({ version: 3 })))).toBe('presetStale')
      expect(codeOf(await presets.save(by, ownPreset({ version: 1, papersDays: 9 })))).toBe('presetStale')
      expect(await versionsOf()).toEqual([1])
    })

    test('nothing contradictory, laxer than the law, or in a disguise is kept', async () => {
      const faulty: readonly [Preset, string][] = [
        [ownPreset({ papersDays: 2 }), 'papersDays'],
        [ownPreset({ quorum: null }), 'quorum'],
        [
          ownPreset({ pass: { form: 'share', of: 'present', strictness: 'moreThan', num: 3, den: 2 } }),
          'pass',
        ],
        [{ ...ownPreset(), name: presetOf('repAssembly').name }, 'name'],
        [ownPreset({ recordOnly: false }, 'officeElection'), 'recordOnly'],
        [presetOf('repAssembly'), 'code'],
      ]
      for (const [preset, field] of faulty) {
        const refused = await presets.save(by, preset)
        const code = preset.code === 'repAssembly' ? 'presetCodeTaken' : 'presetContradictory'
        expect(codeOf(refused)).toBe(code)
        if (code === 'presetContradictory' && !refused.ok) {
          expect(refused.refusal.detail).toMatchObject({ field })
          expect(String(refused.refusal.detail?.zh).length).toBeGreaterThan(3)
        }
      }
      expect(await presets.saved(by.unitId)).toEqual([])
    })

    test('a unit sees and uses its own only', async () => {
      await presets.save(by, ownPreset())
      await presets.save(elsewhere, ownPreset({ papersDays: 9 }))
      expect((await presets.savedAs(by.unitId, 'ownAbcd1'))?.[0].preset.papersDays).toBe(3)
      expect((await presets.savedAs(elsewhere.unitId, 'ownAbcd1'))?.[0].preset.papersDays).toBe(9)
      expect(await presets.inForce('un_other', 'ownAbcd1', '2026-12-01')).toBeUndefined()
    })

    test('the version in force on the day is used, and those of the hall always are', async () => {
      await presets.save(by, ownPreset())
      await presets.save(by, ownPreset({ version: 2, papersDays: 5, effectiveFrom: '2026-09-01' }))
      const on = async (day: string) => (await presets.inForce(by.unitId, 'ownAbcd1', day))?.version
      expect([await on('2026-01-31'), await on('2026-02-01'), await on('2026-09-01')]).toEqual([
        undefined,
        1,
        2,
      ])
      expect(await presets.inForce(by.unitId, 'simple', '2000-01-01')).toEqual(presetOf('simple'))
      expect(await presets.inForce(by.unitId, 'toString', '2026-12-01')).toBeUndefined()
    })

    test('what is retired stays to be read, and is neither used nor changed', async () => {
      await presets.save(by, ownPreset())
      expect(codeOf(await presets.retire(by, 'ownAbcd1', 7))).toBe('presetStale')
      expect(codeOf(await presets.retire(by, 'ownNone11', 1))).toBe('notFound')
      expect(codeOf(await presets.retire(elsewhere, 'ownAbcd1', 1))).toBe('notFound')
      expect(codeOf(await presets.retire(by, 'ownAbcd1', 1))).toBe('accepted')
      expect(codeOf(await presets.retire(by, 'ownAbcd1', 1))).toBe('accepted')
      expect(codeOf(await presets.save(by, ownPreset({ version: 2, papersDays: 5 })))).toBe('presetRetired')
      expect(await presets.inForce(by.unitId, 'ownAbcd1', '2026-12-01')).toBeUndefined()
      const history = await presets.savedAs(by.unitId, 'ownAbcd1')
      expect(history?.map(({ isRetired }) => isRetired)).toEqual([false, true])
    })

    test('retiring and changing at once: one of the two', async () => {
      await presets.save(by, ownPreset())
      const answers = await Promise.all([
        presets.retire(by, 'ownAbcd1', 1),
        presets.save(by, ownPreset({ version: 2, papersDays: 5 })),
      ])
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    })

    test('a unit has only so many', async () => {
      for (let n = 0; n < limits.presetsPerUnitMax; n += 1)
        expect(codeOf(await presets.save(by, ownPreset({ code: `ownAbcd${n + 1_000}` })))).toBe('accepted')
      expect(codeOf(await presets.save(by, ownPreset({ code: 'ownAbcd9999' })))).toBe('tooMany')
      expect(codeOf(await presets.save(elsewhere, ownPreset({ code: 'ownAbcd9999' })))).toBe('accepted')
    })

    test('what an order names is found, and nothing is asked where it names nothing', async () => {
      await presets.save(by, ownPreset())
      const named = await presets.namedIn(by.unitId, { type: 'reviseMeeting', presetCode: 'ownAbcd1' })
      expect([...(named ?? []).keys()]).toEqual(['ownAbcd1'])
      expect(presets.namedIn(by.unitId, { type: 'reviseMeeting', title: '会' })).toBeUndefined()
      expect(presets.namedIn(by.unitId, { type: 'openDoors' })).toBeUndefined()
    })
  })
}
