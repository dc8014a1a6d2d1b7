// A teller's own count while it is typed, the boxes of a poll, and what a poll would open with.
import { describe, expect, it } from 'vitest'
import { boxesIn, unsettled } from '../../client/facilitator/poll/boxes.ts'
import { openingView } from '../../client/facilitator/poll/opening.ts'
import {
  countOf,
  type EntryTexts,
  entryOf,
  newEntry,
  withBundle,
  withoutBundle,
} from '../../client/facilitator/poll/paperEntry.ts'
import { checkPaperFor } from '../../shared/meeting/paper.ts'
import { presetByCode } from '../../shared/rules/presets.ts'
import type { PaperTally, Tally } from '../../shared/wire/live.ts'
import { clerk, MeetingOnPaper, seatActor, seatsOf } from '../meeting/given.ts'

const typed = (change: Partial<EntryTexts>): EntryTexts => ({ ...newEntry(6), ...change })
const problemOf = (change: Partial<EntryTexts>) => entryOf(typed(change), 6).problem

describe("a teller's count", () => {
  it('is checked while it is typed', () => {
    const options = { yes: '3', no: '1', abstain: '' }
    expect(problemOf({ options })).toBe('boxMissing')
    expect(problemOf({ options, box: '5' })).toBe('sumNotBox')
    expect(problemOf({ options, box: '5', blank: '1' })).toBeNull()
    expect(problemOf({ options, box: '5', spoiled: '1' })).toBeNull()
    expect(problemOf({ options, box: '4', handedOut: '3' })).toBe('boxOverHandedOut')
    expect(problemOf({ options, box: '4', handedOut: '7' })).toBe('handedOutOverSeats')
    expect(problemOf({ options: { yes: '-1' }, box: '0' })).toBe('notWhole')
    expect(problemOf({ options, box: 'x' })).toBe('notWhole')
    expect([countOf(''), countOf('1.5'), countOf(' 4 ')]).toEqual([0, null, 4])
  })

  it('without a problem is taken by the hall', () => {
    const meeting = new MeetingOnPaper(seatsOf(6, 0, 0), 'simple').inSession()
    const pollId = meeting.openPoll({ secrecy: 'secret' })
    const { sheet, problem } = entryOf(typed({ options: { yes: '3', no: '2' }, blank: '1', box: '6' }), 6)
    expect(problem).toBeNull()
    expect(checkPaperFor(meeting.state, { type: 'enterPaper', pollId, partyId: null, sheet }).ok).toBe(true)
  })

  it('puts papers that say the same on one bundle', () => {
    const one = withBundle(typed({}), { choices: ['op_2', 'op_1'] }, 1)
    const two = withBundle(one, { choices: ['op_1', 'op_2'] }, 2)
    expect(two.bundles).toEqual([{ choice: { choices: ['op_1', 'op_2'] }, count: 3 }])
    expect(entryOf({ ...two, box: '3' }, 6)).toMatchObject({ sum: 3, problem: null })
    expect(withoutBundle(two, 0).bundles).toEqual([])
  })
})

describe('the boxes of a poll', () => {
  const secret = () => {
    const meeting = new MeetingOnPaper(seatsOf(2, 2, 0)).inSession()
    const pollId = meeting.openPoll({ secrecy: 'secret' })
    const poll = meeting.state.polls[pollId]
    if (poll === undefined) throw new Error('no poll')
    return { meeting, poll }
  }
  const tallyWith = (...papers: PaperTally[]): Tally => ({
    pollId: 'po_1',
    cast: 0,
    castWeight: 0,
    electors: 4,
    byParty: [],
    byOption: null,
    seats: [],
    hands: {},
    papers,
  })
  const counted = (partyId: string, state: PaperTally['state']): PaperTally => ({
    partyId,
    state,
    tellers: [],
    differs: [],
    sheet: null,
  })

  it('are those that somebody may have put a paper into, as the seats vote now', () => {
    const { meeting, poll } = secret()
    expect(boxesIn(meeting.state, poll, null).map(({ partyId, seats }) => [partyId, seats])).toEqual([
      ['pt_village', 2],
      ['pt_enterprise', 2],
    ])
    meeting.given({ type: 'setChannel', seatId: 'st_v001', channel: 'clerk' }, clerk)
    expect(boxesIn(meeting.state, poll, null)[0]?.seats).toBe(1)
  })

  it('are missing before anybody counted, and open until two agree', () => {
    const { meeting, poll } = secret()
    const boxes = boxesIn(meeting.state, poll, tallyWith(counted('pt_village', 'recount')))
    expect(unsettled(boxes).missing.map(({ partyId }) => partyId)).toEqual(['pt_enterprise'])
    expect(unsettled(boxes).open.map(({ partyId }) => partyId)).toEqual(['pt_village'])
    const agreed = boxesIn(meeting.state, poll, tallyWith(counted('pt_village', 'agreed')))
    expect(unsettled(agreed).open).toEqual([])
  })
})

describe('what a poll would open with', () => {
  it('is what it then opens with: quorum, recusals, proxies and ways of voting', () => {
    const seats = seatsOf(5, 0, 0).map((seat, i) => ({
      ...seat,
      household: i < 2 ? 'hh_0001' : `hh_000${i}`,
    }))
    const meeting = new MeetingOnPaper(seats, 'ceoAssembly')
    meeting.inSession(['st_v002', 'st_v003', 'st_v004'])
    const document = '委托书'
    meeting.given({ type: 'giveProxy', fromSeatId: 'st_v001', toSeatId: 'st_v002', document }, clerk)
    meeting.given({ type: 'giveProxy', fromSeatId: 'st_v005', toSeatId: 'st_v003', document }, clerk)
    meeting.given({ type: 'setChannel', seatId: 'st_v004', channel: 'clerk' }, clerk)
    meeting.given({ type: 'recuse', itemId: meeting.item(0), reason: '' }, seatActor('st_v003'))
    const { preset } = meeting.state
    const ask = { itemIds: [meeting.item(0)], preset, unitPresets: {}, isSecret: false }
    const view = openingView(meeting.state, ask)
    const pollId = meeting.openPoll()
    const poll = meeting.state.polls[pollId]
    expect(view.quorum).toEqual(poll?.quorum)
    expect(view.recused).toBe(poll?.recused.length)
    expect(view.proxiesRefused).toEqual(poll?.proxiesRefused)
    for (const channel of ['device', 'clerk', 'paper', 'proxy'] as const) {
      expect(view.by[channel]).toBe(poll?.electors.filter((one) => one.channel === channel).length)
    }
    expect(openingView(meeting.state, { ...ask, isSecret: true }).by).toMatchObject({ device: 0, paper: 2 })
  })

  it('asks no quorum where the rule has none', () => {
    const simple = presetByCode('simple')
    if (simple === undefined) throw new Error('no preset')
    const meeting = new MeetingOnPaper(seatsOf(2, 0, 0), 'simple').inSession()
    const ask = { itemIds: [], preset: simple, unitPresets: {}, isSecret: false }
    expect(openingView(meeting.state, ask).quorum).toBeNull()
  })
})
