// Composing a poll, and knowing who has not voted.
import { describe, expect, it } from 'vitest'
import {
  type Composition,
  composedKinds,
  newComposition,
  openPollOf,
  problemsOf,
} from '../../client/facilitator/poll/composition.ts'
import { handsMax, missingVotes, notVotedCount } from '../../client/facilitator/poll/turnout.ts'
import { command } from '../../shared/meeting/commands.ts'
import { presetByCode } from '../../shared/rules/presets.ts'
import type { Tally } from '../../shared/wire/live.ts'
import { clerk, MeetingOnPaper, outcome } from '../meeting/given.ts'

const tripartite = presetByCode('tripartite')
if (tripartite === undefined) throw new Error('no preset tripartite')

const composition: Composition = newComposition('是否同意停车收费方案?', tripartite)

describe('composing', () => {
  it('says what is missing', () => {
    expect(problemsOf(composition)).toEqual([])
    expect(problemsOf({ ...composition, question: ' ' })).toEqual(['questionMissing'])
    const choose: Composition = { ...composition, kind: 'chooseOne' }
    expect(problemsOf({ ...choose, options: ['甲', ' '] })).toEqual(['optionsFew'])
    expect(problemsOf({ ...choose, options: ['甲', '甲 '] })).toEqual(['optionsTwice'])
    const upTo: Composition = { ...composition, kind: 'chooseUpTo', options: ['甲', '乙'] }
    expect(problemsOf({ ...upTo, max: '3' })).toEqual(['maxWrong'])
    expect(problemsOf({ ...upTo, max: '一' })).toEqual(['maxWrong'])
    expect(problemsOf(upTo)).toEqual([])
  })

  it('becomes an order that the schema takes and the meeting obeys, for every method', () => {
    for (const kind of composedKinds) {
      const meeting = new MeetingOnPaper().inSession()
      const itemId = `it_${'0'.repeat(16)}`
      const order = openPollOf(itemId, { ...composition, kind, options: [' 甲 ', '', '乙'] })
      expect(command.safeParse(order).success, kind).toBe(true)
      expect(order.options.map(({ label }) => label)).toEqual(kind === 'yesNo' ? [] : ['甲', '乙'])
      expect(outcome(meeting.when({ ...order, itemId: meeting.item(0) }))).toBe('accepted')
    }
  })

  it('does not ask for changing where the rule forbids it', () => {
    const fixed = { ...tripartite, ballotChange: false }
    expect(openPollOf('it_1', { ...composition, preset: fixed }).changeable).toBe(false)
  })
})

describe('turnout', () => {
  const polling = () => {
    const meeting = new MeetingOnPaper().inSession()
    for (const seatId of ['st_r001', 'st_r002']) {
      meeting.given({ type: 'setChannel', seatId, channel: 'clerk' }, clerk)
    }
    const pollId = meeting.openPoll()
    const poll = meeting.state.polls[pollId]
    if (poll === undefined) throw new Error('no poll')
    return { meeting, poll }
  }

  const tally = (seats: string[], hands: Record<string, number> = {}): Tally => ({
    pollId: 'po_1',
    cast: seats.length + Object.values(hands).reduce((sum, count) => sum + count, 0),
    electors: 6,
    byParty: [],
    byOption: null,
    seats,
    hands,
    castWeight: seats.length,
    papers: [],
  })

  const reachOf = (missing: ReturnType<typeof missingVotes>) =>
    Object.fromEntries(missing.map(({ seatId, reach }) => [seatId, reach]))

  it('tells who has not voted by how they can be reached', () => {
    const { meeting, poll } = polling()
    const missing = missingVotes(
      meeting.state,
      poll,
      tally(['st_v001']),
      new Set(['st_v001', 'st_v002', 'st_e001']),
    )
    expect(reachOf(missing)).toEqual({
      st_v002: 'connected',
      st_e001: 'connected',
      st_e002: 'disconnected',
      st_r001: 'clerk',
      st_r002: 'clerk',
    })
    expect(notVotedCount(missing, tally(['st_v001']))).toBe(5)
  })

  it('follows a seat that goes over to the clerk while the vote is open', () => {
    const { meeting, poll } = polling()
    meeting.given({ type: 'setChannel', seatId: 'st_e002', channel: 'clerk' }, clerk)
    const missing = missingVotes(meeting.state, poll, null, new Set())
    expect(reachOf(missing).st_e002).toBe('clerk')
  })

  it('never lets more hands be counted than seats of the clerk without a ballot', () => {
    const { meeting, poll } = polling()
    const before = missingVotes(meeting.state, poll, tally([]), new Set())
    expect(handsMax(before, 'pt_resident')).toBe(2)
    expect(handsMax(before, 'pt_village')).toBe(0)
    const after = missingVotes(meeting.state, poll, tally(['st_r001']), new Set())
    expect(handsMax(after, 'pt_resident')).toBe(1)
  })

  it('does not list seats of the clerk once hands account for all of them', () => {
    const { meeting, poll } = polling()
    const some = missingVotes(meeting.state, poll, tally([], { pt_resident: 1 }), new Set())
    expect(some.filter(({ isCounted }) => !isCounted)).toHaveLength(6)
    expect(notVotedCount(some, tally([], { pt_resident: 1 }))).toBe(5)
    const all = missingVotes(meeting.state, poll, tally([], { pt_resident: 2 }), new Set())
    expect(all.filter(({ isCounted }) => isCounted).map(({ seatId }) => seatId)).toEqual([
      'st_r001',
      'st_r002',
    ])
    expect(handsMax(all, 'pt_resident')).toBe(2)
  })
})
