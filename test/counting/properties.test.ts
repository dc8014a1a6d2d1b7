// What holds of any count, whatever the ballots.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { count } from '../../shared/counting/count.ts'
import type { CountResult, Poll } from '../../shared/counting/poll.ts'
import { presets } from '../../shared/rules/presets.ts'
import { anyPoll, anySeatedPoll, methods, namedBallots, seatsOf, yesNo } from './polls.ts'

/** A fixed seed, since these tests also say what they must have met; other seeds have been run by hand. */
const seed = 20_260_601

const runs = { numRuns: 400, seed }

it('the order of the ballots never matters', () => {
  const visited = new Set<string>()
  fc.assert(
    fc.property(
      anyPoll.chain((poll) =>
        fc.tuple(
          fc.constant(poll),
          fc.shuffledSubarray([...poll.ballots], { minLength: poll.ballots.length }),
        ),
      ),
      ([poll, ballots]) => {
        const result = count(poll)
        visited.add(`${result.method} ${result.outcome}`)
        expect(count({ ...poll, ballots })).toEqual(result)
      },
    ),
    { numRuns: 1_000, seed },
  )
  for (const { kind } of methods) {
    expect(visited).toContain(`${kind} ${kind === 'yesNo' ? 'passed' : 'elected'}`)
    expect(visited).toContain(`${kind} failed`)
    if (kind !== 'score') expect(visited).toContain(`${kind} tied`)
  }
})

it('a bundle of n ballots counts as n ballots', () => {
  fc.assert(
    fc.property(anyPoll, (poll) => {
      const ballots = poll.ballots.flatMap(({ count: papers = 1, choice }) =>
        Array.from({ length: papers }, () => ({ choice })),
      )
      expect(count({ ...poll, ballots })).toEqual(count(poll))
    }),
    runs,
  )
})

it('a seat of weight n counts as n ballots', () => {
  const decided = ({ outcome, winners, totals, shares, rounds, order }: CountResult) => ({
    outcome,
    winners,
    totals,
    shares,
    rounds,
    order,
  })
  fc.assert(
    fc.property(anySeatedPoll, ({ seats = [], ballots, ...poll }) => {
      const weight = new Map(seats.map((seat) => [seat.id, seat.weight ?? 1]))
      const bundles = ballots.map(({ seat = '', choice }) => ({ count: weight.get(seat) ?? 0, choice }))
      expect(decided(count({ ...poll, seats, ballots }))).toEqual(
        decided(count({ ...poll, ballots: bundles })),
      )
    }),
    runs,
  )
})

const perMilles = (result: CountResult) => Object.values(result.shares ?? {}).map(({ perMille }) => perMille)

it('no share is over 100 % of its base, with any weights', () => {
  fc.assert(
    fc.property(fc.oneof(anyPoll, anySeatedPoll), (poll) => {
      for (const perMille of perMilles(count(poll))) {
        expect(perMille).toBeGreaterThanOrEqual(0)
        expect(perMille).toBeLessThanOrEqual(1000)
      }
    }),
    runs,
  )
})

const figure = fc.integer({ min: 0, max: 12 })

it('under any preset a yes more never turns passed into failed, and no share is over 100 %', () => {
  const visited = new Set<string>()
  const parties = ['village', 'enterprise']
  const sides = fc.tuple(
    figure,
    figure,
    figure,
    figure,
    fc.integer({ min: 1, max: 4 }),
    fc.integer({ min: 0, max: 40 }),
  )
  const anyPresetPoll = fc.tuple(fc.constantFrom(...presets), fc.tuple(sides, sides)).map(([preset, all]) => {
    const seats = all.flatMap(([yes, no, abstain, silent, weight, absent], index) => {
      const present = yes + no + abstain + silent + 1
      const seat = seatsOf(parties[index] ?? '', present + absent, present)
      const households = preset.weights === 'household' ? { households: weight } : {}
      return seat.map((own) => ({ ...own, ...households, ...(preset.weights === 'seat' ? { weight } : {}) }))
    })
    const ballots = all.flatMap(([yes, no, abstain], index) =>
      namedBallots(parties[index] ?? '', yes, no, abstain),
    )
    return { preset, method: yesNo, options: ['yes', 'no', 'abstain'], seats, ballots } satisfies Poll
  })
  fc.assert(
    fc.property(anyPresetPoll, (poll) => {
      const result = count(poll)
      visited.add(result.outcome)
      for (const perMille of perMilles(result)) expect(perMille).toBeLessThanOrEqual(1000)
      const silent = poll.seats.filter(
        ({ id, present }) => present && !poll.ballots.some(({ seat }) => seat === id),
      )
      const [first] = silent
      if (result.outcome !== 'passed' || first === undefined) return
      const ballots = [...poll.ballots, { seat: first.id, choice: { choice: 'yes' } }]
      expect(count({ ...poll, ballots }).outcome).toBe('passed')
    }),
    { numRuns: 600, seed },
  )
  expect([...visited].sort()).toEqual(['failed', 'noQuorum', 'passed'])
})

it('ranked counts lose no vote: what options hold and what is not transferable make up all', () => {
  fc.assert(
    fc.property(anyPoll, (poll) => {
      const { rounds = [] } = count(poll)
      const sums = rounds.map(({ counts, nonTransferable }) =>
        Object.values(counts).reduce((sum, votes) => sum + votes, nonTransferable),
      )
      for (const sum of sums) expect(sum).toBeCloseTo(sums[0] ?? 0, 4)
    }),
    runs,
  )
})

it('no more are chosen than there are places, and a seed decides every tie', () => {
  fc.assert(
    fc.property(anyPoll, (poll) => {
      const { winners, tied, outcome } = count(poll)
      expect(winners.length).toBeLessThanOrEqual(poll.winners ?? 1)
      expect(new Set(winners).size).toBe(winners.length)
      if (poll.ties === 'lot') expect([outcome === 'tied', tied]).toEqual([false, undefined])
    }),
    runs,
  )
})
