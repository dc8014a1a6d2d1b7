import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { httpStatus } from '../../server/http/answers.ts'
import { refusalCodes } from '../../shared/kernel/refusals.ts'
import { browser, codeOf, type House, openCouncil, openHouse, password, setUp } from './house.ts'

let house: House
let clientDir: string
beforeEach(async () => {
  clientDir = await mkdtemp(join(tmpdir(), 'yst-client-'))
  await mkdir(join(clientDir, 'assets'))
  await writeFile(join(clientDir, 'index.html'), '<!doctype html><title>厅</title>')
  await writeFile(join(clientDir, 'assets', 'main-abc123.js'), 'export {}')
  house = await openHouse({ clientDir })
})
afterEach(async () => {
  await house.close()
  await rm(clientDir, { recursive: true, force: true })
})

describe('requests that other sites make a browser send', () => {
  const post = (headers: Record<string, string>, payload: string | object = { login: 'a', password }) =>
    house.app.inject({
      method: 'POST',
      url: '/api/session',
      headers: { host: 'hall.test:3000', ...headers },
      payload,
    })

  test.each([
    [{ origin: 'http://evil.test' }],
    [{ origin: 'null' }],
    [{ origin: 'http://hall.test:4000' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site', origin: 'http://hall.test:3000' }],
  ])('are refused: %j', async (headers) => {
    const refused = await post(headers as unknown as Record<string, string>)
    expect([refused.statusCode, codeOf(refused)]).toEqual([403, 'notAllowed'])
  })

  test.each([
    [{}],
    [{ origin: 'http://hall.test:3000' }],
    [{ 'sec-fetch-site': 'same-origin', origin: 'http://dev.test' }],
  ])('and our own pass: %j', async (headers) => {
    expect(codeOf(await post(headers as unknown as Record<string, string>))).toBe('passwordWrong')
  })

  test.each([['text/plain'], ['application/x-www-form-urlencoded'], ['application/jsonx']])(
    'a form cannot send %s',
    async (type) => {
      const refused = await post({ 'content-type': type }, '{"token":"abcdefgh"}')
      expect([refused.statusCode, codeOf(refused)]).toEqual([400, 'malformed'])
    },
  )
})

describe('bad input', () => {
  test.each([
    ['{"login":"a","password":"b","__proto__":{"x":1}}'],
    ['{"login":"a","password":"b","constructor":{"prototype":{}}}'],
    ['{'],
    ['[]'],
    ['"x"'],
    [''],
    [JSON.stringify({ login: 'x'.repeat(41), password: 'y' })],
    [JSON.stringify({ token: 'short' })],
  ])('gets a refusal and nothing else: %s', async (payload) => {
    const refused = await house.app.inject({
      method: 'POST',
      url: '/api/session',
      headers: { 'content-type': 'application/json' },
      payload,
    })
    expect([refused.statusCode, codeOf(refused)]).toEqual([400, 'malformed'])
  })

  test('names the field that is wrong', async () => {
    const secretary = await setUp(house)
    const refused = await secretary.post('/api/meetings', {
      template: 'free',
      title: '会',
      startsAt: 1,
      presetCode: 'simple',
      agenda: [{ title: '' }],
    })
    expect(refused.json()).toEqual({ refusal: { code: 'malformed', detail: { field: 'agenda.0.title' } } })
    const huge = await secretary.post('/api/accounts', { login: 'x'.repeat(600_000) })
    expect([huge.statusCode, codeOf(huge)]).toEqual([413, 'tooLarge'])
  })

  test('who is not signed in is told so before the body is looked at', async () => {
    expect(codeOf(await browser(house).post('/api/meetings', { rubbish: true }))).toBe('notSignedIn')
  })

  test('refusals are counted, and no address with a secret is ever logged', async () => {
    await browser(house).post('/api/session', { token: 'secret-token-of-a-card' })
    await browser(house).get('/j/secret-token-of-a-card')
    const figures = (await browser(house).get('/metrics')).body
    expect(figures).toContain('yishiting_refusals_total{door="http",code="tokenUnknown"} 1')
    expect(figures).toContain('route="/api/session",status="401"')
    expect(house.logged.join('')).not.toContain('secret-token')
    expect(figures).not.toContain('secret-token')
  })

  test('every refusal has a status of a refusal', () => {
    for (const code of refusalCodes) expect(httpStatus(code)).toBeGreaterThanOrEqual(400)
  })
})

describe('scope', () => {
  test("another meeting's id, another unit's and no id at all", async () => {
    const { meetingId, secretary } = await openCouncil(house)
    const other = (
      await secretary.post('/api/meetings', {
        template: 'free',
        title: '另会',
        startsAt: 1,
        presetCode: 'simple',
      })
    ).json().meetingId
    const [card] = (await secretary.post(`/api/meetings/${meetingId}/cards`)).json().cards
    const phone = browser(house)
    await phone.post('/api/session', { token: card.url.split('/j/')[1] })
    expect((await phone.get(`/api/meetings/${meetingId}/record`)).statusCode).toBe(200)
    const foreign = await phone.get(`/api/meetings/${other}/record`)
    expect([foreign.statusCode, codeOf(foreign)]).toEqual([403, 'wrongMeeting'])
    expect(codeOf(await phone.get('/api/meetings/mt_0000000000000000/record'))).toBe('meetingUnknown')
    expect(codeOf(await phone.get('/api/meetings/__proto__/record'))).toBe('meetingUnknown')
    for (const ask of ['cards', 'links', 'screens']) {
      expect(
        codeOf(await phone.post(`/api/meetings/${meetingId}/${ask}`, { role: 'screen', code: 'AAAAAA' })),
      ).toBe('notAllowed')
    }
    for (const url of ['/api/roster', '/api/accounts', '/api/meetings', '/api/roster/export']) {
      expect(codeOf(await phone.get(url))).toBe('notAllowed')
    }

    const { db } = house.store
    const unit = db
      .insertInto('units')
      .values({ unitId: 'un_otherunit00', parentId: null, nameZh: '邻村', nameEn: '' })
      .compile()
    const row = {
      unitId: 'un_otherunit00',
      title: '邻会',
      startsAt: 1,
      phase: 'convened',
      roomCode: 'ZZZZZZZZ',
      createdAt: 1,
    }
    const meeting = db
      .insertInto('meetings')
      .values({ meetingId: 'mt_neighbours00000', ...row })
      .compile()
    await house.store.write([unit, meeting])
    expect(codeOf(await secretary.get('/api/meetings/mt_neighbours00000/door'))).toBe('meetingUnknown')
    expect((await secretary.get('/api/meetings')).json().meetings).toHaveLength(2)
  })

  test('a clerk may hand out cards and run the desk, and may not convene or keep the roster', async () => {
    const { secretary, meetingId } = await openCouncil(house)
    await secretary.post('/api/accounts', { login: 'clerk', name: '王', role: 'clerk', password })
    const clerk = browser(house)
    await clerk.post('/api/session', { login: 'clerk', password })
    expect((await clerk.post(`/api/meetings/${meetingId}/cards`)).statusCode).toBe(200)
    expect((await clerk.get(`/api/meetings/${meetingId}/desk`)).statusCode).toBe(200)
    expect((await clerk.get('/api/roster')).statusCode).toBe(200)
    expect(codeOf(await clerk.get('/api/roster/export'))).toBe('notAllowed')
    expect(codeOf(await clerk.post('/api/meetings', {}))).toBe('notAllowed')
    expect(codeOf(await clerk.get(`/api/meetings/${meetingId}/links`))).toBe('notAllowed')
  })
})

describe('the pages', () => {
  test('every address of a face is the one page, assets stay for ever, and the API has none', async () => {
    const page = await browser(house).get('/m/mt_abc')
    expect([page.statusCode, page.headers['cache-control']]).toEqual([200, 'no-cache'])
    expect(page.body).toContain('<title>厅</title>')
    expect((await browser(house).get('/')).body).toContain('<title>厅</title>')
    const asset = await browser(house).get('/assets/main-abc123.js')
    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect((await browser(house).get('/assets/main-old.js')).statusCode).toBe(404)
    expect(codeOf(await browser(house).get('/api/nothing'))).toBe('notFound')
    expect(codeOf(await browser(house).post('/m/x', {}))).toBe('notFound')
    expect((await browser(house).get('/../../etc/passwd')).body).not.toContain('root:')
  })

  test('work on plain http: no promise of TLS, scripts from here alone, web sockets allowed', async () => {
    const { headers } = await browser(house).get('/')
    expect(headers['strict-transport-security']).toBeUndefined()
    expect(headers['cross-origin-opener-policy']).toBeUndefined()
    const policy = String(headers['content-security-policy'])
    expect(policy).not.toContain('upgrade-insecure-requests')
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("connect-src 'self' ws: wss:")
    expect(headers['referrer-policy']).toBe('no-referrer')
    expect(headers['x-content-type-options']).toBe('nosniff')
  })
})

describe('health', () => {
  test('is told, and readiness fails with the store without leaking why', async () => {
    const visitor = browser(house)
    expect((await visitor.get('/healthz')).json()).toEqual({ ok: true })
    expect((await visitor.get('/readyz')).statusCode).toBe(200)
    await house.store.close()
    expect((await visitor.get('/healthz')).statusCode).toBe(200)
    expect((await visitor.get('/readyz')).statusCode).toBe(503)
    const broken = await visitor.get('/api/hall')
    expect([broken.statusCode, broken.json()]).toEqual([503, { refusal: { code: 'storeUnavailable' } }])
  })

  test('the API describes itself', async () => {
    const api = (await browser(house).get('/api/openapi.json')).json()
    expect(api.openapi).toMatch(/^3\./)
    expect(Object.keys(api.paths)).toEqual(
      expect.arrayContaining([
        '/api/hall',
        '/api/session',
        '/api/meetings',
        '/api/roster/imports',
        '/api/screens',
      ]),
    )
    expect(api.paths['/api/session'].post.requestBody.content['application/json'].schema).toBeDefined()
  })
})
