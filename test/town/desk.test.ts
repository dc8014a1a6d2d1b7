// What the secretary's desk asks of the real REST door: correcting the roster, and a record that says who did what.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { HallView, Person, PersonAsk, RecordPage } from '../../shared/wire/http.ts'
import { browser, codeOf, type House, openCouncil, openHouse, setUp } from '../http/house.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

describe('correcting the roster', () => {
  const added = async () => {
    const secretary = await setUp(house)
    const hall = (await secretary.get('/api/hall')).json<HallView>()
    const ask: PersonAsk = {
      name: '张三',
      partyId: hall.parties[0]?.partyId ?? '',
      bodyRole: '代表',
      household: '3号',
      phone: '13812341234',
    }
    const person = (await secretary.post('/api/roster', ask)).json<Person>()
    return { secretary, hall, ask, person }
  }
  const stored = async (personId: string) =>
    house.store.db.selectFrom('people').selectAll().where('personId', '=', personId).executeTakeFirstOrThrow()

  it('keeps the telephone number when it comes back masked, as it was shown', async () => {
    const { secretary, hall, ask, person } = await added()
    expect(person.phone).toBe('138****1234')
    const partyId = hall.parties[1]?.partyId ?? ''
    const revised = await secretary.post(`/api/roster/${person.personId}`, {
      ...ask,
      name: '张三丰',
      partyId,
      phone: person.phone,
    })
    expect(revised.json()).toEqual({ ...person, name: '张三丰', partyId })
    expect(await stored(person.personId)).toMatchObject({ name: '张三丰', partyId, phone: '13812341234' })
  })

  it('takes a new number, and forgets one that was emptied', async () => {
    const { secretary, ask, person } = await added()
    const revise = (phone: string) => secretary.post(`/api/roster/${person.personId}`, { ...ask, phone })
    expect((await revise('139 0000 5678')).json<Person>().phone).toBe('139****5678')
    expect((await revise('')).json<Person>().phone).toBe('')
    expect(await stored(person.personId)).toMatchObject({ phone: '' })
  })

  it('refuses an unknown person, an unknown party and a visitor', async () => {
    const { secretary, ask, person } = await added()
    expect(codeOf(await secretary.post('/api/roster/pe_0000000000000000', ask))).toBe('notFound')
    const elsewhere = { ...ask, partyId: 'pt_0000000000000000' }
    expect(codeOf(await secretary.post(`/api/roster/${person.personId}`, elsewhere))).toBe('partyUnknown')
    expect(codeOf(await browser(house).post(`/api/roster/${person.personId}`, ask))).toBe('notSignedIn')
    expect(await stored(person.personId)).toMatchObject({ name: '张三' })
  })
})

describe('the record', () => {
  it('says who of the staff did something, beside the names of the seats', async () => {
    const { meetingId, secretary } = await openCouncil(house)
    const page = (await secretary.get(`/api/meetings/${meetingId}/record`)).json<RecordPage>()
    const convenedBy = page.events[0]?.by ?? ''
    expect(page.names[convenedBy]?.name).toBe('李秘书')
    expect(Object.values(page.names).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['张三', '王五']),
    )
  })
})
