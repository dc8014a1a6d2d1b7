// Owns short ways to write polls in the tests of counting, and the polls that chance makes.
import fc from 'fast-check'
import type { BallotChoice } from '../../shared/counting/ballot.ts'
import type { Method } from '../../shared/counting/method.ts'
import type { Poll, PollSeat } from '../../shared/counting/poll.ts'
import { presetOf } from '../rules/rolls.ts'

/** `due` seats of one party, the first `present` of them present; ids are the party and a number from 0. */
export const seatsOf = (
  party: string,
  due: number,
  present: number,
  more: Partial<PollSeat> = {},
): PollSeat[] =>
  Array.from({ length: due }, (_, index) => ({
    id: `${party}${index}`,
    party,
    present: index < present,
    ...more,
  }))

/** Named ballots: the first seats say yes, the next no, the next abstain. */
export const namedBallots = (party: string, yes: number, no = 0, abstain = 0): Poll['ballots'] =>
  Array.from({ length: yes + no + abstain }, (_, index) => ({
    seat: `${party}${index}`,
    choice: { choice: index < yes ? 'yes' : index < yes + no ? 'no' : 'abstain' },
  }))

export const yesNo: Method = { kind: 'yesNo' }

export const yesNoPoll = (preset: string, seats: readonly PollSeat[], ballots: Poll['ballots']): Poll => ({
  preset: presetOf(preset),
  method: yesNo,
  options: ['yes', 'no', 'abstain'],
  seats,
  ballots,
})

export const five = ['a', 'b', 'c', 'd', 'e'] as const

export const methods: readonly Method[] = [
  yesNo,
  { kind: 'chooseOne' },
  { kind: 'chooseUpTo', max: 3 },
  { kind: 'approval' },
  { kind: 'score', max: 5 },
  { kind: 'irv' },
  { kind: 'stv' },
  { kind: 'schulze' },
]

const rankings = fc.shuffledSubarray([...five]).chain((order) =>
  fc.array(fc.boolean(), { minLength: order.length, maxLength: order.length }).map((joins) =>
    order.reduce<string[][]>((groups, option, index) => {
      const last = groups.at(-1)
      if (last !== undefined && joins[index] === true) last.push(option)
      else groups.push([option])
      return groups
    }, []),
  ),
)

const choicesOf = (method: Method): fc.Arbitrary<BallotChoice> => {
  switch (method.kind) {
    case 'yesNo':
      return fc.constantFrom('yes', 'no', 'abstain').map((choice) => ({ choice }))
    case 'chooseOne':
      return fc.constantFrom(...five).map((choice) => ({ choice }))
    case 'chooseUpTo':
      return fc.subarray([...five], { maxLength: method.max }).map((choices) => ({ choices }))
    case 'approval':
      return fc.subarray([...five]).map((choices) => ({ choices }))
    case 'score':
      return fc
        .dictionary(fc.constantFrom(...five), fc.integer({ min: 0, max: method.max }))
        .map((scores) => ({ scores: { ...scores } }))
    default:
      return rankings.map((ranking) => ({ ranking }))
  }
}

export const optionsOf = (method: Method): readonly string[] =>
  method.kind === 'yesNo' ? ['yes', 'no', 'abstain'] : five

const placesOf = (method: Method): number => (['yesNo', 'chooseOne', 'irv'].includes(method.kind) ? 1 : 2)

/** Any poll without seats: some ballots, with and without a lot for ties. */
export const anyPoll: fc.Arbitrary<Poll> = fc.constantFrom(...methods).chain((method) =>
  fc
    .tuple(
      fc.array(fc.record({ count: fc.integer({ min: 1, max: 4 }), choice: choicesOf(method) }), {
        maxLength: 14,
      }),
      fc.constantFrom<Partial<Poll>>({}, { ties: 'lot', seed: '2026-06-01' }, { ties: 'fails' }),
    )
    .map(([ballots, ties]) => ({
      method,
      options: optionsOf(method),
      winners: placesOf(method),
      ballots,
      ...ties,
    })),
)

/** Any poll of seats with weights, one ballot a seat at most. */
export const anySeatedPoll: fc.Arbitrary<Poll> = fc.constantFrom(...methods).chain((method) =>
  fc
    .array(
      fc.record({
        weight: fc.integer({ min: 0, max: 5 }),
        party: fc.constantFrom('p', 'q'),
        present: fc.boolean(),
        choice: fc.option(choicesOf(method)),
      }),
      { maxLength: 14 },
    )
    .map((rows) => ({
      method,
      options: optionsOf(method),
      winners: placesOf(method),
      seats: rows.map(({ weight, party, present }, index) => ({ id: `s${index}`, weight, party, present })),
      ballots: rows.flatMap(({ present, choice }, index) =>
        present && choice !== null ? [{ seat: `s${index}`, choice }] : [],
      ),
    })),
)
