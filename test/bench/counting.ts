// Prints how long each method takes to count 10,000 ballots, all of different people; asserts nothing.
import type { BallotChoice } from '../../shared/counting/ballot.ts'
import { count } from '../../shared/counting/count.ts'
import { ballotForms, type Method } from '../../shared/counting/method.ts'
import type { Poll } from '../../shared/counting/poll.ts'
import { spread } from './figures.ts'

const ballotCount = 10_000
const rounds = 5
const options = Array.from({ length: 12 }, (_, index) => `option${index + 1}`)

/** The same pseudo-random figures on every run (a linear congruential generator). */
const generator = () => {
  let state = 20_260_601
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const shuffled = (below: (n: number) => number): string[] => {
  const order = [...options]
  for (let index = order.length - 1; index > 0; index -= 1) {
    const other = below(index + 1)
    const [a, b] = [order[index], order[other]]
    if (a !== undefined && b !== undefined) [order[index], order[other]] = [b, a]
  }
  return order
}

const choiceOf = (method: Method, below: (n: number) => number): BallotChoice => {
  if (method.kind === 'yesNo') return { choice: ['yes', 'no', 'abstain'][below(3)] ?? 'yes' }
  const order = shuffled(below)
  switch (ballotForms[method.kind]) {
    case 'choice':
      return { choice: order[0] ?? '' }
    case 'choices':
      return { choices: order.slice(0, 1 + below(4)) }
    case 'scores':
      return { scores: Object.fromEntries(order.map((option) => [option, below(6)])) }
    case 'ranking':
      return { ranking: order.slice(0, 1 + below(order.length)).map((option) => [option]) }
  }
}

const pollOf = (method: Method): Poll => {
  const below = generator()
  const people = Array.from({ length: ballotCount }, (_, index) => `s${index}`)
  return {
    method,
    options: method.kind === 'yesNo' ? ['yes', 'no', 'abstain'] : options,
    winners: method.kind === 'stv' || method.kind === 'schulze' ? 4 : 1,
    ties: 'lot',
    seed: 'bench',
    seats: people.map((id, index) => ({ id, party: `p${index % 3}`, present: true })),
    ballots: people.map((seat) => ({ seat, choice: choiceOf(method, below) })),
  }
}

const methods: readonly Method[] = [
  { kind: 'yesNo' },
  { kind: 'chooseOne' },
  { kind: 'chooseUpTo', max: 4 },
  { kind: 'approval' },
  { kind: 'score', max: 5 },
  { kind: 'irv' },
  { kind: 'stv' },
  { kind: 'schulze' },
]

console.log(`${ballotCount} named ballots, ${options.length} options, median of ${rounds}`)
for (const method of methods) {
  const poll = pollOf(method)
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now()
    count(poll)
    return performance.now() - start
  })
  console.log(`${method.kind.padEnd(12)}${spread(times).p50.toFixed(1).padStart(8)} ms`)
}
