// Everything that cannot be counted is refused, with a code and in words of both languages.
import { describe, expect, it } from 'vitest'
import { type BallotChoice, checkBallot } from '../../shared/counting/ballot.ts'
import { pollFault } from '../../shared/counting/checkPoll.ts'
import { count } from '../../shared/counting/count.ts'
import type { Method } from '../../shared/counting/method.ts'
import type { Poll } from '../../shared/counting/poll.ts'
import type { RefusalCode } from '../../shared/kernel/refusals.ts'
import { namedBallots, seatsOf, yesNoPoll } from './polls.ts'

describe('one ballot', () => {
  const cases: readonly [string, Method, BallotChoice, RefusalCode, string][] = [
    ['an option that is not there', { kind: 'chooseOne' }, { choice: 'x' }, 'optionUnknown', 'no option "x"'],
    ['built-in names', { kind: 'chooseOne' }, { choice: '__proto__' }, 'optionUnknown', 'no option'],
    ['over the cap', { kind: 'chooseUpTo', max: 1 }, { choices: ['a', 'b'] }, 'tooManyChoices', 'at most 1'],
    [
      'over the cap of approval',
      { kind: 'approval', max: 1 },
      { choices: ['a', 'b'] },
      'tooManyChoices',
      'at most 1',
    ],
    ['two for one', { kind: 'chooseOne' }, { choices: ['a', 'b'] }, 'tooManyChoices', 'at most 1'],
    ['a tick twice', { kind: 'approval' }, { choices: ['a', 'a'] }, 'malformed', 'twice'],
    ['a ranking with a repeat', { kind: 'irv' }, { ranking: [['a'], ['b'], ['a']] }, 'malformed', 'twice'],
    ['a repeat inside a rank', { kind: 'schulze' }, { ranking: [['a', 'a']] }, 'malformed', 'twice'],
    ['a score of NaN', { kind: 'score', max: 5 }, { scores: { a: Number.NaN } }, 'malformed', 'NaN'],
    ['a negative score', { kind: 'score', max: 5 }, { scores: { a: -1 } }, 'malformed', '0 to 5'],
    ['half a point', { kind: 'score', max: 5 }, { scores: { a: 0.5 } }, 'malformed', 'whole number'],
    ['a score over the top', { kind: 'score', max: 5 }, { scores: { a: 6 } }, 'malformed', '0 to 5'],
    ['the wrong form', { kind: 'irv' }, { choice: 'a' }, 'malformed', 'ranking'],
    ['ticks for yes or no', { kind: 'yesNo' }, { choices: ['a'] }, 'malformed', 'choice'],
  ]

  it.each(cases)('%s', (_, method, choice, code, words) => {
    const result = checkBallot(method, ['a', 'b', 'c'], choice)
    expect(result).toMatchObject({ ok: false, refusal: { code } })
    expect(result.ok ? '' : result.refusal.detail?.en).toContain(words)
    expect(result.ok ? '' : result.refusal.detail?.zh).toMatch(/[\u4e00-\u9fff]/)
  })

  it('of a poll of no options', () => {
    expect(checkBallot({ kind: 'chooseOne' }, [], { choice: 'a' })).toMatchObject({
      refusal: { code: 'noOptions' },
    })
  })

  it('is taken where it is sound, blank ones too', () => {
    const ranking = { ranking: [['b', 'a'], ['c']] }
    expect(checkBallot({ kind: 'schulze' }, ['a', 'b', 'c'], ranking)).toEqual({ ok: true, value: ranking })
    for (const method of [{ kind: 'irv' }, { kind: 'chooseOne' }, { kind: 'yesNo' }] as const) {
      expect(checkBallot(method, ['a'], { choices: [] }).ok).toBe(true)
    }
  })
})

describe('a poll', () => {
  const sound = yesNoPoll('repAssembly', seatsOf('v', 5, 4), namedBallots('v', 2, 1))
  const choosing: Poll = { method: { kind: 'chooseOne' }, options: ['a', 'b'], ballots: [] }
  const yes = { choice: 'yes' }
  const cases: readonly [string, Poll, RefusalCode, string][] = [
    ['of no options', { ...choosing, options: [] }, 'noOptions', 'no options'],
    ['of an option twice', { ...choosing, options: ['a', 'a'] }, 'malformed', '"a" is listed twice'],
    ['of too many options', { ...choosing, options: [...Array(51).keys()].map(String) }, 'tooMany', '50'],
    ['of a foreign option', { ...sound, options: ['yes', 'maybe'] }, 'optionUnknown', '"maybe"'],
    [
      'whose none is not an option',
      { ...choosing, method: { kind: 'stv', none: 'n' } },
      'optionUnknown',
      '"n"',
    ],
    ['with two winners of one', { ...choosing, winners: 2 }, 'malformed', 'elects one'],
    [
      'with more winners than options',
      { ...choosing, method: { kind: 'stv' }, winners: 3 },
      'malformed',
      'winners',
    ],
    [
      'with a seat twice',
      { ...sound, seats: [...seatsOf('v', 5, 4), ...seatsOf('v', 1, 1)] },
      'seatExists',
      '"v0"',
    ],
    [
      'where a seat votes twice',
      {
        ...sound,
        ballots: [
          { seat: 'v0', choice: yes },
          { seat: 'v0', choice: yes },
        ],
      },
      'otherSource',
      'twice',
    ],
    ['with a ballot of no seat', { ...sound, ballots: [{ seat: 'x', choice: yes }] }, 'seatUnknown', '"x"'],
    [
      'with a ballot of one absent',
      { ...sound, ballots: [{ seat: 'v4', choice: yes }] },
      'notAnElector',
      'not present',
    ],
    [
      'with a ballot of one recused',
      { ...sound, seats: seatsOf('v', 5, 4, { recused: true }), ballots: [{ seat: 'v0', choice: yes }] },
      'recused',
      'recused',
    ],
    [
      'where a seat has two ballots',
      { ...sound, ballots: [{ seat: 'v0', count: 2, choice: yes }] },
      'malformed',
      'one ballot',
    ],
    ['with a negative count', { ...sound, ballots: [{ count: -1, choice: yes }] }, 'malformed', '-1'],
    ['with a count of NaN', { ...sound, ballots: [{ count: Number.NaN, choice: yes }] }, 'malformed', 'NaN'],
    [
      'with more hands than seats',
      { ...sound, ballots: [{ count: 5, choice: yes }] },
      'handsExceedSeats',
      'only 4',
    ],
    [
      'with a negative weight',
      { ...sound, seats: seatsOf('v', 5, 4, { weight: -1 }) },
      'malformed',
      'weight',
    ],
    [
      'with a party unknown to the preset',
      yesNoPoll('tripartite', seatsOf('火星', 3, 3), []),
      'partyUnknown',
      '火星',
    ],
    ['with a party unknown to the meeting', { ...sound, parties: [{ id: 'p' }] }, 'partyUnknown', '"v"'],
    [
      'with hands of no party',
      { ...sound, ballots: [{ party: 'x', count: 1, choice: yes }] },
      'partyUnknown',
      '"x"',
    ],
    [
      'without seats, where the rule needs them',
      { ...choosing, preset: sound.preset as never },
      'malformed',
      'seats',
    ],
  ]

  it.each(cases)('%s', (_, poll, code, words) => {
    const found = pollFault(poll)
    expect(found?.code).toBe(code)
    expect(found?.en).toContain(words)
    expect(found?.zh).toMatch(/[\u4e00-\u9fff]/)
    expect(() => count(poll)).toThrow()
  })

  it('says which ballot', () => {
    expect(
      pollFault({ ...sound, ballots: [...namedBallots('v', 1), { seat: 'x', choice: yes }] })?.en,
    ).toMatch(/^ballot 2: /)
  })

  it('knows the parties of the tripartite council by any of their names', () => {
    for (const party of ['村', '企', '民', 'village', 'Enterprise', 'residents', '企业', '四乡人']) {
      expect(pollFault(yesNoPoll('tripartite', seatsOf(party, 3, 3), []))).toBeUndefined()
    }
  })
})
