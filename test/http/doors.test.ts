import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { limits } from '../../shared/kernel/limits.ts'
import { type Browser, browser, codeOf, type House, openCouncil, openHouse } from './house.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

const council = async () => {
  const meeting = await openCouncil(house)
  const path = `/api/meetings/${meeting.meetingId}`
  const door = (await meeting.secretary.get(`${path}/door`)).json()
  const desk = async () => (await meeting.secretary.get(`${path}/desk`)).json().entries
  const settle = (deskEntryId: string, ask: unknown) =>
    meeting.secretary.post(`${path}/desk/${deskEntryId}`, ask)
  const sessionOf = async (guest: Browser) => {
    const cookie = guest.cookie()
    return house.identity.fromCookieHeader(cookie)
  }
  return { ...meeting, path, door, desk, settle, sessionOf }
}

describe('the room code', () => {
  test('leads to the waiting room, however it is typed', async () => {
    const { door, desk, meetingId } = await council()
    expect(door.roomCode).toMatch(/^[2-9A-Z]{8}$/)
    expect(door.url).toBe(`http://hall.test:3000/r/${door.roomCode}`)
    const guest = browser(house)
    const typed = `${door.roomCode.slice(0, 4).toLowerCase()}%20${door.roomCode.slice(4)}`
    expect((await guest.get(`/api/rooms/${typed}`)).json()).toEqual({
      title: '七月议事会',
      startsAt: 1_780_000_000_000,
    })
    const waiting = await guest.post(`/api/rooms/${typed}`, { name: '周游客' })
    expect(waiting.json()).toMatchObject({ role: 'waiting', meetingId, seatId: null, name: '周游客' })
    expect((await guest.post(`/api/rooms/${door.roomCode}`, { name: '周游客' })).json()).toEqual(
      waiting.json(),
    )
    expect(await desk()).toMatchObject([{ kind: 'waiting', name: '周游客' }])
    expect(codeOf(await guest.get('/api/rooms/AAAAAAAA'))).toBe('roomCodeUnknown')
  })

  test('a name is what people see of it, and one that nobody can see is none', async () => {
    const { door } = await council()
    const enter = (name: string) => browser(house).post(`/api/rooms/${door.roomCode}`, { name })
    for (const unseen of ['\u200b\u2060', '\u202e', '\u3164 \u00ad']) {
      expect(codeOf(await enter(unseen)), JSON.stringify(unseen)).toBe('malformed')
    }
    const seen = {
      '周秘书\u202e sec': '周秘书 sec',
      ' 李\u200b四\n': '李四',
      '👩\u200d🌾 小\u200d花': '👩\u200d🌾 小花',
      'مرحبا علي': 'مرحبا علي',
    }
    for (const [typed, shown] of Object.entries(seen)) {
      expect((await enter(typed)).json()).toMatchObject({ name: shown })
    }
  })

  test('someone who waits may not enter, read or order anything', async () => {
    const { door, meetingId, path, sessionOf } = await council()
    const guest = browser(house)
    await guest.post(`/api/rooms/${door.roomCode}`, { name: '周游客' })
    const principal = await sessionOf(guest)
    expect(principal && (await house.identity.mayEnter(principal, meetingId))).toBe(false)
    for (const url of [`${path}/record`, `${path}/door`, `${path}/desk`, path]) {
      expect((await guest.get(url)).statusCode).toBe(403)
    }
  })

  test('holds so many at most', async () => {
    const { door, meetingId } = await council()
    const entry = (i: number) => ({
      deskEntryId: `de_${String(i).padStart(16, '0')}`,
      meetingId,
      kind: 'waiting' as const,
      name: 'x',
      seatId: null,
      state: 'open' as const,
      at: i,
    })
    const rows = Array.from({ length: limits.waitingMax }, (_, i) => entry(i))
    const { sql, parameters } = house.store.db.insertInto('deskEntries').values(rows).compile()
    await house.store.write([{ sql, parameters }])
    expect(codeOf(await browser(house).post(`/api/rooms/${door.roomCode}`, { name: '周' }))).toBe(
      'waitingRoomFull',
    )
  })
})

describe('the desk', () => {
  const arrive = async (door: { roomCode: string }, name: string) => {
    const guest = browser(house)
    await guest.post(`/api/rooms/${door.roomCode}`, { name })
    return guest
  }

  test('admits as an observer, whose name is kept beside the record and not in it', async () => {
    const { door, desk, settle, sessionOf, meetingId, secretary, path } = await council()
    const guest = await arrive(door, '周游客')
    const waiting = await sessionOf(guest)
    const [entry] = await desk()
    expect((await settle(entry.deskEntryId, { action: 'admitObserver' })).statusCode).toBe(204)
    expect((await settle(entry.deskEntryId, { action: 'admitObserver' })).statusCode).toBe(204)
    expect(await house.identity.farewell(waiting?.sessionId ?? '')).toBe('admitted')
    const session = (await guest.get('/api/session')).json()
    expect(session).toMatchObject({ role: 'observer', meetingId, name: '周游客' })
    expect((await house.meetings.state(meetingId))?.seats[session.seatId]).toMatchObject({
      role: 'observer',
      partyId: null,
    })
    const record = (await secretary.get(`${path}/record`)).json()
    expect(record.names[session.seatId].name).toBe('周游客')
    expect(JSON.stringify(record.events)).not.toContain('周游客')
    expect(await desk()).toEqual([])
  })

  test('binds to a seat: checked in, its cards ended, whoever sat there moved', async () => {
    const { door, desk, settle, meetingId, seatIds, secretary, path } = await council()
    const cards = (await secretary.post(`${path}/cards`)).json().cards
    const before = browser(house)
    await before.post('/api/session', { token: cards[1].url.split('/j/')[1] })
    const guest = await arrive(door, '李四')
    const [entry] = await desk()
    expect(
      codeOf(await settle(entry.deskEntryId, { action: 'bindSeat', seatId: 'st_0000000000000000' })),
    ).toBe('seatUnknown')
    expect((await settle(entry.deskEntryId, { action: 'bindSeat', seatId: seatIds[1] })).statusCode).toBe(204)
    expect((await guest.get('/api/session')).json()).toMatchObject({
      role: 'participant',
      seatId: seatIds[1],
      name: '李四',
    })
    expect((await house.meetings.state(meetingId))?.attendance[seatIds[1] ?? '']).toMatchObject({
      status: 'present',
      channel: 'device',
    })
    expect(codeOf(await before.get('/api/session'))).toBe('notSignedIn')
  })

  test('refuses, and the session ends', async () => {
    const { door, desk, settle } = await council()
    const guest = await arrive(door, '周游客')
    const [entry] = await desk()
    expect((await settle(entry.deskEntryId, { action: 'refuse' })).statusCode).toBe(204)
    expect(codeOf(await guest.get('/api/session'))).toBe('notSignedIn')
    expect(codeOf(await settle(entry.deskEntryId, { action: 'admitObserver' }))).toBe('notFound')
    expect(codeOf(await settle('de_0000000000000000', { action: 'refuse' }))).toBe('notFound')
  })

  test('takes in a guest without a device', async () => {
    const { secretary, path, meetingId } = await council()
    const card = (await secretary.post(`${path}/seats`, { name: '陈列席' })).json()
    expect(card).toMatchObject({ name: '陈列席', partyId: null })
    expect((await house.meetings.state(meetingId))?.attendance[card.seatId]).toMatchObject({
      status: 'present',
    })
    const joined = await browser(house).post('/api/session', { token: card.url.split('/j/')[1] })
    expect(joined.json()).toMatchObject({ role: 'observer', seatId: card.seatId })
  })
})

describe('a big screen', () => {
  test('shows a code, is paired by it, and is told why its connection ends', async () => {
    const { secretary, path, meetingId, sessionOf } = await council()
    const wall = browser(house)
    const waiting = (await wall.post('/api/screens')).json()
    expect(waiting).toMatchObject({ role: 'screen', meetingId: null })
    expect(waiting.screenCode).toMatch(/^[2-9A-Z]{6}$/)
    const { sessionId = '' } = (await sessionOf(wall)) ?? {}
    expect(codeOf(await secretary.post(`${path}/screens`, { code: 'AAAAAA' }))).toBe('pairingCodeUnknown')
    const paired = await secretary.post(`${path}/screens`, { code: waiting.screenCode.toLowerCase() })
    expect(paired.json().screens).toEqual([{ screenId: waiting.actorId, live: false }])
    expect(await house.identity.farewell(sessionId)).toBe('screenPaired')
    expect((await wall.get('/api/session')).json()).toMatchObject({
      role: 'screen',
      meetingId,
      screenCode: null,
    })
    expect(codeOf(await secretary.post(`${path}/screens`, { code: waiting.screenCode }))).toBe(
      'pairingCodeUnknown',
    )
    expect((await wall.get(`${path}/door`)).statusCode).toBe(200)
    expect(codeOf(await wall.get(`${path}/record`))).toBe('notAllowed')

    expect((await secretary.remove(`${path}/screens/${waiting.actorId}`)).statusCode).toBe(204)
    expect(await house.identity.farewell(sessionId)).toBe('screenUnpaired')
    expect((await wall.get('/api/session')).json()).toMatchObject({ meetingId: null, screenCode: null })
    expect((await wall.post('/api/screens')).json().screenCode).toMatch(/^[2-9A-Z]{6}$/)
  })

  test('has a code that runs out and is renewed when asked for again', async () => {
    const { secretary, path } = await council()
    const wall = browser(house)
    const first = (await wall.post('/api/screens')).json()
    expect((await wall.post('/api/screens')).json()).toEqual(first)
    house.later((limits.pairingCodeMinutes + 1) * 60_000)
    expect((await wall.get('/api/session')).json().screenCode).toBeNull()
    expect(codeOf(await secretary.post(`${path}/screens`, { code: first.screenCode }))).toBe(
      'pairingCodeUnknown',
    )
    const second = (await wall.post('/api/screens')).json()
    expect(second.actorId).toBe(first.actorId)
    expect(second.screenCode).not.toBe(first.screenCode)
  })

  test('opened beside the cockpit does not sign its laptop out', async () => {
    const { secretary } = await council()
    expect((await secretary.post('/api/screens')).json()).toMatchObject({ role: 'secretary' })
    expect((await secretary.get('/api/accounts')).statusCode).toBe(200)
  })
})
