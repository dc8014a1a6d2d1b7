// Polls of named seats, as the meeting closes them: the domain's examples again, from ballots to verdict.
import { describe, expect, it } from 'vitest'
import { count } from '../../shared/counting/count.ts'
import type { Poll } from '../../shared/counting/poll.ts'
import { presetOf } from '../rules/rolls.ts'
import { namedBallots, seatsOf, yesNoPoll } from './polls.ts'

describe("villagers' representatives", () => {
  it('18, 16 and 3 of 37 fail; the sheet, the base and the reason agree', () => {
    const result = count(yesNoPoll('repAssembly', seatsOf('v', 55, 37), namedBallots('v', 18, 16, 3)))
    expect(result).toMatchObject({
      outcome: 'failed',
      winners: [],
      totals: { yes: 18, no: 16, abstain: 3 },
      base: { of: 'present', count: 37 },
      shares: { yes: { num: 18, den: 37, perMille: 486 } },
      quorum: { met: true, have: 37, need: 37, short: 0 },
      preset: { code: 'repAssembly', version: 1 },
      ballots: { cast: 37, blank: 0, notVoted: 0 },
      why: { zh: '应到 55，实到 37，须超过 18.5，赞成 18，差 1：未通过（依据第三十条）' },
    })
    expect(result.parties).toEqual([
      {
        partyId: 'v',
        due: 55,
        present: 37,
        recused: 0,
        yes: 18,
        no: 16,
        abstain: 3,
        notVoted: 0,
        totals: { yes: 18, no: 16, abstain: 3 },
      },
    ])
  })

  it('19 pass', () => {
    const result = count(yesNoPoll('repAssembly', seatsOf('v', 55, 37), namedBallots('v', 19, 15, 3)))
    expect(result).toMatchObject({ outcome: 'passed', winners: ['yes'] })
  })

  it('36 present are no quorum', () => {
    const result = count(yesNoPoll('repAssembly', seatsOf('v', 55, 36), []))
    expect(result).toMatchObject({ outcome: 'noQuorum', winners: [], quorum: { met: false, short: 1 } })
  })

  it('a recused seat stays in the base, and one that says nothing is shown', () => {
    const seats = seatsOf('v', 55, 37).map((seat) => (seat.id === 'v36' ? { ...seat, recused: true } : seat))
    const result = count(yesNoPoll('repAssembly', seats, namedBallots('v', 18, 17)))
    expect(result).toMatchObject({ outcome: 'failed', base: { count: 37 }, ballots: { notVoted: 1 } })
    expect(result.parties?.[0]).toMatchObject({ recused: 1, notVoted: 1 })
  })

  it('counts hands and paper beside named ballots', () => {
    const ballots: Poll['ballots'] = [
      ...namedBallots('v', 10),
      { count: 9, choice: { choice: 'yes' } },
      { party: 'v', count: 18, choice: { choice: 'no' } },
    ]
    const result = count(yesNoPoll('repAssembly', seatsOf('v', 55, 37), ballots))
    expect(result).toMatchObject({ outcome: 'passed', totals: { yes: 19, no: 18 }, ballots: { notVoted: 0 } })
    expect(result.parties?.[0]).toMatchObject({ yes: 19, no: 18 })
  })

  it('gives a seat one ballot whatever weight the file claims, and says so', () => {
    const seats = seatsOf('v', 55, 37, { weight: 3 })
    const result = count(yesNoPoll('repAssembly', seats, namedBallots('v', 18, 16)))
    expect(result).toMatchObject({ outcome: 'failed', totals: { yes: 18 }, base: { count: 37 } })
    expect(result.why.zh).toContain('所列权重不计')
  })
})

describe('case by case', () => {
  // 27 representatives present for 216 of 320 households, 16 of them for
  const seats = (yesHouseholds: number) => {
    const spread = (total: number, among: number) =>
      Array.from({ length: among }, (_, index) => Math.floor(total / among) + (index < total % among ? 1 : 0))
    const there = [...spread(yesHouseholds, 16), ...spread(216 - yesHouseholds, 11)]
    return [...there, ...spread(320 - 216, 13)].map((households, index) => ({
      id: `v${index}`,
      party: 'v',
      households,
      present: index < 27,
    }))
  }

  it('16 of 27 heads fail with 104 households behind them, and pass with 109', () => {
    const fails = count(yesNoPoll('caseByCase', seats(104), namedBallots('v', 16, 11)))
    expect(fails).toMatchObject({
      outcome: 'failed',
      totals: { yes: 104, no: 112 },
      base: { of: 'household', count: 216 },
      quorum: { basis: 'households', have: 216, need: 214 },
    })
    expect(fails.parties?.[0]).toMatchObject({ yes: 16, no: 11, due: 40, present: 27 })
    expect(count(yesNoPoll('caseByCase', seats(109), namedBallots('v', 16, 11))).outcome).toBe('passed')
  })

  it('cannot weigh ballots that name no seat', () => {
    expect(() =>
      count(yesNoPoll('caseByCase', seats(104), [{ count: 2, choice: { choice: 'yes' } }])),
    ).toThrow(/seat/)
  })
})

describe('tripartite council', () => {
  const seats = [...seatsOf('村', 5, 5), ...seatsOf('企', 5, 5), ...seatsOf('民', 10, 10)]
  const ballots = [...namedBallots('村', 5), ...namedBallots('企', 2, 3), ...namedBallots('民', 9, 1)]

  it('fails on the enterprises', () => {
    const result = count(yesNoPoll('tripartite', seats, ballots))
    expect(result.outcome).toBe('failed')
    expect(result.conditions?.filter(({ met }) => !met).map(({ scope }) => scope)).toEqual(['企'])
    expect(result.parties?.map(({ partyId, yes }) => [partyId, yes])).toEqual([
      ['村', 5],
      ['企', 2],
      ['民', 9],
    ])
    expect(result.why.en).toContain('enterprise: more than 2.5 needed, 2 for, short by 1')
  })

  it("goes by the meeting's own parties where it lists them", () => {
    const own = seats.map((seat) => ({ ...seat, party: `pt_${seat.party}` }))
    const parties = [
      { id: 'pt_村', name: { zh: '径山村', en: 'Jingshan' } },
      { id: 'pt_企', name: { zh: '茶企', en: 'tea firms' } },
      { id: 'pt_民', name: { zh: '村民', en: 'villagers' } },
    ]
    const result = count({ ...yesNoPoll('tripartite', own, ballots), parties })
    expect(result.why.zh).toContain('茶企：须超过 2.5，赞成 2，差 1')
  })

  it('takes hands counted by party, and refuses hands that name none', () => {
    const hands: Poll['ballots'] = [
      { party: '村', count: 4, choice: { choice: 'yes' } },
      { party: '企', count: 3, choice: { choice: 'yes' } },
      { party: '民', count: 6, choice: { choice: 'yes' } },
    ]
    expect(count(yesNoPoll('tripartite', seats, hands)).outcome).toBe('passed')
    expect(() => count(yesNoPoll('tripartite', seats, [{ count: 13, choice: { choice: 'yes' } }]))).toThrow(
      /party|theirs/,
    )
  })

  it('weighs a seat of weight n as n, in the votes and in the base alike', () => {
    const weighed = seats.map((seat) => ({ ...seat, weight: 3 }))
    const result = count(yesNoPoll('tripartite', weighed, namedBallots('村', 5)))
    expect(result).toMatchObject({
      totals: { yes: 15 },
      base: { count: 60 },
      shares: { yes: { perMille: 250 } },
    })
  })
})

it('judges by a roll where the seats list only those who may vote', () => {
  const poll: Poll = {
    ...yesNoPoll('repAssembly', seatsOf('v', 36, 36), namedBallots('v', 19, 17)),
    roll: [{ partyId: 'v', due: 55, present: 37, recused: 1 }],
  }
  expect(count(poll)).toMatchObject({ outcome: 'passed', base: { count: 37 }, quorum: { have: 37 } })
})

describe('without a preset', () => {
  const poll = (yes: number, no: number): Poll => ({
    method: { kind: 'yesNo' },
    options: ['yes', 'no', 'abstain'],
    ballots: [
      { count: yes, choice: { choice: 'yes' } },
      { count: no, choice: { choice: 'no' } },
    ],
  })

  it('more for than against passes, and a tie stays open', () => {
    expect([count(poll(6, 5)).outcome, count(poll(5, 6)).outcome, count(poll(5, 5)).outcome]).toEqual([
      'passed',
      'failed',
      'tied',
    ])
    expect(count(poll(0, 0)).outcome).toBe('failed')
  })

  it('speaks of nobody due or present where nobody knows', () => {
    expect(count(poll(6, 5)).why.zh).toBe(
      '赞成 6，反对 5，须赞成多于反对：通过（依据未指定规则，以赞成多于反对为准）',
    )
    expect(count(poll(6, 5)).quorum).toBeUndefined()
  })

  it('a published seed decides a tie, always the same way', () => {
    const drawn = count({ ...poll(5, 5), ties: 'lot', seed: 'a' })
    expect(drawn.outcome).toMatch(/passed|failed/)
    expect(drawn.lot?.seed).toBe('a')
    expect(count({ ...poll(5, 5), ties: 'lot', seed: 'a' })).toEqual(drawn)
    expect(count({ ...poll(5, 5), ties: 'lot' }).outcome).toBe('tied')
  })
})

describe('a choice between plans under a preset', () => {
  const plans = (a: number, b: number, c: number): Poll => ({
    preset: presetOf('repAssembly'),
    method: { kind: 'chooseOne' },
    options: ['a', 'b', 'c'],
    seats: seatsOf('v', 55, 37),
    ballots: [
      { count: a, choice: { choice: 'a' } },
      { count: b, choice: { choice: 'b' } },
      { count: c, choice: { choice: 'c' } },
    ],
  })

  it('needs the majority of the preset, not just the lead', () => {
    expect(count(plans(19, 10, 8))).toMatchObject({ outcome: 'elected', winners: ['a'] })
    const result = count(plans(18, 11, 8))
    expect(result).toMatchObject({ outcome: 'failed', winners: [] })
    expect(result.why.zh).toContain('a须超过 18.5，得 18，差 1')
  })

  it('needs the quorum of the preset', () => {
    const result = count({ ...plans(0, 0, 0), seats: seatsOf('v', 55, 30) })
    expect(result).toMatchObject({ outcome: 'noQuorum', winners: [] })
    expect(result.why.zh).toContain('差 7')
  })

  it('a tie fails under its rule of ties', () => {
    const result = count({ ...plans(10, 10, 8), preset: presetOf('simple') })
    expect(result).toMatchObject({ outcome: 'failed', winners: [], tied: ['a', 'b'] })
  })
})
