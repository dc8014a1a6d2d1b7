import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { limits } from '../../shared/kernel/limits.ts'
import { browser, codeOf, type House, openHouse, parties, password, setUp } from './house.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

const setup = (setupToken: string | null) => ({
  setupToken,
  hallName: '厅',
  unitName: { zh: '村', en: '' },
  parties,
  account: { login: 'a1', name: '甲', password },
})

describe('the first visit', () => {
  test('sets the hall up once, signs the secretary in, and spends its token', async () => {
    const visitor = browser(house)
    expect((await visitor.get('/api/hall')).json()).toMatchObject({ ready: false, unit: null, parties: [] })
    const secretary = await setUp(house)
    expect((await secretary.get('/api/session')).json()).toMatchObject({
      role: 'secretary',
      name: '李秘书',
      meetingId: null,
      seatId: null,
    })
    const hall = (await visitor.get('/api/hall')).json()
    expect(hall).toMatchObject({ ready: true, name: '径山众人议事厅', unit: { name: { zh: '径山村' } } })
    expect(hall.parties.map((party: { name: { zh: string } }) => party.name.zh)).toEqual(['村', '企', '民'])
    expect(await house.identity.firstRun()).toBeNull()
    expect(codeOf(await visitor.post('/api/hall', setup('whatever-token')))).toBe('hallExists')
  })

  test('a renewed token ends the former one', async () => {
    const former = await house.identity.firstRun()
    const token = await house.identity.firstRun()
    const visitor = browser(house)
    const asked = (setupToken: string | null) => visitor.post('/api/hall/first-run', { setupToken })
    expect(codeOf(await asked(former))).toBe('setupTokenWrong')
    expect(codeOf(await asked('x'))).toBe('setupTokenWrong')
    expect((await asked(token)).statusCode).toBe(204)
    expect(codeOf(await visitor.post('/api/hall', setup(former)))).toBe('setupTokenWrong')
    expect((await visitor.post('/api/hall', setup(token))).statusCode).toBe(200)
    expect(codeOf(await asked(token))).toBe('hallExists')
  })

  test('of two visits with the same token one sets the hall up', async () => {
    const token = await house.identity.firstRun()
    const answers = await Promise.all([1, 2].map(() => browser(house).post('/api/hall', setup(token))))
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409])
  })

  test('two parties of one name and a short password are refused', async () => {
    const token = await house.identity.firstRun()
    const visitor = browser(house)
    const twice = { ...setup(token), parties: [...parties, parties[0]] }
    expect(codeOf(await visitor.post('/api/hall', twice))).toBe('malformed')
    const short = { ...setup(token), account: { login: 'a1', name: '甲', password: 'short' } }
    const refused = await visitor.post('/api/hall', short)
    expect([refused.statusCode, refused.json().refusal]).toEqual([
      422,
      { code: 'passwordTooShort', detail: { min: 8 } },
    ])
  })
})

describe('accounts', () => {
  test('sign in with the password alone, and only its argon2id hash is stored', async () => {
    await setUp(house)
    const visitor = browser(house)
    expect(codeOf(await visitor.post('/api/session', { login: 'shuji', password: 'wrong one' }))).toBe(
      'passwordWrong',
    )
    expect(codeOf(await visitor.post('/api/session', { login: 'nobody', password }))).toBe('passwordWrong')
    const signed = await visitor.post('/api/session', { login: ' ShuJi ', password })
    expect(signed.json()).toMatchObject({ role: 'secretary' })
    const [account] = await house.store.db.selectFrom('accounts').select('passwordHash').execute()
    expect(account?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  })

  test('the cookie is opaque, HttpOnly and Lax, Secure only over TLS, and the table holds its hash', async () => {
    const secretary = await setUp(house)
    const plain = await secretary.post('/api/session', { login: 'shuji', password })
    expect(plain.headers['set-cookie']).toBeUndefined()
    const other = await browser(house).post('/api/session', { login: 'shuji', password })
    expect(other.headers['set-cookie']).toMatch(
      /^yst_session=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/,
    )
    const proxied = await house.app.inject({
      method: 'POST',
      url: '/api/session',
      headers: { 'x-forwarded-proto': 'https' },
      payload: { login: 'shuji', password },
    })
    expect(proxied.headers['set-cookie']).toContain('; Secure')
    const rows = await house.store.db.selectFrom('sessions').select('tokenHash').execute()
    const token = secretary.cookie().split('=')[1] ?? ''
    expect(rows.map((row) => row.tokenHash)).not.toContain(token)
  })

  test('a session ends by signing out, by disuse, and with its account', async () => {
    const secretary = await setUp(house)
    const made = await secretary.post('/api/accounts', {
      login: 'clerk',
      name: '王书记员',
      role: 'clerk',
      password,
    })
    const clerk = browser(house)
    await clerk.post('/api/session', { login: 'clerk', password })
    expect((await clerk.get('/api/session')).statusCode).toBe(200)
    expect((await secretary.remove(`/api/accounts/${made.json().accountId}`)).statusCode).toBe(204)
    expect(codeOf(await clerk.get('/api/session'))).toBe('notSignedIn')
    expect(codeOf(await clerk.post('/api/session', { login: 'clerk', password }))).toBe('passwordWrong')

    const cookie = secretary.cookie()
    expect((await secretary.remove('/api/session')).statusCode).toBe(204)
    const again = await house.app.inject({ url: '/api/session', headers: { cookie } })
    expect(codeOf(again)).toBe('notSignedIn')

    const second = browser(house)
    await second.post('/api/session', { login: 'shuji', password })
    house.later((limits.sessionDaysMax + 1) * 24 * 60 * 60_000)
    expect(codeOf(await second.get('/api/session'))).toBe('notSignedIn')
  })

  test('changing a password ends the other sessions', async () => {
    const secretary = await setUp(house)
    const other = browser(house)
    await other.post('/api/session', { login: 'shuji', password })
    const change = (was: string) =>
      secretary.post('/api/session/password', { password: was, next: 'another secret' })
    expect(codeOf(await change('wrong'))).toBe('passwordWrong')
    expect((await change(password)).statusCode).toBe(204)
    expect((await secretary.get('/api/session')).statusCode).toBe(200)
    expect(codeOf(await other.get('/api/session'))).toBe('notSignedIn')
    expect(
      (await other.post('/api/session', { login: 'shuji', password: 'another secret' })).statusCode,
    ).toBe(200)
  })

  test('the last secretary stays, logins are taken once, and only the secretary keeps accounts', async () => {
    const secretary = await setUp(house)
    const { actorId } = (await secretary.get('/api/session')).json()
    expect(codeOf(await secretary.remove(`/api/accounts/${actorId}`))).toBe('notAllowed')
    const ask = { login: 'SHUJI', name: '乙', role: 'facilitator', password }
    expect(codeOf(await secretary.post('/api/accounts', ask))).toBe('loginTaken')
    await secretary.post('/api/accounts', { ...ask, login: 'yi' })
    const facilitator = browser(house)
    await facilitator.post('/api/session', { login: 'yi', password })
    expect(codeOf(await facilitator.get('/api/accounts'))).toBe('notAllowed')
    expect((await secretary.get('/api/accounts')).json().accounts).toHaveLength(2)
  })

  test('passwords are tried a few times a minute, tokens many times', async () => {
    const visitor = browser(house)
    // All at once, so that they fall into one minute on any machine.
    const tries = Array.from({ length: limits.passwordTriesPerAddressPerMinute + 1 }, () =>
      visitor.post('/api/session', { login: 'x', password: 'y' }),
    )
    const codes = (await Promise.all(tries)).map(codeOf)
    expect(codes.filter((code) => code === 'tooFast')).toHaveLength(1)
    for (let i = 0; i < 100; i += 1) {
      expect(codeOf(await visitor.post('/api/session', { token: `no-such-token-${i}` }))).toBe('tokenUnknown')
    }
  })
})
