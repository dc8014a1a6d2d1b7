// A meeting that goes by a unit's own rule: the version in force is what a poll takes, whole, and keeps.
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Preset } from '../../shared/rules/preset.ts'
import { asCopy } from '../../shared/rules/presetCopy.ts'
import { codeOf, Guest, openPollBy, openTestHall, type TestHall } from '../live/hall.ts'
import { presetOf } from '../rules/rolls.ts'

let hall: TestHall
let facilitator: Guest
let voters: Guest[]
let unitId: string
let secretaryId: string

const seats = 6

beforeEach(async () => {
  hall = await openTestHall()
  const seeded = await hall.seed(seats, 'simple')
  facilitator = await Guest.enter(hall.url, seeded.meetingId, seeded.facilitator.token)
  voters = []
  for (const { token } of seeded.seats) {
    const voter = await Guest.enter(hall.url, seeded.meetingId, token)
    await voter.order({ type: 'checkIn' })
    voters.push(voter)
  }
  unitId = facilitator.state.unitId
  secretaryId = (
    await hall.hall.store.db.selectFrom('accounts').select('accountId').executeTakeFirstOrThrow()
  ).accountId
})
afterEach(async () => {
  for (const guest of [facilitator, ...voters]) guest.leave()
  await hall.close()
})

const parts = { title: { zh: '本村规则', en: '' }, decidedBy: '村民会议', decidedOn: '2026-02-01' }

/** Of those present so many must be for it. */
const share = (num: number): Partial<Preset> => ({
  quorum: null,
  pass: { form: 'share', of: 'present', strictness: 'atLeast', num, den: seats },
})

const save = async (version: number, changes: Partial<Preset>, code = 'ownMeeting1') => {
  const original = presetOf('simple')
  const preset = asCopy(
    original,
    { ...original, code, version, effectiveFrom: '2026-02-01', ...changes },
    parts,
  )
  const saved = await hall.hall.rooms.presets.save({ unitId, actorId: secretaryId }, preset)
  if (!saved.ok) throw new Error(JSON.stringify(saved.refusal))
  return preset
}

const vote = async (pollId: string, yes: number): Promise<void> => {
  for (const [index, voter] of voters.entries()) {
    const choice = { choice: index < yes ? 'yes' : 'no' }
    const answer = await voter.order({ type: 'castBallot', pollId, choice })
    expect(codeOf(answer)).toBe('accepted')
  }
}

const close = async (pollId: string) => {
  expect(codeOf(await facilitator.order({ type: 'closePoll', pollId }))).toBe('accepted')
  await facilitator.until(({ state }) => state.polls[pollId]?.status === 'closed')
  return facilitator.state.polls[pollId]
}

test('a poll takes the whole preset, and later versions and retiring change nothing past', async () => {
  const first = await save(1, share(4))
  const pollId = await openPollBy(facilitator, { presetCode: 'ownMeeting1' })
  expect(facilitator.state.polls[pollId]?.preset).toEqual(first)

  // Stricter while the poll is open: it is counted by what it opened under.
  const second = await save(2, share(5))
  await vote(pollId, 4)
  const closed = await close(pollId)
  expect(closed?.preset).toEqual(first)
  expect(closed?.result).toMatchObject({ outcome: 'passed' })

  // The next poll goes by the new version, and the same votes fail.
  const nextId = await openPollBy(facilitator, { presetCode: 'ownMeeting1' })
  expect(facilitator.state.polls[nextId]?.preset).toEqual(second)
  await vote(nextId, 4)
  expect((await close(nextId))?.result).toMatchObject({ outcome: 'failed' })

  // Retired and begun anew from the store: the past reads as it was.
  await hall.hall.rooms.presets.retire({ unitId, actorId: secretaryId }, 'ownMeeting1', 2)
  await hall.restart()
  const state = await hall.hall.rooms.meetings.state(facilitator.meetingId)
  expect(state?.polls[pollId]).toMatchObject({ preset: first, result: { outcome: 'passed' } })
  expect(state?.polls[nextId]).toMatchObject({ preset: second, result: { outcome: 'failed' } })
})

test('the reason names the unit’s own rule, not the statute’s article', async () => {
  await save(1, share(4))
  const pollId = await openPollBy(facilitator, { presetCode: 'ownMeeting1' })
  await vote(pollId, 4)
  const closed = await close(pollId)
  expect(JSON.stringify(closed?.result)).toContain('依据本单位规则，参照')
})

test('what is retired, not yet in force, or another unit’s cannot be polled under', async () => {
  await save(1, { ...share(4), effectiveFrom: '2999-01-01' }, 'ownLater11')
  await save(1, share(4), 'ownRetired1')
  await hall.hall.rooms.presets.retire({ unitId, actorId: secretaryId }, 'ownRetired1', 1)
  const original = presetOf('simple')
  const foreign = asCopy(
    original,
    { ...original, code: 'ownForeign1', version: 1, effectiveFrom: '2026-02-01' },
    parts,
  )
  await hall.hall.rooms.presets.save({ unitId: 'un_elsewhere', actorId: 'ac_else' }, foreign)
  for (const presetCode of ['ownLater11', 'ownRetired1', 'ownForeign1', 'toString']) {
    const refused = await facilitator.order({
      type: 'openPoll',
      itemId: facilitator.state.currentItemId ?? '',
      question: '是否同意?',
      presetCode,
      method: { kind: 'yesNo' },
      options: [],
      secrecy: 'named',
      show: 'hidden',
    })
    expect(codeOf(refused)).toBe('presetUnknown')
  }
  expect(facilitator.state.pollOrder).toEqual([])
})

test('a meeting is revised to an own rule, and keeps that version when it is changed afterwards', async () => {
  const first = await save(1, share(4))
  expect(codeOf(await facilitator.order({ type: 'reviseMeeting', presetCode: 'ownMeeting1' }))).toBe(
    'accepted',
  )
  await facilitator.until(({ state }) => state.preset.code === 'ownMeeting1')
  await save(2, share(5))
  const pollId = await openPollBy(facilitator)
  expect(facilitator.state.polls[pollId]?.preset).toEqual(first)
})

test('orders given at once are decided in turn, each under the rule it names', async () => {
  await save(1, share(4))
  const answers = await Promise.all([
    facilitator.order({ type: 'reviseMeeting', presetCode: 'ownMeeting1' }),
    facilitator.order({ type: 'reviseMeeting', title: '改过的会' }),
    facilitator.order({ type: 'reviseMeeting', presetCode: 'nantang' }),
    facilitator.order({ type: 'reviseMeeting', presetCode: 'ownNone111' }),
  ])
  expect(answers.map(codeOf)).toEqual(['accepted', 'accepted', 'accepted', 'presetUnknown'])
  await facilitator.until(({ state }) => state.preset.code === 'nantang')
  expect(facilitator.state.title).toBe('改过的会')
})
