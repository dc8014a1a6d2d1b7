import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { evolve } from '../../shared/meeting/meeting.ts'
import type { MeetingState } from '../../shared/meeting/state.ts'
import { browser, codeOf, type House, openCouncil, openHouse, setUp } from './house.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

describe('convening', () => {
  test('freezes the seats of the roster, and gives every item and sub-item a draft', async () => {
    const { state, meetingId } = await openCouncil(house, 'shut')
    expect(state).toMatchObject({
      title: '七月议事会',
      place: '村委会二楼',
      phase: 'convened',
      template: 'tripartiteCouncil',
    })
    expect(state.preset.code).toBe('tripartite')
    expect(state.parties.map(({ name }) => name.zh)).toEqual(['村', '企', '民'])
    expect(Object.values(state.seats).map(({ role }) => role)).toEqual(Array(4).fill('member'))
    expect(state.agenda.map(({ title, minutes }) => [title, minutes])).toEqual([
      ['村口停车', 20],
      ['划线方案', 10],
    ])
    expect(state.agenda[1]?.parentId).toBe(state.agenda[0]?.itemId)
    const drafts = await house.store.db
      .selectFrom('drafts')
      .select(['draftId', 'meetingId', 'title'])
      .execute()
    expect(drafts.map(({ draftId }) => draftId).sort()).toEqual(
      state.agenda.map(({ draftId }) => draftId).sort(),
    )
    expect(new Set(drafts.map((draft) => draft.meetingId))).toEqual(new Set([meetingId]))
    expect(Object.values(await house.identity.names(meetingId)).map(({ name }) => name)).toContain('王五')
  })

  test('the record holds no name and no telephone number', async () => {
    const { meetingId } = await openCouncil(house)
    const events = JSON.stringify(await house.meetings.events(meetingId, 0, 100))
    for (const secret of ['张三', '李四', '13800138000']) expect(events).not.toContain(secret)
  })

  test('by households each has one seat, and what a person stands for goes into the seat', async () => {
    const secretary = await setUp(house)
    const [village] = (await secretary.get('/api/hall')).json().parties
    const people = [
      { name: '张三', household: '1号' },
      { name: '张四', household: '1号' },
      { name: '王五', household: '2号', households: 12, weight: 3 },
      { name: '赵六' },
    ]
    const added = []
    for (const person of people) {
      added.push((await secretary.post('/api/roster', { ...person, partyId: village.partyId })).json())
    }
    const ask = { template: 'representatives', title: '会', startsAt: 1_780_000_000_000 }
    const seatsUnder = async (presetCode: string) => {
      const made = await secretary.post('/api/meetings', { ...ask, presetCode })
      const { meetingId } = made.json()
      const state = await house.meetings.state(meetingId)
      const names = await house.identity.names(meetingId)
      return Object.values(state?.seats ?? {}).map((seat) => ({ ...seat, name: names[seat.seatId]?.name }))
    }
    const byPerson = await seatsUnder('villageAssemblyByPerson')
    expect(byPerson.map(({ name }) => name)).toEqual(['张三', '张四', '王五', '赵六'])
    expect(byPerson[0]?.household).toBe(byPerson[1]?.household)
    expect(byPerson[2]).toMatchObject({ households: 12, weight: 3 })
    expect(byPerson[3]).not.toHaveProperty('household')
    expect((await seatsUnder('villageAssemblyByHousehold')).map(({ name }) => name)).toEqual([
      '张三',
      '王五',
      '赵六',
    ])
    const made = await secretary.post('/api/meetings', { ...ask, presetCode: 'villageAssemblyByHousehold' })
    const { meetingId } = made.json()
    const [seatId = ''] = Object.entries(await house.identity.names(meetingId)).find(
      ([, { name }]) => name === '张三',
    ) ?? ['']
    const mates = (await secretary.get(`/api/meetings/${meetingId}/seats/${seatId}/household`)).json().people
    expect(mates).toEqual([{ personId: added[1].personId, name: '张四' }])
    const actor = { actorId: 'ac_0001', role: 'clerk', seatId: null } as const
    const sitIn = (personId: string, commandId: string) =>
      house.meetings.order(meetingId, actor, {
        commandId,
        command: { type: 'substitute', seatId, personId },
      })
    expect(await sitIn(added[2].personId, 'sit-in-0001')).toMatchObject({
      refusal: { code: 'substituteRefused' },
    })
    expect(await sitIn(added[1].personId, 'sit-in-0002')).toMatchObject({ ok: true })
    house.identity.namesChanged(meetingId)
    expect((await house.identity.names(meetingId))[seatId]?.name).toBe('张四')
    expect((await house.meetings.state(meetingId))?.seats[seatId]?.substituteId).toBe(added[1].personId)
    const personIds = added.slice(0, 2).map(({ personId }) => personId)
    const twice = { ...ask, presetCode: 'villageAssemblyByHousehold', personIds }
    expect((await secretary.post('/api/meetings', twice)).json()).toMatchObject({
      refusal: { code: 'householdTwice', detail: { household: '1号' } },
    })
    const odd = { name: '钱七', partyId: village.partyId, households: 0 }
    expect((await secretary.post('/api/roster', odd)).statusCode).toBe(400)
  })

  test('asked again with the same id makes no second meeting', async () => {
    const secretary = await setUp(house)
    const ask = {
      commandId: 'convene-once',
      template: 'free',
      title: '会',
      startsAt: 1,
      presetCode: 'simple',
    }
    const [one, two] = await Promise.all([
      secretary.post('/api/meetings', ask),
      secretary.post('/api/meetings', ask),
    ])
    const three = await secretary.post('/api/meetings', ask)
    expect([two.json(), three.json()]).toEqual([one.json(), one.json()])
    expect((await secretary.get('/api/meetings')).json().meetings).toHaveLength(1)
  })

  test('with an unknown preset or person is refused', async () => {
    const secretary = await setUp(house)
    const ask = { template: 'free', title: '会', startsAt: 1, presetCode: 'constructor' }
    expect(codeOf(await secretary.post('/api/meetings', ask))).toBe('presetUnknown')
    const stranger = { ...ask, presetCode: 'simple', personIds: ['pe_0000000000000000'] }
    expect(codeOf(await secretary.post('/api/meetings', stranger))).toBe('notFound')
    const presets = (await secretary.get('/api/presets')).json().presets
    expect(presets.map((preset: { code: string }) => preset.code)).toEqual(
      expect.arrayContaining(['tripartite', 'repAssembly', 'simple']),
    )
  })
})

describe('the record', () => {
  test('is read by pages that fold to the state, by anyone with a seat', async () => {
    const { secretary, meetingId } = await openCouncil(house)
    const path = `/api/meetings/${meetingId}`
    for (const card of (await secretary.post(`${path}/cards`)).json().cards) {
      await browser(house).post('/api/session', { token: card.url.split('/j/')[1] })
    }
    const all = (await secretary.get(`${path}/record`)).json()
    const rest = (await secretary.get(`${path}/record?since=3`)).json()
    expect(rest.events).toEqual(all.events.slice(3))
    expect(all.next).toBeNull()
    expect(all.head).toEqual({ seq: all.events.length, hash: all.events.at(-1).hash })
    const folded = all.events.reduce(evolve, null) as MeetingState
    expect(folded).toEqual(await house.meetings.state(meetingId))
    expect(codeOf(await secretary.get(`${path}/record?since=-1`))).toBe('malformed')
    expect(codeOf(await browser(house).get(`${path}/record`))).toBe('notSignedIn')
  })

  test('is exported as one file with its hashes and without names', async () => {
    const { secretary, meetingId } = await openCouncil(house)
    const file = await secretary.get(`/api/meetings/${meetingId}/record/export`)
    expect(file.headers['content-disposition']).toBe(`attachment; filename="record-${meetingId}.json"`)
    const record = file.json()
    expect(record).toMatchObject({ format: 'yishiting-record', version: 1, stream: meetingId, texts: {} })
    expect(record.events).toEqual((await secretary.get(`/api/meetings/${meetingId}/record`)).json().events)
    expect(file.body).not.toContain('张三')
  })

  test('a text that no poll of this meeting froze is not shown', async () => {
    const { secretary, meetingId } = await openCouncil(house)
    const { db } = house.store
    await house.store.write([
      db.insertInto('texts').values({ sha256: 'abc', text: '别处的', at: 1 }).compile(),
    ])
    expect(codeOf(await secretary.get(`/api/meetings/${meetingId}/texts/abc`))).toBe('textMissing')
  })
})
