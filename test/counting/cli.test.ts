// The command line that counts a file: one JSON object, or exit 2 and one line that says why.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'count-'))
afterAll(() => rmSync(folder, { recursive: true }))

let files = 0

const run = (...args: readonly string[]) =>
  spawnSync(process.execPath, ['--import', 'tsx', 'server/cli/count.ts', ...args], {
    cwd: root,
    encoding: 'utf8',
  })

const countFile = (text: string, ending = 'json') => {
  files += 1
  const file = join(folder, `poll${files}.${ending}`)
  writeFileSync(file, text)
  return run(file)
}

const countPoll = (poll: unknown) => countFile(JSON.stringify(poll))

describe('counts', () => {
  it('a poll under a preset', () => {
    const seats = Array.from({ length: 55 }, (_, index) => ({
      id: `s${index}`,
      party: '村',
      present: index < 37,
    }))
    const choices = [...Array(18).fill('yes'), ...Array(16).fill('no'), ...Array(3).fill('abstain')]
    const ballots = choices.map((choice, index) => ({ seat: `s${index}`, choice }))
    const done = countPoll({
      preset: 'repAssembly',
      method: 'yesNo',
      options: ['yes', 'no', 'abstain'],
      seats,
      ballots,
    })
    expect([done.status, done.stderr]).toEqual([0, ''])
    expect(JSON.parse(done.stdout)).toMatchObject({
      outcome: 'failed',
      quorum: { met: true, have: 37, need: 37, short: 0, parties: [] },
      totals: { yes: 18, no: 16, abstain: 3 },
      why: { en: expect.stringContaining('short by 1') },
    })
  })

  it('a .blt file, with a withdrawn candidate and equal ranks', () => {
    const text = '# tea\n3 1\n-2\n3 1 2 0\n2 2 3 0\n1 1=3 0\n0\n"Ann"\n"Bob"\n"Cy ""C"" D"\n"Tea"\n'
    const done = countFile(text, 'blt')
    expect([done.status, done.stderr]).toEqual([0, ''])
    expect(JSON.parse(done.stdout)).toMatchObject({
      outcome: 'elected',
      winners: ['Ann'],
      method: 'stv',
      totals: { Ann: 3, 'Cy "C" D': 2 },
    })
  })
})

describe('refuses with exit 2 and one line', () => {
  const cases: readonly [string, () => ReturnType<typeof run>, RegExp][] = [
    ['no file', () => run(), /usage/],
    ['a file that is not there', () => run(join(folder, 'none.json')), /cannot read/],
    [
      'NaN, which is no JSON',
      () => countFile('{"method":"irv","options":["a"],"ballots":[{"count":NaN}]}'),
      /JSON/,
    ],
    ['a poll of no options', () => countPoll({ method: 'irv', options: [], ballots: [] }), /no options/],
    [
      'a .blt with a candidate beyond',
      () => countFile('2 1\n1 3 0\n0\n"A"\n"B"\n', 'blt'),
      /line 2: .*candidate 3/,
    ],
  ]

  it.each(cases)('%s', (_, act, words) => {
    const done = act()
    expect([done.status, done.stdout]).toEqual([2, ''])
    expect(done.stderr).toMatch(words)
    expect(done.stderr.trimEnd()).not.toContain('\n')
  })
})
