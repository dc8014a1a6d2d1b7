// Where ballots come from and what they weigh: households, proxies, papers, blocks of items, ties.
import { describe, expect, test } from 'vitest'
import { boxesOf, checkPaperFor, sortedSheet } from '../../shared/meeting/paper.ts'
import { checkBallotFor, checkHandsFor } from '../../shared/meeting/pollChecks.ts'
import type { NamedBallot, Seat } from '../../shared/meeting/state.ts'
import { presets } from '../../shared/rules/presets.ts'
import { attendance } from '../../shared/views/attendance.ts'
import { outcomeOf } from '../../shared/views/polls.ts'
import { clerk, facilitator, MeetingOnPaper, outcome, seatActor, seatsOf, text } from './given.ts'

const ballot = (seatId: string, choice: string): NamedBallot => ({
  seatId,
  source: 'device',
  choice: { choice },
  receipt: 'R',
})

describe('weights and households', () => {
  const reps = (households: readonly number[]): Seat[] =>
    households.map((n, i) => ({
      seatId: `st_v${String(i + 1).padStart(3, '0')}`,
      partyId: 'pt_village',
      role: 'member',
      households: n,
    }))
  const sixteen = [...Array(15).fill(6), 14]
  const here = [...sixteen, ...Array(10).fill(10), 12]
  const away = [104]

  test.each([
    [sixteen, 'failed', 104],
    [[...Array(15).fill(6), 19], 'passed', 109],
  ])('of those represented, more than half must be for', (forIt, expected, yes) => {
    const others = 216 - forIt.reduce((sum, n) => sum + n, 0)
    const meeting = new MeetingOnPaper(
      reps([...forIt, ...Array(10).fill(1), others - 10, ...away]),
      'caseByCase',
    )
    const present = Object.keys(meeting.state.seats).slice(0, 27)
    meeting.inSession(present)
    const pollId = meeting.openPoll()
    const poll = meeting.state.polls[pollId]
    expect(poll?.quorum).toMatchObject({ basis: 'households', have: 216, need: 214, of: 320 })
    const cast = present.map((seatId, i) => ballot(seatId, i < 16 ? 'yes' : 'no'))
    meeting.given({ type: 'closePoll', pollId }, facilitator, { urn: { ballots: cast, hands: [] } })
    expect(meeting.state.polls[pollId]?.result).toMatchObject({
      outcome: expected,
      totals: { yes },
      base: { of: 'household', count: 216 },
    })
  })

  test('where seats weigh differently, ballots name their seat', () => {
    const meeting = new MeetingOnPaper(reps([...here, ...away]), 'caseByCase').inSession()
    expect(outcome(meeting.when({ ...meeting.poll(), secrecy: 'secret' }))).toBe('weighedByName')
    const pollId = meeting.openPoll()
    const hands = { type: 'countHands', pollId, partyId: 'pt_village', counts: {}, witness: '' } as const
    expect(checkHandsFor(meeting.state, hands)).toMatchObject({ refusal: { code: 'weighedByName' } })
  })

  test('between villages every unit concurs, by a rule of its own where it names one', () => {
    const meeting = new MeetingOnPaper(seatsOf(3, 3, 0), 'crossVillage').inSession()
    const odd = { ...meeting.poll(), unitPresetCodes: { pt_village: 'crossVillage' } }
    expect(outcome(meeting.when(odd))).toBe('unitPresetOdd')
    const pollId = meeting.openPoll({ unitPresetCodes: { pt_village: 'simple' } })
    const urn = {
      ballots: [ballot('st_v001', 'yes'), ballot('st_e001', 'yes'), ballot('st_e002', 'yes')],
      hands: [],
    }
    meeting.given({ type: 'closePoll', pollId }, facilitator, { urn })
    expect(meeting.state.polls[pollId]?.result?.outcome).toBe('passed')
  })
})

describe('proxies', () => {
  const household = (seats: Seat[]): Seat[] =>
    seats.map((seat, i) => ({ ...seat, household: i < 2 ? 'hh_0001' : `hh_000${i}` }))
  const give = (fromSeatId: string, toSeatId: string) =>
    ({ type: 'giveProxy', fromSeatId, toSeatId, document: '委托书' }) as const

  test('count as present, and the holder casts for both', () => {
    const meeting = new MeetingOnPaper(household(seatsOf(3, 0, 0)), 'ceoAssembly')
    meeting.inSession(['st_v002', 'st_v003'])
    meeting.given(give('st_v001', 'st_v002'), clerk)
    expect(attendance(meeting.state)).toMatchObject({ present: 2, byProxy: 1, quorum: { have: 3 } })
    const pollId = meeting.openPoll()
    const poll = meeting.state.polls[pollId]
    expect(poll?.electors[0]).toEqual({
      seatId: 'st_v001',
      partyId: 'pt_village',
      channel: 'proxy',
      heldBy: 'st_v002',
    })
    const cast = { type: 'castBallot', pollId, seatId: 'st_v001', choice: { choice: 'yes' } } as const
    expect(checkBallotFor(meeting.state, cast, seatActor('st_v002'))).toMatchObject({
      value: { source: 'proxy' },
    })
    expect(checkBallotFor(meeting.state, cast, seatActor('st_v003'))).toMatchObject({
      refusal: { code: 'notAllowed' },
    })
    expect(checkBallotFor(meeting.state, cast, clerk)).toMatchObject({ value: { source: 'proxy' } })
    const own = { type: 'castBallot', pollId, choice: { choice: 'yes' } } as const
    expect(checkBallotFor(meeting.state, own, seatActor('st_v001'))).toMatchObject({
      refusal: { code: 'otherSource' },
    })
  })

  test('outside the household are listed with the poll and do not count', () => {
    const meeting = new MeetingOnPaper(household(seatsOf(4, 0, 0)), 'ceoAssembly')
    meeting.inSession(['st_v002', 'st_v003', 'st_v004'])
    meeting.given(give('st_v001', 'st_v003'), clerk)
    const pollId = meeting.openPoll()
    expect(meeting.state.polls[pollId]?.proxiesRefused).toEqual([
      { fromSeatId: 'st_v001', code: 'otherHousehold' },
    ])
    expect(meeting.state.polls[pollId]?.electors).toHaveLength(3)
  })

  test('end when whoever gave one arrives, and cannot be given by somebody who is here', () => {
    const meeting = new MeetingOnPaper(household(seatsOf(3, 0, 0)), 'ceoAssembly').inSession(['st_v002'])
    meeting.given(give('st_v001', 'st_v002'), clerk)
    meeting.given({ type: 'checkIn' }, seatActor('st_v001'))
    expect(meeting.state.proxies).toEqual({})
    expect(outcome(meeting.when(give('st_v001', 'st_v002'), clerk))).toBe('proxyRefused')
    expect(outcome(meeting.when(give('st_v003', 'st_v003'), clerk))).toBe('proxyRefused')
    expect(outcome(meeting.when({ type: 'endProxy', fromSeatId: 'st_v003' }, clerk))).toBe('proxyUnknown')
  })
})

describe('papers', () => {
  const sheet = (yes: number, no: number) => ({
    lines: [
      { choice: { choice: 'no' }, count: no },
      { choice: { choice: 'yes' }, count: yes },
    ].filter(({ count }) => count > 0),
    blank: 0,
    spoiled: 0,
    box: yes + no,
    handedOut: yes + no,
  })

  test('are counted by party where each party is asked, else in one box', () => {
    const meeting = new MeetingOnPaper(seatsOf(3, 3, 3)).inSession()
    const byParty = meeting.openPoll({ secrecy: 'secret' })
    const asked = meeting.state.polls[byParty]
    expect(asked && boxesOf(asked)).toEqual(['pt_village', 'pt_enterprise', 'pt_resident'])
    const other = new MeetingOnPaper(seatsOf(3, 3, 3), 'simple').inSession()
    const together = other.openPoll({ secrecy: 'secret' })
    const one = other.state.polls[together]
    expect(one && boxesOf(one)).toEqual([null])
  })

  test('come to the result beside hands, and a box on which tellers differ keeps the poll open', () => {
    const meeting = new MeetingOnPaper(seatsOf(4, 0, 0), 'simple').inSession()
    const pollId = meeting.openPoll({ secrecy: 'secret' })
    const unsettled = meeting.when({ type: 'closePoll', pollId }, facilitator, { urn: 'unsettled' })
    expect(outcome(unsettled)).toBe('paperUnsettled')
    const papers = [{ ...sheet(3, 1), partyId: null, tellers: ['ac_a', 'ac_b'] }]
    const urn = { ballots: [], hands: [], papers }
    meeting.given({ type: 'closePoll', pollId }, facilitator, { urn })
    expect(meeting.state.polls[pollId]).toMatchObject({
      result: { outcome: 'passed', totals: { yes: 3, no: 1 } },
      papers: [{ box: 4 }],
    })
  })

  test.each([
    [{ ...sheet(1, 1), box: 3 }, 'paperBroken'],
    [{ ...sheet(2, 1), handedOut: 2 }, 'paperBroken'],
    [{ ...sheet(0, 0), lines: [{ choice: { choice: 'op_1' }, count: 1 }], box: 1 }, 'optionUnknown'],
    [{ ...sheet(0, 0), lines: [{ choice: { choices: [] }, count: 1 }], box: 1, handedOut: 1 }, 'malformed'],
  ])('that cannot be are refused', (odd, code) => {
    const meeting = new MeetingOnPaper(seatsOf(4, 0, 0), 'simple').inSession()
    const pollId = meeting.openPoll({ secrecy: 'secret' })
    const entered = { type: 'enterPaper', pollId, partyId: null, sheet: odd } as const
    expect(checkPaperFor(meeting.state, entered)).toMatchObject({ refusal: { code } })
  })

  test('that say the same are one bundle, in whatever order they were written down', () => {
    const one = { choice: { choices: ['op_2', 'op_1'] }, count: 1 }
    const same = { choice: { choices: ['op_1', 'op_2'] }, count: 2 }
    const rest = { blank: 0, spoiled: 0, box: 3, handedOut: 3 }
    expect(sortedSheet({ lines: [one, same], ...rest })).toEqual({
      lines: [{ choice: { choices: ['op_1', 'op_2'] }, count: 3 }],
      ...rest,
    })
  })
})

describe('a block of items', () => {
  test('is decided at once, with every text frozen, and whoever is recused on one has no vote', () => {
    const meeting = new MeetingOnPaper(seatsOf(3, 0, 0), 'simple').inSession()
    const second = meeting.addItem('二')
    meeting.given({ type: 'recuse', itemId: second, reason: '' }, seatActor('st_v001'))
    const order = { ...meeting.poll(), covers: [second] }
    expect(outcome(meeting.when(order))).toBe('textMissing')
    const facts = { text, texts: { [second]: { ...text, draftId: 'dr_other' } } }
    meeting.given(order, facilitator, facts)
    const poll = meeting.state.polls[meeting.state.pollOrder[0] ?? '']
    expect(poll?.covers).toEqual([{ itemId: second, text: { ...text, draftId: 'dr_other' } }])
    expect(poll?.recused).toEqual(['st_v001'])
    expect(outcome(meeting.when({ ...order, covers: [order.itemId] }, facilitator, facts))).toBe('malformed')
  })
})

describe('a tie', () => {
  const chairs = presets
    .filter(({ code }) => code === 'simple')
    .map((simple) => ({ ...simple, code: 'chairs', ties: 'chair' as const }))
  const tied = () => {
    const meeting = new MeetingOnPaper(seatsOf(2, 0, 0), 'simple', chairs).inSession()
    const pollId = meeting.openPoll({ presetCode: 'chairs' })
    const urn = { ballots: [ballot('st_v001', 'yes'), ballot('st_v002', 'no')], hands: [] }
    meeting.given({ type: 'closePoll', pollId }, facilitator, { urn })
    return { meeting, pollId }
  }

  test('left to the chair by the rule is broken once, on record', () => {
    const { meeting, pollId } = tied()
    expect(meeting.state.polls[pollId]?.result?.outcome).toBe('tied')
    expect(outcome(meeting.when({ type: 'breakTie', pollId, winners: ['abstain'] }))).toBe('optionUnknown')
    meeting.given({ type: 'breakTie', pollId, winners: ['yes'] })
    const poll = meeting.state.polls[pollId]
    expect(poll && outcomeOf(poll)).toEqual({ outcome: 'passed', winners: ['yes'] })
    expect(outcome(meeting.when({ type: 'breakTie', pollId, winners: ['no'] }))).toBe('noTie')
  })

  test('under another rule is not for the chair', () => {
    const meeting = new MeetingOnPaper(seatsOf(2, 0, 0), 'simple').inSession()
    const pollId = meeting.openPoll()
    meeting.given({ type: 'closePoll', pollId }, facilitator, { urn: { ballots: [], hands: [] } })
    expect(outcome(meeting.when({ type: 'breakTie', pollId, winners: ['yes'] }))).toBe('noTie')
  })
})
