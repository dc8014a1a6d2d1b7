import { describe, expect, test } from 'vitest'
import { checkBallotFor, checkHandsFor } from '../../shared/meeting/pollChecks.ts'
import type { NamedBallot } from '../../shared/meeting/state.ts'
import { liveBase } from '../../shared/views/polls.ts'
import { sceneOf } from '../../shared/views/sceneOf.ts'
import { clerk, facilitator, MeetingOnPaper, outcome, seatActor, seatsOf } from './given.ts'

const ballot = (seatId: string, choice: string): NamedBallot => ({
  seatId,
  source: 'device',
  choice: { choice },
  receipt: 'R',
})

const ballots = (letter: string, yes: number, no = 0): NamedBallot[] =>
  Array.from({ length: yes + no }, (_, i) =>
    ballot(`st_${letter}${String(i + 1).padStart(3, '0')}`, i < yes ? 'yes' : 'no'),
  )

describe('opening a poll', () => {
  test('asks for the quorum at every opening and says by how many it is short', () => {
    const seats = seatsOf(55, 0, 0)
    const meeting = new MeetingOnPaper(seats, 'repAssembly').inSession(
      seats.slice(0, 37).map((s) => s.seatId),
    )
    expect(outcome(meeting.when(meeting.poll()))).toBe('accepted')
    meeting.given({ type: 'leave', seatId: 'st_v001' })
    const decision = meeting.when(meeting.poll())
    expect(decision).toMatchObject({
      ok: false,
      refusal: { code: 'quorumNotMet', detail: { have: 36, need: 37, short: 1 } },
    })
  })

  test('freezes who is present, through which channel, and the text', () => {
    const meeting = new MeetingOnPaper().inSession()
    meeting.given({ type: 'setChannel', seatId: 'st_v002', channel: 'clerk' })
    const pollId = meeting.openPoll()
    const poll = meeting.state.polls[pollId]
    expect(poll?.electors).toHaveLength(6)
    expect(poll?.electors.find(({ seatId }) => seatId === 'st_v002')?.channel).toBe('clerk')
    expect(poll?.text.sha256).toHaveLength(64)
    meeting.given({ type: 'leave', seatId: 'st_v001' })
    expect(meeting.state.polls[pollId]?.roll.find(({ partyId }) => partyId === 'pt_village')?.present).toBe(2)
  })

  test('is refused while another is open, without a text, for an unknown item or preset', () => {
    const meeting = new MeetingOnPaper().inSession()
    expect(outcome(meeting.when(meeting.poll(), facilitator, {}))).toBe('textMissing')
    expect(outcome(meeting.when({ ...meeting.poll(), itemId: 'it_nowhere' }))).toBe('itemUnknown')
    expect(outcome(meeting.when({ ...meeting.poll(), presetCode: 'constructor' }))).toBe('presetUnknown')
    meeting.openPoll()
    expect(outcome(meeting.when(meeting.poll()))).toBe('pollAlreadyOpen')
    expect(outcome(meeting.when({ type: 'moveAgendaTo', itemId: meeting.addItem('下一项') }))).toBe(
      'pollStillOpen',
    )
    expect(outcome(meeting.when({ type: 'closeMeeting' }))).toBe('pollStillOpen')
  })

  test('in secret leaves paper and counted hands, and no device', () => {
    const meeting = new MeetingOnPaper(seatsOf(2, 1, 1)).inSession()
    meeting.given({ type: 'setChannel', seatId: 'st_v002', channel: 'clerk' }, clerk)
    const pollId = meeting.openPoll({ secrecy: 'secret', show: 'live' })
    const poll = meeting.state.polls[pollId]
    expect(poll?.electors.map(({ channel }) => channel)).toEqual(['paper', 'clerk', 'paper', 'paper'])
    expect(poll?.show).toBe('hidden')
    const cast = { type: 'castBallot', pollId, choice: { choice: 'yes' } } as const
    expect(checkBallotFor(meeting.state, cast, seatActor('st_v001'))).toMatchObject({
      refusal: { code: 'secretByDevice' },
    })
    expect(checkBallotFor(meeting.state, { ...cast, seatId: 'st_v002' }, clerk)).toMatchObject({
      refusal: { code: 'secretByDevice' },
    })
  })

  test('for an office is on paper in secret, whatever was asked', () => {
    const meeting = new MeetingOnPaper(seatsOf(3, 0, 0)).inSession()
    meeting.given({ type: 'setChannel', seatId: 'st_v002', channel: 'clerk' }, clerk)
    const pollId = meeting.openPoll({ presetCode: 'officeRecall' })
    expect(meeting.state.polls[pollId]).toMatchObject({ secrecy: 'secret', changeable: false })
    expect(meeting.state.polls[pollId]?.electors.every(({ channel }) => channel === 'paper')).toBe(true)
  })
})

describe('closing a poll', () => {
  test('judges overall and in each party, and shows the result on the stage', () => {
    const meeting = new MeetingOnPaper(seatsOf(5, 5, 10)).inSession()
    const pollId = meeting.openPoll()
    const urn = { ballots: [...ballots('v', 5), ...ballots('e', 2, 3), ...ballots('r', 9, 1)], hands: [] }
    meeting.given({ type: 'closePoll', pollId }, facilitator, { urn })
    const poll = meeting.state.polls[pollId]
    expect(poll?.status).toBe('closed')
    expect(poll?.result?.outcome).toBe('failed')
    expect(poll?.result?.totals).toEqual({ yes: 16, no: 4, abstain: 0 })
    expect(poll?.result?.why.zh).toContain('企业')
    expect(sceneOf(meeting.state)).toBe('result')
  })

  test('counts hands of a party beside devices', () => {
    const meeting = new MeetingOnPaper(seatsOf(3, 3, 3)).inSession()
    meeting.given({ type: 'setChannel', seatId: 'st_r002', channel: 'clerk' }, clerk)
    meeting.given({ type: 'setChannel', seatId: 'st_r003', channel: 'clerk' }, clerk)
    const pollId = meeting.openPoll()
    const hands = [{ partyId: 'pt_resident', counts: { yes: 2 }, countedBy: clerk.actorId, witness: '' }]
    const urn = { ballots: [...ballots('v', 3), ...ballots('e', 3), ballot('st_r001', 'no')], hands }
    meeting.given({ type: 'closePoll', pollId }, facilitator, { urn })
    expect(meeting.state.polls[pollId]?.result).toMatchObject({
      outcome: 'passed',
      totals: { yes: 8, no: 1, abstain: 0 },
    })
  })

  test('a recused seat stays in the denominator under a statutory preset and cannot vote', () => {
    const seats = seatsOf(55, 0, 0)
    const meeting = new MeetingOnPaper(seats, 'repAssembly').inSession(
      seats.slice(0, 37).map((s) => s.seatId),
    )
    meeting.given({ type: 'recuse', itemId: meeting.item(0), reason: '亲属承包' }, seatActor('st_v001'))
    const pollId = meeting.openPoll()
    const cast = { type: 'castBallot', pollId, choice: { choice: 'yes' } } as const
    expect(checkBallotFor(meeting.state, cast, seatActor('st_v001'))).toMatchObject({
      ok: false,
      refusal: { code: 'recused' },
    })
    const all = ballots('v', 19).slice(1)
    meeting.given({ type: 'closePoll', pollId }, facilitator, { urn: { ballots: all, hands: [] } })
    expect(meeting.state.polls[pollId]?.result).toMatchObject({ outcome: 'failed', base: { count: 37 } })
  })

  test('a ballot after closing is refused and recorded as refused, a bounded number of times', () => {
    const meeting = new MeetingOnPaper().inSession()
    const pollId = meeting.openPoll()
    meeting.given({ type: 'closePoll', pollId }, facilitator, { urn: { ballots: [], hands: [] } })
    const cast = { type: 'castBallot', pollId, choice: { choice: 'yes' } } as const
    const before = meeting.events.length
    for (let i = 0; i < 5; i += 1)
      expect(outcome(meeting.tried(cast, seatActor('st_v001')))).toBe('pollClosed')
    expect(meeting.events.length - before).toBe(3)
    expect(meeting.state.polls[pollId]?.late).toEqual({ st_v001: 3 })
    expect(meeting.state.polls[pollId]?.result?.totals).toEqual({ yes: 0, no: 0, abstain: 0 })
  })
})

describe('a choice between options', () => {
  const options = [
    { optionId: 'op_a', label: '沥青路面' },
    { optionId: 'op_b', label: '透水砖' },
  ]

  test('has running shares of the ballots cast, and a reason that names the party that missed', () => {
    const meeting = new MeetingOnPaper(seatsOf(3, 3, 3)).inSession()
    const pollId = meeting.openPoll({ method: { kind: 'chooseOne' }, options, show: 'live' })
    const poll = meeting.state.polls[pollId]
    expect(poll && liveBase(poll, 7)).toEqual({ of: 'cast', count: 7 })
    const chosen = (letter: string, n: number) =>
      ballots(letter, n).map((one) => ({ ...one, choice: { choice: 'op_a' } }))
    const urn = { ballots: [...chosen('v', 3), ...chosen('e', 1), ...chosen('r', 3)], hands: [] }
    meeting.given({ type: 'closePoll', pollId }, facilitator, { urn })
    const result = meeting.state.polls[pollId]?.result
    expect(result).toMatchObject({ outcome: 'failed', base: { of: 'cast', count: 7 } })
    expect(result?.why.zh).toContain('沥青路面在企业须超过 1.5')
    expect(result?.why.en).toContain('沥青路面 in Enterprises needed more than 1.5, had 1')
  })
})

describe('a ballot', () => {
  const meeting = new MeetingOnPaper().inSession()
  meeting.given({ type: 'setChannel', seatId: 'st_r001', channel: 'clerk' })
  meeting.given({ type: 'admitObserver', seatId: 'st_o001' })
  const pollId = meeting.openPoll()
  const cast = (choice: { choice: string } | { choices: string[] }, seatId?: string) =>
    ({ type: 'castBallot', pollId, choice, ...(seatId ? { seatId } : {}) }) as const
  const codeOf = (result: ReturnType<typeof checkBallotFor>) => (result.ok ? 'accepted' : result.refusal.code)

  test.each([
    ['of a present member counts', cast({ choice: 'yes' }), seatActor('st_v001'), 'accepted'],
    [
      'for an option that is not there is refused',
      cast({ choice: 'maybe' }),
      seatActor('st_v001'),
      'optionUnknown',
    ],
    ['of another form is refused', cast({ choices: ['yes'] }), seatActor('st_v001'), 'malformed'],
    ['for somebody else is refused', cast({ choice: 'yes' }, 'st_v002'), seatActor('st_v001'), 'notAllowed'],
    ['of an observer is refused', cast({ choice: 'yes' }), seatActor('st_o001'), 'observerCannot'],
    ['of an unknown seat is refused', cast({ choice: 'yes' }), seatActor('st_nobody'), 'seatUnknown'],
    ['by the clerk for a seat is taken', cast({ choice: 'no' }, 'st_r001'), clerk, 'accepted'],
  ])('%s', (_, command, by, expected) => {
    expect(codeOf(checkBallotFor(meeting.state, command, by))).toBe(expected)
  })

  test('hands are counted only for known parties and options', () => {
    const count = (partyId: string, counts: Record<string, number>) =>
      checkHandsFor(meeting.state, { type: 'countHands', pollId, partyId, counts, witness: '' })
    expect(count('pt_resident', { yes: 1 })).toMatchObject({ ok: true, value: { hands: 1 } })
    expect(count('pt_nowhere', { yes: 1 })).toMatchObject({ refusal: { code: 'partyUnknown' } })
    expect(count('pt_resident', { perhaps: 1 })).toMatchObject({ refusal: { code: 'optionUnknown' } })
  })
})
