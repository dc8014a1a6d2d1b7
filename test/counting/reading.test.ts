// Polls and .blt files from outside: what is read, by which names, and what is refused in words.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readBlt } from '../../shared/counting/blt.ts'
import { count } from '../../shared/counting/count.ts'
import { type PollReading, readPoll } from '../../shared/counting/readPoll.ts'
import { presetByCode } from '../../shared/rules/presets.ts'

const read = (poll: unknown) =>
  readPoll(poll, (code) => (typeof code === 'string' ? presetByCode(code) : undefined))

const pollOf = (reading: PollReading) => {
  if (!reading.ok) throw new Error(reading.fault.en)
  return reading.poll
}

const base = { method: 'chooseOne', options: ['a', 'b'], ballots: [] as unknown[] }
const seat = { id: 's', party: '村', present: true }

it('whatever is read, it is counted or refused in words, and never breaks', () => {
  const weird = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(
      'a',
      'b',
      'yes',
      '__proto__',
      'constructor',
      -1,
      0,
      1e300,
      2 ** 53,
      0.5,
      Number.NaN,
      true,
      null,
    ),
  )
  const key = fc.constantFrom('seat', 'party', 'count', 'choice', 'choices', 'scores', 'ranking', 'blank')
  const methods = fc.constantFrom(
    'yesNo',
    'chooseOne',
    'chooseUpTo(2)',
    'approval',
    'score(5)',
    'irv',
    'stv',
    'schulze',
  )
  const seats = fc.array(
    fc.record(
      { id: weird, party: weird, present: fc.boolean(), weight: weird, households: weird, recused: weird },
      { requiredKeys: ['present'] },
    ),
  )
  const anything = fc.oneof(
    fc.anything(),
    fc.record(
      {
        method: fc.oneof(methods, weird),
        options: fc.oneof(fc.constant(['a', 'b', 'constructor']), fc.constant(['yes', 'no']), weird),
        ballots: fc.oneof(fc.array(fc.dictionary(key, fc.oneof(weird, fc.array(weird)))), weird),
        preset: fc.oneof(fc.constantFrom('simple', 'repAssembly', 'tripartite', 'crossVillage'), weird),
        seats: fc.oneof(seats, weird),
        winners: weird,
        ties: weird,
      },
      { requiredKeys: ['method', 'options', 'ballots'] },
    ),
  )
  fc.assert(
    fc.property(anything, (value) => {
      const reading = read(value)
      if (reading.ok) expect(count(reading.poll).why.en).not.toBe('')
      else expect(reading.fault.en).not.toBe('')
    }),
    { numRuns: 3_000 },
  )
})

describe('a method', () => {
  it.each([
    ['irv', { kind: 'irv' }],
    ['IRV', { kind: 'irv' }],
    ['instant run-off', { kind: 'irv' }],
    ['yes/no/abstain', { kind: 'yesNo' }],
    ['chooseUpTo(2)', { kind: 'chooseUpTo', max: 2 }],
    [
      { kind: 'chooseUpTo', k: 2 },
      { kind: 'chooseUpTo', max: 2 },
    ],
    ['score(0..5)', { kind: 'score', max: 5 }],
    ['score', { kind: 'score', max: 100 }],
    [
      { kind: 'approval', max: 2, none: 'b' },
      { kind: 'approval', max: 2, none: 'b' },
    ],
  ])('%j', (method, expected) => {
    const options = expected.kind === 'yesNo' ? ['yes', 'no'] : base.options
    expect(pollOf(read({ ...base, options, method })).method).toEqual(expected)
  })
})

it('yes, no and abstain may be said in Chinese, and need not be listed', () => {
  const poll = pollOf(read({ method: 'yesNo', ballots: [{ count: 3, choice: '赞成' }, { choice: '反对' }] }))
  expect(count(poll)).toMatchObject({ outcome: 'passed', totals: { yes: 3, no: 1, abstain: 0 } })
})

describe('a poll is refused', () => {
  it.each([
    ['that is a list', [], /must be an object/],
    ['without ballots', { ...base, ballots: undefined }, /"ballots" must be a list/],
    ['without options', { ...base, options: undefined }, /"options" must be a list/],
    ['of no options', { ...base, options: [] }, /no options/],
    ['by a method that is not there', { ...base, method: 'guess' }, /no method "guess"/],
    ['by choosing up to nobody knows', { ...base, method: 'chooseUpTo' }, /needs its cap/],
    ['with a cap that is none', { ...base, method: { kind: 'score', max: Number.NaN } }, /cap/],
    ['under a preset that is not there', { ...base, preset: 'guess' }, /no preset "guess"/],
    ['for an option that is not there', { ...base, ballots: [{ choice: 'x' }] }, /ballot 1: .*"x"/],
    ['with a negative count', { ...base, ballots: [{ count: -2, choice: 'a' }] }, /-2/],
    ['with a count of NaN', { ...base, ballots: [{ count: Number.NaN, choice: 'a' }] }, /NaN/],
    ['with a count in words', { ...base, ballots: [{ count: '3', choice: 'a' }] }, /the count 3/],
    ['with a ballot that says nothing', { ...base, ballots: [{}] }, /give one of/],
    [
      'with a ballot that says two things',
      { ...base, ballots: [{ choice: 'a', choices: ['a'] }] },
      /give one of/,
    ],
    [
      'with a score that is none',
      { ...base, method: 'score', ballots: [{ scores: { a: 'x' } }] },
      /whole number/,
    ],
    ['with a seat twice', { ...base, seats: [seat, seat] }, /"s" is listed twice/],
    ['with a seat neither present nor not', { ...base, seats: [{ ...seat, present: 1 }] }, /"present"/],
    ['with a weight that is none', { ...base, seats: [{ ...seat, weight: '2x' }] }, /weight/],
    [
      'with a party unknown to the preset',
      { ...base, preset: 'tripartite', seats: [{ ...seat, party: 'mars' }] },
      /"mars"/,
    ],
    [
      'with a ranking with a repeat',
      { ...base, method: 'irv', ballots: [{ ranking: [['a'], ['a']] }] },
      /twice/,
    ],
    [
      'with a ballot over the cap',
      { ...base, method: { kind: 'chooseUpTo', max: 1 }, ballots: [{ choices: ['a', 'b'] }] },
      /at most 1/,
    ],
    ['with a rule of ties that is none', { ...base, ties: 'coin' }, /"ties"/],
  ])('%s', (_, poll, words) => {
    const reading = read(poll)
    expect(reading.ok ? '' : reading.fault.en).toMatch(words)
    expect(reading.ok ? '' : reading.fault.zh).toMatch(/[\u4e00-\u9fff]/)
  })
})

describe('a .blt file', () => {
  it('is read with comments, equal and empty ranks, withdrawn candidates and quoted names', () => {
    const text =
      '\uFEFF# tea\r\n3 1\r\n-2\r\n3 1 2 0 # three\r\n(x) 2 2 - 3 0\r\n1 1=3 0\r\n0\r\n"Ann"\r\n"Bob"\r\n"Cy ""C"" #1"\r\n'
    expect(pollOf(readBlt(text))).toEqual({
      method: { kind: 'stv' },
      options: ['Ann', 'Cy "C" #1'],
      winners: 1,
      ballots: [
        { count: 3, choice: { ranking: [['Ann']] } },
        { count: 2, choice: { ranking: [['Cy "C" #1']] } },
        { count: 1, choice: { ranking: [['Ann', 'Cy "C" #1']] } },
      ],
    })
  })

  it.each([
    ['that is empty', '', /empty/],
    ['of no candidates', '0 1\n0\n', /no options/],
    ['of no seats', '2 0\n0\n"A"\n"B"\n', /at least one seat/],
    ['without an end', '2 1\n1 1 0\n', /line "0"/],
    ['without names', '2 1\n1 1 0\n0\n"A"\n', /fewer than 2/],
    ['with a name twice', '2 1\n1 1 0\n0\n"A"\n"A"\n', /listed twice/],
    ['with a candidate beyond', '2 1\n1 3 0\n0\n"A"\n"B"\n', /line 2: .*candidate 3/],
    ['with a ballot without its end', '2 1\n1 1\n0\n"A"\n"B"\n', /line 2: .*end with 0/],
    ['with half a ballot', '2 1\n1.5 1 0\n0\n"A"\n"B"\n', /line 2: "1.5"/],
    ['with a negative number of ballots', '2 1\n1 -1 0\n0\n"A"\n"B"\n', /line 2/],
    ['with a repeat', '2 1\n1 1 1 0\n0\n"A"\n"B"\n', /ballot 1: .*twice/],
  ])('is refused %s', (_, text, words) => {
    const reading = readBlt(text)
    expect(reading.ok ? '' : reading.fault.en).toMatch(words)
  })
})
