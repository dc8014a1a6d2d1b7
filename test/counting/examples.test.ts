// Published examples, each with the figures of its source.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readBlt } from '../../shared/counting/blt.ts'
import { count } from '../../shared/counting/count.ts'
import type { Method } from '../../shared/counting/method.ts'
import type { Poll } from '../../shared/counting/poll.ts'

/** "42 MNCK" as 42 ballots that rank M first and K last. */
const ranked = (method: Method, lines: readonly string[], more: Partial<Poll> = {}): Poll => {
  const ballots = lines.map((line) => {
    const [papers = '', order = ''] = line.split(' ')
    return { count: Number(papers), choice: { ranking: [...order].map((option) => [option]) } }
  })
  const options = [...new Set(lines.flatMap((line) => [...(line.split(' ')[1] ?? '')]))].sort()
  return { method, options, ballots, ...more }
}

describe("Wikipedia's Tennessee example (Memphis, Nashville, Knoxville, Chattanooga)", () => {
  const lines = ['42 MNCK', '26 NCKM', '15 CKNM', '17 KCNM']

  it('elects Knoxville by instant run-off, in three rounds', () => {
    const result = count(ranked({ kind: 'irv' }, lines))
    expect(result).toMatchObject({ outcome: 'elected', winners: ['K'] })
    expect(result.rounds?.map(({ counts }) => counts)).toEqual([
      { C: 15, K: 17, M: 42, N: 26 },
      { K: 32, M: 42, N: 26 },
      { K: 58, M: 42 },
    ])
  })

  it('elects Nashville, which beats every other city in pairs, by the Schulze method', () => {
    const result = count(ranked({ kind: 'schulze' }, lines))
    expect(result).toMatchObject({ outcome: 'elected', winners: ['N'], order: [['N'], ['C'], ['K'], ['M']] })
    expect(result.pairwise?.N).toEqual({ C: 68, K: 68, M: 58 })
    expect(result.pairwise?.C).toMatchObject({ K: 83 })
  })

  it('elects Memphis by choosing one', () => {
    const ballots = lines.map((line) => ({
      count: Number(line.slice(0, 2)),
      choice: { choice: line[3] ?? '' },
    }))
    const result = count({ method: { kind: 'chooseOne' }, options: ['C', 'K', 'M', 'N'], ballots })
    expect(result).toMatchObject({ outcome: 'elected', winners: ['M'], totals: { M: 42 } })
  })
})

describe("Wikipedia's Schulze example of 45 voters", () => {
  const lines = ['5 ACBED', '5 ADECB', '8 BEDAC', '3 CABED', '7 CAEBD', '2 CBADE', '7 DCEBA', '8 EBADC']
  const result = count(ranked({ kind: 'schulze' }, lines))

  it('elects E, in the order E > A > C > B > D', () => {
    expect(result.winners).toEqual(['E'])
    expect(result.order).toEqual([['E'], ['A'], ['C'], ['B'], ['D']])
  })

  it('prefers in pairs as published', () => {
    expect(result.pairwise).toEqual({
      A: { B: 20, C: 26, D: 30, E: 22 },
      B: { A: 25, C: 16, D: 33, E: 18 },
      C: { A: 19, B: 29, D: 17, E: 24 },
      D: { A: 15, B: 12, C: 28, E: 14 },
      E: { A: 23, B: 27, C: 21, D: 31 },
    })
  })

  it('has the published strengths of the strongest paths', () => {
    expect(result.paths).toEqual({
      A: { B: 28, C: 28, D: 30, E: 24 },
      B: { A: 25, C: 28, D: 33, E: 24 },
      C: { A: 25, B: 29, D: 29, E: 24 },
      D: { A: 25, B: 28, C: 28, E: 24 },
      E: { A: 25, B: 28, C: 28, D: 31 },
    })
  })

  it('takes the first places of its order where several are to be chosen', () => {
    expect(count(ranked({ kind: 'schulze' }, lines, { winners: 3 })).winners).toEqual(['E', 'A', 'C'])
  })
})

describe("Wikipedia's party food (oranges, pears, chocolate, strawberries, sweets; three of five)", () => {
  // O oranges, P pears, C chocolate, S strawberries, W sweets
  const lines = ['4 O', '2 PO', '8 CS', '4 CW', '1 S', '1 W']
  const result = count(ranked({ kind: 'stv' }, lines, { winners: 3 }))

  it('elects chocolate, oranges and strawberries with a quota of 6', () => {
    expect(result).toMatchObject({ outcome: 'elected', quota: 6, winners: ['C', 'O', 'S'] })
  })

  it('moves the votes as published', () => {
    const seen = result.rounds?.map(({ action, from, counts, elected }) => ({
      action,
      from,
      counts,
      elected,
    }))
    expect(seen).toEqual([
      { action: 'first', from: [], counts: { O: 4, P: 2, C: 12, S: 1, W: 1 }, elected: ['C'] },
      { action: 'surplus', from: ['C'], counts: { O: 4, P: 2, C: 6, S: 5, W: 3 }, elected: [] },
      { action: 'exclusion', from: ['P'], counts: { O: 6, P: 0, C: 6, S: 5, W: 3 }, elected: ['O'] },
      { action: 'exclusion', from: ['W'], counts: { O: 6, P: 0, C: 6, S: 5, W: 0 }, elected: ['S'] },
    ])
  })
})

describe('Dundee City Council, 5 May 2022, ward 5 (Maryfield): 4213 papers, three seats', () => {
  // The council's stage report: CandidateVotesPerStageReport_V0001_Ward-5---Maryfield_06052022_144732.pdf at
  // https://www.dundeecity.gov.uk/local-elections-2022/local-elections-2022-results
  const names = ['CRUICKSHANK', 'DEWAR', 'GURR', 'KAMRAN', 'LYNN', 'MARR', 'SHORT', 'SMART']
  const published = [
    ['first', '', [953, 198, 34, 214, 1037, 371, 960, 446], 0, []],
    ['exclusion', 'GURR', [957, 202, 0, 218, 1037, 376, 962, 453], 8, []],
    ['exclusion', 'DEWAR', [1017, 0, 0, 226, 1042, 414, 974, 493], 47, []],
    ['exclusion', 'KAMRAN', [1062, 0, 0, 0, 1093, 430, 1005, 517], 106, ['LYNN', 'CRUICKSHANK']],
    ['surplus', 'LYNN', [1062, 0, 0, 0, 1054, 430.5352, 1038.43216, 519.28352], 108.74912, []],
    ['surplus', 'CRUICKSHANK', [1054, 0, 0, 0, 1054, 432.18427, 1039.55413, 521.15096], 112.11064, []],
    ['exclusion', 'MARR', [1054, 0, 0, 0, 1054, 0, 1058.95252, 597.57623], 448.47125, ['SHORT']],
  ]
  const surname = (option: string) => option.split(' ').at(-1) ?? ''
  const reading = readBlt(readFileSync(new URL('fixtures/dundee2022Maryfield.blt', import.meta.url), 'utf8'))

  it('comes out at every stage as the council published it, to five decimals', () => {
    if (!reading.ok) throw new Error(reading.fault.en)
    const result = count(reading.poll)
    expect(result).toMatchObject({ outcome: 'elected', quota: 1054, ballots: { cast: 4213 } })
    expect(result.winners.map(surname)).toEqual(['LYNN', 'CRUICKSHANK', 'SHORT'])
    const stages = result.rounds?.map(({ action, from, counts, nonTransferable, elected }) => [
      action,
      from.map(surname).join(),
      names.map((name) => Object.entries(counts).find(([option]) => surname(option) === name)?.[1]),
      nonTransferable,
      elected.map(surname),
    ])
    expect(stages).toEqual(published)
  })
})
