// The door to the presets: who may write, and what is refused before it is kept.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { presets as builtIn } from '../../shared/rules/presets.ts'
import { presetsView, presetView } from '../../shared/wire/httpPresets.ts'
import { type Browser, browser, codeOf, type House, openHouse, password, setUp } from '../http/house.ts'
import { presetOf } from '../rules/rolls.ts'
import { ownPreset } from './contract.ts'

let house: House
let secretary: Browser
beforeEach(async () => {
  house = await openHouse()
  secretary = await setUp(house)
})
afterEach(() => house.close())

const staff = async (role: 'facilitator' | 'clerk'): Promise<Browser> => {
  await secretary.post('/api/accounts', { login: role, name: '甲', role, password })
  const person = browser(house)
  await person.post('/api/session', { login: role, password })
  return person
}

const list = async (by = secretary) => presetsView.parse((await by.get('/api/presets')).json())

describe('reading', () => {
  test('those of the hall come first, with standing and version', async () => {
    const { presets, own, retired } = await list()
    expect(presets.map(({ code }) => code)).toEqual(builtIn.map(({ code }) => code))
    expect(presets[0]).toMatchObject({ isOwn: false, version: 1, standing: 'consultative' })
    expect([own, retired]).toEqual([[], []])
  })

  test('one whole, with its history; one that is not there is not found', async () => {
    await secretary.post('/api/presets', ownPreset())
    await secretary.post('/api/presets', ownPreset({ version: 2, papersDays: 5 }))
    const seen = presetView.parse((await secretary.get('/api/presets/ownAbcd1')).json())
    expect(seen.history.map(({ preset, savedBy }) => [preset.version, savedBy])).toEqual([
      [2, '李秘书'],
      [1, '李秘书'],
    ])
    const office = presetView.parse((await secretary.get('/api/presets/officeElection')).json())
    expect(office).toEqual({
      preset: presetOf('officeElection'),
      isOwn: false,
      isRetired: false,
      history: [],
    })
    expect(codeOf(await secretary.get('/api/presets/constructor'))).toBe('notFound')
  })

  test('the list holds the version in force and those that will be', async () => {
    const from = (effectiveFrom: string, version: number) =>
      secretary.post('/api/presets', ownPreset({ version, effectiveFrom, papersDays: 2 + version }))
    await from('2026-02-01', 1)
    await from('2026-03-01', 2)
    await from('2030-01-01', 3)
    const { own, presets } = await list()
    expect(own.map(({ versions }) => versions.map(({ version }) => version))).toEqual([[2, 3]])
    expect(presets.at(-1)).toMatchObject({ code: 'ownAbcd1', isOwn: true, version: 3, standing: 'statutory' })
  })

  test('whoever leads one meeting by a link chooses among the unit’s own too', async () => {
    await secretary.post('/api/presets', ownPreset())
    const ask = { template: 'free', title: '会', startsAt: 1_780_000_000_000, presetCode: 'simple' }
    const { meetingId } = (await secretary.post('/api/meetings', ask)).json()
    const link = (await secretary.post(`/api/meetings/${meetingId}/links`, { role: 'facilitator' })).json()
    const leader = browser(house)
    await leader.post('/api/session', { token: String(link.url).split('/').pop() })
    expect((await list(leader)).own).toHaveLength(1)
    expect(codeOf(await leader.post('/api/presets', ownPreset({ version: 2 })))).toBe('notAllowed')
  })

  test('nobody reads them who is not signed in', async () => {
    expect(codeOf(await browser(house).get('/api/presets'))).toBe('notSignedIn')
    expect(codeOf(await browser(house).get('/api/presets/simple'))).toBe('notSignedIn')
  })
})

describe('writing', () => {
  test.each(['facilitator', 'clerk'] as const)('is not for a %s, who may read', async (role) => {
    await secretary.post('/api/presets', ownPreset())
    const person = await staff(role)
    expect((await list(person)).own).toHaveLength(1)
    expect((await person.get('/api/presets/ownAbcd1')).statusCode).toBe(200)
    const tries = [
      await person.post('/api/presets', ownPreset({ code: 'ownOther1' })),
      await person.post('/api/presets', ownPreset({ version: 2, papersDays: 9 })),
      await person.post('/api/presets/ownAbcd1/retire', { version: 1 }),
    ]
    expect(tries.map((response) => [response.statusCode, codeOf(response)])).toEqual(
      tries.map(() => [403, 'notAllowed']),
    )
    expect(codeOf(await browser(house).post('/api/presets', ownPreset()))).toBe('notSignedIn')
    expect(
      codeOf(await secretary.post('/api/presets', ownPreset(), { headers: { origin: 'http://evil.test' } })),
    ).toBe('notAllowed')
  })

  test('a hand-made contradiction is refused with its field and words', async () => {
    const lax = await secretary.post('/api/presets', ownPreset({ papersDays: 1 }))
    expect([lax.statusCode, lax.json()]).toEqual([
      422,
      {
        refusal: {
          code: 'presetContradictory',
          detail: {
            field: 'papersDays',
            fault: 'laxerThanLaw',
            zh: expect.stringContaining('法定'),
            en: expect.stringContaining('law'),
          },
        },
      },
    ])
    const broken = { ...ownPreset().pass, den: 0 }
    expect(codeOf(await secretary.post('/api/presets', { ...ownPreset(), pass: broken }))).toBe(
      'presetContradictory',
    )
    const elected = ownPreset({ recordOnly: false }, 'officeElection')
    expect((await secretary.post('/api/presets', elected)).json()).toMatchObject({
      refusal: { detail: { field: 'recordOnly' } },
    })
    expect((await list()).own).toEqual([])
  })

  test.each([
    ['no body at all', undefined],
    ['half a preset', { code: 'ownAbcd1', version: 1 }],
    ['a part that is no whole number', { ...ownPreset(), noticeDays: 1.5 }],
    ['a part beyond all bounds', { ...ownPreset(), pass: { ...ownPreset().pass, num: 1e9 } }],
    ['a code that is none', { ...ownPreset(), code: '../../etc' }],
    ['a list', [ownPreset()]],
  ])('%s is malformed', async (_, body) => {
    const response = await secretary.post('/api/presets', body)
    expect([response.statusCode, codeOf(response)]).toEqual([400, 'malformed'])
  })

  test('the code of a preset of the hall is taken, whatever the case of the request', async () => {
    const taken = await secretary.post('/api/presets', { ...ownPreset(), code: 'repAssembly' })
    expect([taken.statusCode, codeOf(taken)]).toEqual([409, 'presetCodeTaken'])
    expect(codeOf(await secretary.post('/api/presets', { ...ownPreset(), code: 'myRule' }))).toBe(
      'presetContradictory',
    )
  })

  test('a version that somebody else has made meanwhile is refused', async () => {
    await secretary.post('/api/presets', ownPreset())
    expect((await secretary.post('/api/presets', ownPreset({ version: 2, papersDays: 4 }))).statusCode).toBe(
      200,
    )
    const stale = await secretary.post('/api/presets', ownPreset({ version: 2, papersDays: 5 }))
    expect([stale.statusCode, codeOf(stale)]).toEqual([409, 'presetStale'])
  })

  test('retired, it leaves the list and stays to be read', async () => {
    await secretary.post('/api/presets', ownPreset())
    expect((await secretary.post('/api/presets/ownAbcd1/retire', { version: 1 })).statusCode).toBe(204)
    const { own, retired, presets } = await list()
    expect([own.length, retired.map(({ code }) => code)]).toEqual([0, ['ownAbcd1']])
    expect(presets.some(({ isOwn }) => isOwn)).toBe(false)
    const seen = presetView.parse((await secretary.get('/api/presets/ownAbcd1')).json())
    expect(seen).toMatchObject({ isRetired: true, history: [{ isRetired: true }, { isRetired: false }] })
    expect(codeOf(await secretary.post('/api/presets/simple/retire', { version: 1 }))).toBe('notFound')
  })

  test('the routes are in the published description', async () => {
    const { paths } = (await secretary.get('/api/openapi.json')).json()
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining(['/api/presets', '/api/presets/{code}', '/api/presets/{code}/retire']),
    )
  })
})

describe('convening', () => {
  const ask = {
    template: 'free',
    title: '会',
    startsAt: Date.parse('2026-08-01T06:00:00Z'),
    presetCode: 'ownAbcd1',
  }

  test('takes the version in force on the day of the meeting, and keeps it', async () => {
    await secretary.post('/api/presets', ownPreset({ papersDays: 4 }))
    await secretary.post(
      '/api/presets',
      ownPreset({ version: 2, papersDays: 5, effectiveFrom: '2026-08-01' }),
    )
    await secretary.post(
      '/api/presets',
      ownPreset({ version: 3, papersDays: 6, effectiveFrom: '2026-08-02' }),
    )
    const { meetingId } = (await secretary.post('/api/meetings', ask)).json()
    await secretary.post('/api/presets/ownAbcd1/retire', { version: 3 })
    expect((await house.meetings.state(meetingId))?.preset).toMatchObject({ version: 2, papersDays: 5 })
  })

  test('under a rule that is retired, or not yet in force that day, is refused', async () => {
    await secretary.post('/api/presets', ownPreset({ effectiveFrom: '2026-08-02' }))
    expect(codeOf(await secretary.post('/api/meetings', ask))).toBe('presetUnknown')
    await secretary.post('/api/presets', ownPreset({ code: 'ownOther1' }))
    await secretary.post('/api/presets/ownOther1/retire', { version: 1 })
    expect(codeOf(await secretary.post('/api/meetings', { ...ask, presetCode: 'ownOther1' }))).toBe(
      'presetUnknown',
    )
  })
})
