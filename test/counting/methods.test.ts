// Each method by itself: places, ties, none of the above, blanks, equal ranks.
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { BallotChoice } from '../../shared/counting/ballot.ts'
import { count } from '../../shared/counting/count.ts'
import { lotOf, lotOrder } from '../../shared/counting/lot.ts'
import type { Method } from '../../shared/counting/method.ts'
import type { Poll } from '../../shared/counting/poll.ts'

const poll = (
  method: Method,
  options: string,
  ballots: readonly [number, BallotChoice][],
  more: Partial<Poll> = {},
) =>
  count({
    method,
    options: [...options],
    ballots: ballots.map(([papers, choice]) => ({ count: papers, choice })),
    ...more,
  })

const rank = (order: string): BallotChoice => ({ ranking: order.split('>').map((group) => [...group]) })

describe('choosing', () => {
  it('one: a tie is open, unless a lot decides it', () => {
    const ballots: [number, BallotChoice][] = [
      [5, { choice: 'a' }],
      [5, { choice: 'b' }],
      [1, { choice: 'c' }],
    ]
    expect(poll({ kind: 'chooseOne' }, 'abc', ballots)).toMatchObject({
      outcome: 'tied',
      winners: [],
      tied: ['a', 'b'],
    })
    const drawn = poll({ kind: 'chooseOne' }, 'abc', ballots, { ties: 'lot', seed: 'tea' })
    const order = lotOrder('tea', ['a', 'b', 'c']).filter((option) => option !== 'c')
    expect(drawn).toMatchObject({ outcome: 'elected', winners: [order[0]] })
  })

  it('up to two: elects two unless told otherwise; those above a tie stand', () => {
    const method: Method = { kind: 'chooseUpTo', max: 2 }
    const ballots: [number, BallotChoice][] = [
      [5, { choices: ['a', 'b'] }],
      [2, { choices: ['a', 'c'] }],
      [3, { choices: ['c'] }],
    ]
    expect(poll(method, 'abc', ballots, { winners: 1 }).winners).toEqual(['a'])
    expect(poll(method, 'abc', ballots)).toMatchObject({ outcome: 'tied', winners: ['a'], tied: ['b', 'c'] })
  })

  it('approval: shares are of the ballots, not of the ticks', () => {
    const result = poll({ kind: 'approval' }, 'ab', [
      [3, { choices: ['a', 'b'] }],
      [1, { choices: [] }],
    ])
    expect(result.shares).toEqual({
      a: { num: 3, den: 4, perMille: 750 },
      b: { num: 3, den: 4, perMille: 750 },
    })
    expect(result.ballots).toEqual({ cast: 4, blank: 1 })
  })

  it('score: adds points, and shows them against all that could be given', () => {
    const result = poll({ kind: 'score', max: 5 }, 'ab', [
      [2, { scores: { a: 5, b: 1 } }],
      [1, { scores: { b: 4 } }],
    ])
    expect(result).toMatchObject({
      winners: ['a'],
      totals: { a: 10, b: 6 },
      base: { of: 'points', count: 15 },
    })
  })

  it('nobody is chosen without a vote', () => {
    expect(poll({ kind: 'chooseOne' }, 'ab', [])).toMatchObject({ outcome: 'failed', winners: [] })
    expect(poll({ kind: 'approval' }, 'ab', [[3, { choices: [] }]])).toMatchObject({
      outcome: 'failed',
      winners: [],
    })
    for (const kind of ['irv', 'stv', 'schulze'] as const) {
      expect(poll({ kind }, 'ab', [[2, { ranking: [] }]])).toMatchObject({ outcome: 'failed', winners: [] })
    }
  })
})

describe('none of the above', () => {
  it('keeps everybody out whom it is not beaten by', () => {
    const method: Method = { kind: 'approval', none: 'n' }
    const ballots: [number, BallotChoice][] = [
      [4, { choices: ['n'] }],
      [5, { choices: ['a'] }],
      [3, { choices: ['b'] }],
    ]
    expect(poll(method, 'abn', ballots, { winners: 2 })).toMatchObject({ outcome: 'elected', winners: ['a'] })
  })

  it.each(['chooseOne', 'irv', 'stv', 'schulze'] as const)('wins by %s, and nobody is chosen', (kind) => {
    const first = (option: string): BallotChoice => (kind === 'chooseOne' ? { choice: option } : rank(option))
    const result = poll({ kind, none: 'n' }, 'abn', [
      [6, first('n')],
      [2, first('a')],
      [3, first('b')],
    ])
    expect(result).toMatchObject({ outcome: 'failed', winners: [] })
  })
})

describe('instant run-off', () => {
  it('leaves a final tie to the rule of ties', () => {
    const ballots: [number, BallotChoice][] = [
      [4, rank('a')],
      [3, rank('b')],
      [1, rank('c>b')],
    ]
    expect(poll({ kind: 'irv' }, 'abc', ballots)).toMatchObject({ outcome: 'tied', tied: ['a', 'b'] })
  })

  it('of several lowest drops whoever was lower before', () => {
    const result = poll({ kind: 'irv' }, 'abcd', [
      [10, rank('a')],
      [4, rank('b>a')],
      [3, rank('c>a')],
      [2, rank('d>c')],
      [1, rank('d>b')],
    ])
    // d and c are level at 3, and always were: together they hold 6, more than b's 4, so nobody can say
    expect(result).toMatchObject({ outcome: 'tied', tied: ['c', 'd'] })
    const clear = poll({ kind: 'irv' }, 'abcd', [
      [10, rank('a')],
      [9, rank('b')],
      [3, rank('c>b')],
      [2, rank('d>c')],
    ])
    expect(clear.winners).toEqual(['b'])
  })

  it('drops level options together where that cannot matter', () => {
    const result = poll({ kind: 'irv' }, 'abcd', [
      [5, rank('a')],
      [4, rank('b')],
    ])
    expect(result.winners).toEqual(['a'])
    const dropped = poll({ kind: 'irv' }, 'abcd', [
      [5, rank('a')],
      [5, rank('b')],
      [1, rank('c>a')],
    ])
    expect(dropped.rounds?.[1]).toMatchObject({ excluded: ['d'] })
    expect(dropped.winners).toEqual(['a'])
  })

  it('ends a ballot at a group of equals, and counts it as not transferable', () => {
    const result = poll({ kind: 'irv' }, 'abc', [
      [3, rank('a')],
      [3, rank('b')],
      [2, rank('c>ab')],
      [1, rank('c>b')],
    ])
    // a, b and c are level at 3: nobody can say who goes
    expect(result.outcome).toBe('tied')
    const clear = poll({ kind: 'irv' }, 'abc', [
      [4, rank('a')],
      [5, rank('b')],
      [3, rank('c>ab')],
    ])
    expect(clear.rounds?.[1]).toMatchObject({ nonTransferable: 3, counts: { a: 4, b: 5 } })
    expect(clear.winners).toEqual(['b'])
  })
})

describe('single transferable vote', () => {
  it('truncates the value of a paper to five decimals', () => {
    // 100 papers, two seats: quota 34. a has 61, a surplus of 27: 27/61 = 0.442622… becomes 0.44262.
    const result = poll(
      { kind: 'stv' },
      'abc',
      [
        [61, rank('a>b')],
        [9, rank('b')],
        [30, rank('c')],
      ],
      { winners: 2 },
    )
    expect(result.quota).toBe(34)
    expect(result.rounds?.[1]).toMatchObject({
      action: 'surplus',
      from: ['a'],
      counts: { a: 34, b: 35.99982, c: 30 },
      moved: { a: -27, b: 26.99982 },
      nonTransferable: 0.00018,
    })
    expect(result.winners).toEqual(['a', 'b'])
  })

  it('fills the last places once those still in just fill them', () => {
    const result = poll(
      { kind: 'stv' },
      'abc',
      [
        [5, rank('a')],
        [1, rank('b')],
      ],
      { winners: 3 },
    )
    expect(result).toMatchObject({ outcome: 'elected', winners: ['a', 'b', 'c'] })
    expect(result.rounds).toHaveLength(1)
  })

  it('of several lowest excludes whoever had fewer at the latest stage at which they differed', () => {
    const result = poll(
      { kind: 'stv' },
      'abcde',
      [
        [9, rank('a')],
        [8, rank('b')],
        [5, rank('c>a')],
        [4, rank('d>b')],
        [1, rank('e>d')],
      ],
      { winners: 1 },
    )
    expect(result.rounds?.[2]).toMatchObject({
      excluded: ['d'],
      tie: { among: ['c', 'd'], decidedBy: 'earlierRound' },
    })
  })

  it('stops at a tie that matters, or goes by lot', () => {
    const ballots: [number, BallotChoice][] = [
      [4, rank('a')],
      [2, rank('b>a')],
      [2, rank('c>d')],
      [3, rank('d')],
    ]
    expect(poll({ kind: 'stv' }, 'abcd', ballots)).toMatchObject({
      outcome: 'tied',
      winners: [],
      tied: ['b', 'c'],
    })
    const drawn = poll({ kind: 'stv' }, 'abcd', ballots, { ties: 'lot', seed: '7' })
    expect(drawn.outcome).toBe('elected')
    expect(drawn.rounds?.[1]?.tie).toMatchObject({ among: ['b', 'c'], decidedBy: 'lot' })
  })
})

describe('Schulze', () => {
  it('ranks what a ballot leaves out last, and leaves a tie open', () => {
    const result = poll({ kind: 'schulze' }, 'abc', [
      [2, rank('a')],
      [2, rank('b>a')],
    ])
    expect(result.pairwise).toMatchObject({ a: { b: 2, c: 4 }, b: { a: 2, c: 2 }, c: { a: 0, b: 0 } })
    expect(result).toMatchObject({ outcome: 'tied', tied: ['a', 'b'], order: [['a', 'b'], ['c']] })
  })
})

describe('the lot', () => {
  it('is the SHA-256 of the seed, a bar and the option', () => {
    const hash = createHash('sha256').update('2026-06-01|a').digest('hex')
    expect(lotOf('2026-06-01', 'a')).toBe(hash)
  })

  it('depends on the seed and on nothing else', () => {
    const orders = new Set(
      ['1', '2', '3', '4', '5', '6'].map((seed) => lotOrder(seed, ['a', 'b', 'c', 'd']).join()),
    )
    expect(orders.size).toBeGreaterThan(2)
    expect(lotOrder('1', ['d', 'c', 'b', 'a'])).toEqual(lotOrder('1', ['a', 'b', 'c', 'd']))
  })
})
