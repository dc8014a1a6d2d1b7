import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { browser, codeOf, type House, openCouncil, openHouse } from './house.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

const tokenOf = (card: { url: string }): string => card.url.split('/j/')[1] ?? ''

const council = async (doors: 'open' | 'shut' = 'open') => {
  const meeting = await openCouncil(house, doors)
  const path = `/api/meetings/${meeting.meetingId}`
  const cards = (await meeting.secretary.post(`${path}/cards`)).json().cards
  const desk = async () => (await meeting.secretary.get(`${path}/desk`)).json().entries
  const attendance = async (seatId: string) =>
    (await house.meetings.state(meeting.meetingId))?.attendance[seatId]
  return { ...meeting, path, cards, desk, attendance }
}

describe('a seat card', () => {
  test('carries name and party, joins its seat and checks it in', async () => {
    const { cards, attendance, meetingId } = await council()
    expect(cards.map((card: { name: string }) => card.name)).toEqual(['张三', '李四', '王五', '赵六'])
    expect(cards[0].url).toMatch(/^http:\/\/hall\.test:3000\/j\/[\w-]{22}$/)
    const phone = browser(house)
    const joined = await phone.post('/api/session', { token: tokenOf(cards[0]) })
    expect(joined.json()).toMatchObject({
      role: 'participant',
      meetingId,
      seatId: cards[0].seatId,
      name: '张三',
    })
    expect(await attendance(cards[0].seatId)).toMatchObject({ status: 'present', channel: 'device' })
  })

  test('works once: the same browser may scan again, another one is refused and the desk hears of it once', async () => {
    const { cards, desk } = await council()
    const token = tokenOf(cards[0])
    const phone = browser(house)
    const first = await phone.post('/api/session', { token })
    const again = await phone.post('/api/session', { token })
    expect(again.json()).toEqual(first.json())
    expect(again.headers['set-cookie']).toBeUndefined()

    const stranger = browser(house)
    for (let i = 0; i < 3; i += 1) {
      const refused = await stranger.post('/api/session', { token })
      expect([refused.statusCode, codeOf(refused)]).toEqual([409, 'cardUsed'])
      expect(refused.headers['set-cookie']).toBeUndefined()
    }
    expect(await desk()).toMatchObject([{ kind: 'secondScan', name: '张三', seatId: cards[0].seatId }])
    expect(house.heard.filter(({ kind }) => kind === 'desk').length).toBeGreaterThan(0)
  })

  test('scanned by two browsers at the same moment lets one in', async () => {
    const { cards } = await council()
    const answers = await Promise.all(
      [1, 2, 3].map(() => browser(house).post('/api/session', { token: tokenOf(cards[0]) })),
    )
    expect(answers.map(codeOf).sort()).toEqual(['cardUsed', 'cardUsed', 'none'])
  })

  test('answers again a browser that shows by its own text that its first answer was lost', async () => {
    const { cards, desk } = await council()
    const token = tokenOf(cards[0])
    const device = 'a-random-text-of-this-browser'
    const phone = browser(house)
    await phone.post('/api/session', { token, device })
    phone.lose()
    expect(codeOf(await phone.post('/api/session', { token, device: 'another-text-of-a-browser' }))).toBe(
      'cardUsed',
    )
    const again = await phone.post('/api/session', { token, device })
    expect(again.json()).toMatchObject({ seatId: cards[0].seatId })
    expect((await phone.get('/api/session')).statusCode).toBe(200)
    expect(await desk()).toHaveLength(1)
  })

  test('joins before the doors open, and checks in when scanned after', async () => {
    const { cards, attendance, meetingId, actor } = await council('shut')
    const phone = browser(house)
    expect((await phone.post('/api/session', { token: tokenOf(cards[0]) })).statusCode).toBe(200)
    expect(await attendance(cards[0].seatId)).toMatchObject({ status: 'absent' })
    await house.meetings.order(meetingId, actor, { commandId: 'open-doors', command: { type: 'openDoors' } })
    await phone.post('/api/session', { token: tokenOf(cards[0]) })
    expect(await attendance(cards[0].seatId)).toMatchObject({ status: 'present' })
  })

  test('ends when a new sheet is made, unless it was used', async () => {
    const { cards, secretary, path } = await council()
    const phone = browser(house)
    await phone.post('/api/session', { token: tokenOf(cards[0]) })
    const sheet = (
      await secretary.post(`${path}/cards`, { seatIds: [cards[0].seatId, cards[1].seatId] })
    ).json().cards
    expect(sheet).toHaveLength(2)
    expect((await phone.post('/api/session', { token: tokenOf(cards[0]) })).statusCode).toBe(200)
    expect(codeOf(await browser(house).post('/api/session', { token: tokenOf(cards[1]) }))).toBe(
      'cardWithdrawn',
    )
    expect((await browser(house).post('/api/session', { token: tokenOf(cards[2]) })).statusCode).toBe(200)
    expect((await browser(house).post('/api/session', { token: tokenOf(sheet[1]) })).statusCode).toBe(200)
  })

  test('is made for seats of this meeting only', async () => {
    const { secretary, path } = await council()
    expect(codeOf(await secretary.post(`${path}/cards`, { seatIds: ['st_0000000000000000'] }))).toBe(
      'seatUnknown',
    )
    expect(codeOf(await secretary.post(`${path}/seats/constructor/move`))).toBe('seatUnknown')
  })
})

describe('moving a seat to another device', () => {
  test('ends its sessions and its second scans, and gives a card for the next device', async () => {
    const { cards, secretary, path, desk } = await council()
    const phone = browser(house)
    await phone.post('/api/session', { token: tokenOf(cards[0]) })
    await browser(house).post('/api/session', { token: tokenOf(cards[0]) })
    expect(await desk()).toHaveLength(1)
    const [before] = await house.store.db
      .selectFrom('sessions')
      .select('sessionId')
      .where('seatId', '=', cards[0].seatId)
      .execute()

    const card = (await secretary.post(`${path}/seats/${cards[0].seatId}/move`)).json()
    expect(card).toMatchObject({ seatId: cards[0].seatId, name: '张三' })
    expect(codeOf(await phone.get('/api/session'))).toBe('notSignedIn')
    expect(await desk()).toEqual([])
    expect(await house.identity.farewell(before?.sessionId ?? '')).toBe('movedToOtherDevice')
    expect(codeOf(await phone.post('/api/session', { token: tokenOf(cards[0]) }))).toBe('cardWithdrawn')
    const laptop = browser(house)
    expect((await laptop.post('/api/session', { token: tokenOf(card) })).json()).toMatchObject({
      seatId: cards[0].seatId,
    })
  })
})

describe('a link', () => {
  test('for a role is exchanged many times until it is withdrawn, and its sessions end with it', async () => {
    const { secretary, path, meetingId } = await council()
    const link = (await secretary.post(`${path}/links`, { role: 'facilitator' })).json()
    const laptops = [browser(house), browser(house)]
    for (const laptop of laptops) {
      expect((await laptop.post('/api/session', { token: tokenOf(link) })).json()).toMatchObject({
        role: 'facilitator',
        meetingId,
        seatId: null,
      })
    }
    expect((await laptops[0]?.get(`${path}/desk`))?.statusCode).toBe(200)
    expect(codeOf((await laptops[0]?.post('/api/meetings', {})) ?? { json: () => ({}) })).toBe('notAllowed')
    expect((await secretary.get(`${path}/links`)).json().links).toMatchObject([{ cardId: link.cardId }])
    expect((await secretary.remove(`${path}/links/${link.cardId}`)).statusCode).toBe(204)
    expect((await secretary.get(`${path}/links`)).json().links).toEqual([])
    for (const laptop of laptops) expect(codeOf(await laptop.get('/api/session'))).toBe('notSignedIn')
    expect(codeOf(await browser(house).post('/api/session', { token: tokenOf(link) }))).toBe('cardWithdrawn')
  })

  test("of a facilitator leaves the secretary's own session as it is", async () => {
    const { secretary, path } = await council()
    const link = (await secretary.post(`${path}/links`, { role: 'facilitator' })).json()
    expect((await secretary.post('/api/session', { token: tokenOf(link) })).json()).toMatchObject({
      role: 'secretary',
    })
  })

  test('of a seat serves many browsers, for demonstrations', async () => {
    const { meetingId, seatIds } = await council()
    const [link] = await house.identity.issueLinks(meetingId, [
      { role: 'participant', seatId: seatIds[0] ?? '' },
    ])
    for (let i = 0; i < 3; i += 1) {
      const joined = await browser(house).post('/api/session', { token: link?.token })
      expect(joined.json()).toMatchObject({ role: 'participant', seatId: seatIds[0] })
    }
  })

  test('of a screen makes a paired screen', async () => {
    const { secretary, path, meetingId } = await council()
    const link = (await secretary.post(`${path}/links`, { role: 'screen' })).json()
    const wall = browser(house)
    expect((await wall.post('/api/session', { token: tokenOf(link) })).json()).toMatchObject({
      role: 'screen',
      meetingId,
    })
    expect((await secretary.get(`${path}/screens`)).json().screens).toHaveLength(1)
  })
})
