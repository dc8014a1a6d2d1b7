// The chain of four deliberations and two publications: nothing is skipped, on paper and in a live meeting.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Seeded } from '../../server/cli/seedMeeting.ts'
import {
  decideMatter,
  evolveMatter,
  type LinkPoll,
  linksDone,
  type Matter,
  type MatterCommand,
} from '../../shared/matter/matter.ts'
import { verifyRecord } from '../../shared/record/verify.ts'
import { addDays, dayAt } from '../../shared/rules/calendar.ts'
import { deliberationCodes } from '../../shared/rules/fourDeliberations.ts'
import { browser, openHouse, setUp } from '../http/house.ts'
import { codeOf, Guest, openPollBy, openTestHall, type TestHall } from '../live/hall.ts'

const opened: Matter = { matterId: 'ma_0001', unitId: 'un_0001', title: '修路', openedAt: 0, notices: {} }
const passed = (codes: readonly (typeof deliberationCodes)[number][]): LinkPoll[] =>
  codes.map((code) => ({ code, meetingId: 'mt_0001', pollId: `po_${code}`, passed: true }))

const given = (matter: Matter, polls: readonly LinkPoll[], command: MatterCommand, today: string): Matter => {
  const decided = decideMatter(matter, command, polls, today)
  if (!decided.ok) throw new Error(decided.refusal.code)
  return evolveMatter(matter, { seq: 2, at: 0, by: 'ac_1', commandId: 'c', event: decided.value })
}

describe('a chain on paper', () => {
  const hang = (hungOn: string, days = 15): MatterCommand => ({
    type: 'hangNotice',
    code: 'decisionNotice',
    hungOn,
    days,
    place: '村务公开栏',
  })

  test('takes a notice only after all four have passed', () => {
    const three = passed(deliberationCodes.slice(0, 3))
    expect(decideMatter(opened, hang('2026-06-01'), three, '2026-06-01')).toMatchObject({
      refusal: { code: 'linkNotOpen', detail: { zh: expect.stringContaining('决议') } },
    })
    const failed = [...three, { ...passed(['representatives']), code: 'representatives', passed: false }]
    expect(decideMatter(opened, hang('2026-06-01'), failed as LinkPoll[], '2026-06-01').ok).toBe(false)
    expect(decideMatter(opened, hang('2026-06-01'), passed(deliberationCodes), '2026-06-01').ok).toBe(true)
  })

  test('counts a notice when its days are over: put up on 1 June for 15 days, after 16 June', () => {
    const all = passed(deliberationCodes)
    const hung = given(opened, all, hang('2026-06-01'), '2026-06-01')
    expect(linksDone(hung, all, '2026-06-16').has('decisionNotice')).toBe(false)
    expect(linksDone(hung, all, '2026-06-17').has('decisionNotice')).toBe(true)
    const down = (takenDownOn: string): MatterCommand => ({
      type: 'takeDownNotice',
      code: 'decisionNotice',
      takenDownOn,
    })
    expect(decideMatter(hung, down('2026-06-16'), all, '2026-06-20')).toMatchObject({
      refusal: { code: 'noticeStillHangs' },
    })
    expect(given(hung, all, down('2026-06-17'), '2026-06-20').notices.decisionNotice?.takenDownOn).toBe(
      '2026-06-17',
    )
  })

  test('refuses a notice too short, of tomorrow, or hung twice', () => {
    const all = passed(deliberationCodes)
    expect(decideMatter(opened, hang('2026-06-01', 14), all, '2026-06-01')).toMatchObject({
      refusal: { code: 'noticeTooShort' },
    })
    expect(decideMatter(opened, hang('2026-06-02'), all, '2026-06-01')).toMatchObject({
      refusal: { code: 'malformed' },
    })
    const hung = given(opened, all, hang('2026-06-01'), '2026-06-01')
    expect(decideMatter(hung, hang('2026-06-01'), all, '2026-06-01').ok).toBe(false)
  })
})

describe('a chain in live meetings', () => {
  let house: TestHall
  let seeded: Seeded
  let chair: Guest
  let seats: Guest[]
  let unitId: string

  beforeAll(async () => {
    house = await openTestHall()
    seeded = await house.seed(3, 'simple')
    const enter = (token: string) => Guest.enter(house.url, seeded.meetingId, token)
    chair = await enter(seeded.facilitator.token)
    seats = await Promise.all(seeded.seats.map(({ token }) => enter(token)))
    for (const seat of seats) await seat.order({ type: 'checkIn' })
    await chair.order({ type: 'openMeeting' })
    unitId = chair.state.unitId
  })
  afterAll(async () => {
    for (const guest of [chair, ...seats]) guest.leave()
    await house.close()
  })

  const opening = (code: (typeof deliberationCodes)[number], presetCode: string) => ({
    type: 'openPoll' as const,
    itemId: chair.state.currentItemId ?? '',
    question: '是否同意?',
    method: { kind: 'yesNo' as const },
    options: [],
    secrecy: 'named' as const,
    show: 'hidden' as const,
    presetCode,
    link: { matterId: seeded.matterId, code },
  })

  const decide = async (code: (typeof deliberationCodes)[number], presetCode: string, choice: string) => {
    const pollId = await openPollBy(chair, opening(code, presetCode))
    for (const seat of seats) await seat.order({ type: 'castBallot', pollId, choice: { choice } })
    expect(codeOf(await chair.order({ type: 'closePoll', pollId }))).toBe('accepted')
    await chair.until(({ state }) => state.polls[pollId]?.status === 'closed')
  }

  test('the next link does not open while one is missing, nor under a rule that is not its own', async () => {
    expect(codeOf(await chair.order(opening('jointCommittees', 'simple')))).toBe('linkNotOpen')
    expect(codeOf(await chair.order(opening('partyProposal', 'tripartite')))).toBe('linkPresetOdd')
    const elsewhere = {
      ...opening('partyProposal', 'simple'),
      link: { matterId: 'ma_nowhere', code: 'partyProposal' as const },
    }
    expect(codeOf(await chair.order(elsewhere))).toBe('matterUnknown')
  })

  test('a link that fails is not done, and may be decided again', async () => {
    await decide('partyProposal', 'simple', 'no')
    expect(codeOf(await chair.order(opening('jointCommittees', 'simple')))).toBe('linkNotOpen')
    await decide('partyProposal', 'simple', 'yes')
    await decide('jointCommittees', 'simple', 'yes')
    await decide('partyMembers', 'partyBranch', 'yes')
    await decide('representatives', 'repAssembly', 'yes')
    const { matters } = house.hall.rooms
    const standing = await matters.find(unitId, seeded.matterId)
    expect([...(standing?.done ?? [])]).toEqual([...deliberationCodes])
    expect(standing?.polls).toHaveLength(5)
    expect(codeOf(await chair.order(opening('representatives', 'repAssembly')))).toBe('linkNotOpen')
  })

  test('its notice is recorded once, and its record verifies offline', async () => {
    const { matters } = house.hall.rooms
    const by = { actorId: 'ac_secretary', unitId }
    const command = {
      type: 'hangNotice' as const,
      code: 'decisionNotice' as const,
      hungOn: addDays(dayAt(Date.now()), -20),
      days: 15,
      place: '村务公开栏',
    }
    const asked = { commandId: 'hang-notice-1', command }
    const both = await Promise.all([
      matters.order(by, seeded.matterId, asked),
      matters.order(by, seeded.matterId, asked),
    ])
    expect(both.map(({ ok }) => ok)).toEqual([true, true])
    const events = await matters.events(unitId, seeded.matterId)
    expect(events?.map(({ event }) => event.type)).toEqual(['matterOpened', 'noticeHung'])
    const file = { format: 'yishiting-record', version: 1, stream: seeded.matterId, events, texts: {} }
    expect(verifyRecord(file)).toMatchObject({ ok: true, events: 2 })
    const forged = events?.map((one, i) => (i === 1 ? { ...one, at: one.at + 1 } : one))
    expect(verifyRecord({ ...file, events: forged }).ok).toBe(false)
    expect(await matters.find('un_other', seeded.matterId)).toBeUndefined()
  })
})

test('over REST the secretary opens a chain once, and nothing of it is shown to strangers', async () => {
  const house = await openHouse()
  try {
    const guest = browser(house)
    expect((await guest.get('/api/matters')).statusCode).toBe(401)
    const secretary = await setUp(house)
    const ask = { commandId: 'open-matter-1', title: '修路' }
    const [one, two] = [await secretary.post('/api/matters', ask), await secretary.post('/api/matters', ask)]
    expect(two.json()).toEqual(one.json())
    const { matterId, links } = one.json()
    expect(links.map(({ state }: { state: string }) => state)).toEqual(['next', ...Array(5).fill('blocked')])
    expect((await secretary.get('/api/matters')).json().matters).toHaveLength(1)
    const hang = { type: 'hangNotice', code: 'decisionNotice', hungOn: '2026-05-01', days: 15 }
    const refused = await secretary.post(`/api/matters/${matterId}/notices`, {
      commandId: 'hang-1234',
      command: hang,
    })
    expect(refused.json()).toMatchObject({ refusal: { code: 'linkNotOpen' } })
    expect((await secretary.get('/api/matters/ma_nowhere')).statusCode).toBe(404)
    expect((await secretary.get(`/api/matters/${matterId}/record`)).json()).toMatchObject({
      stream: matterId,
    })
  } finally {
    await house.close()
  }
})
