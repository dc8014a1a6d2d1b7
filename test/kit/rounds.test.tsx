// Tables of ranked counts: every figure is the count's own, to the digit, and each mark stands where it belongs.
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterEach, describe, expect, it } from 'vitest'
import { RoundsTable } from '../../client/kit/RoundsTable.tsx'
import { resultBase, runningBase, weighingOf } from '../../client/kit/result/baseWords.ts'
import { choiceWords } from '../../client/kit/result/optionWords.ts'
import { PairsTable } from '../../client/kit/result/PairsTable.tsx'
import { figureWords, movedWords, rankedOrder, roundRows } from '../../client/kit/result/roundRows.ts'
import { setLanguage } from '../../client/words/words.ts'
import { count } from '../../shared/counting/count.ts'
import type { Poll as CountedPoll, CountResult } from '../../shared/counting/poll.ts'
import type { Poll } from '../../shared/meeting/state.ts'
import { polling } from './stagedMeeting.ts'

const labels: Readonly<Record<string, string>> = { a: '甲', b: '乙', c: '丙', d: '丁' }
const ids = Object.keys(labels)
const options = ids.map((id) => ({ id, label: labels[id] ?? '' }))

const ranked = (kind: 'irv' | 'stv' | 'schulze', winners = 1): CountResult => {
  const bundles: readonly [string, number][] = [
    ['abcd', 7],
    ['bcad', 4],
    ['cbad', 3],
    ['dcba', 1],
  ]
  const poll: CountedPoll = {
    method: { kind },
    options: ids,
    winners,
    ballots: bundles.map(([order, papers]) => ({
      count: papers,
      choice: { ranking: [...order].map((id) => [id]) },
    })),
  }
  return count(poll)
}

const textOf = (markup: string): string => markup.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

afterEach(() => setLanguage('zh'))

describe('rounds and transfers', () => {
  it('put the elected first and the first to go out last', () => {
    const result = ranked('irv')
    expect(rankedOrder(result, ids)[0]).toBe(result.winners[0])
    expect(rankedOrder(result, ids).at(-1)).toBe(
      result.rounds?.find(({ excluded }) => excluded.length)?.excluded[0],
    )
  })

  it.each(['irv', 'stv'] as const)('hold each figure of a count by %s as the count gave it', (kind) => {
    const result = ranked(kind, kind === 'stv' ? 2 : 1)
    const rounds = result.rounds ?? []
    expect(rounds.length).toBeGreaterThan(1)
    for (const { optionId, cells } of roundRows(result, ids)) {
      for (const [at, cell] of cells.entries()) {
        const isOut = rounds.slice(0, at + 1).some(({ excluded }) => excluded.includes(optionId))
        expect(cell.votes).toBe(isOut ? null : (rounds[at]?.counts[optionId] ?? null))
        expect(cell.moved).toBe(rounds[at]?.moved[optionId] ?? 0)
        expect(cell.mark === 'elected').toBe(rounds[at]?.elected.includes(optionId))
        expect(cell.mark === 'excluded').toBe(rounds[at]?.excluded.includes(optionId))
      }
    }
  })

  it('stand in line with as many decimals as the finest figure', () => {
    expect([1, 2.5, 0.12345].map(figureWords([1, 2.5, 0.12345]))).toEqual(['1.00000', '2.50000', '0.12345'])
    expect(figureWords([3, 4])(3)).toBe('3')
    expect(movedWords(-2, String)).toBe('\u22122')
    expect(movedWords(2, String)).toBe('+2')
  })

  it('are drawn with the quota, what moved, who was elected and who went out', () => {
    const result = ranked('stv', 2)
    const text = textOf(renderToStaticMarkup(createElement(RoundsTable, { result, options })))
    expect(text).toContain('第 1 轮 第一选择')
    expect(text).toContain(`当选票数：${result.quota}`)
    expect(text).toMatch(/✓ 当选/)
    expect(text).toContain('转移甲的余票')
    setLanguage('en')
    expect(textOf(renderToStaticMarkup(createElement(RoundsTable, { result, options })))).toContain(
      'surplus of 甲',
    )
  })
})

describe('pairs', () => {
  it('show the order and every pair of the count, the majority marked', () => {
    const result = ranked('schulze')
    const text = textOf(renderToStaticMarkup(createElement(PairsTable, { result, options })))
    expect(text.indexOf(labels[result.winners[0] ?? ''] ?? '?')).toBeGreaterThan(-1)
    for (const [row, line] of Object.entries(result.pairwise ?? {})) {
      for (const [column, votes] of Object.entries(line)) {
        const wins = votes > (result.pairwise?.[column]?.[row] ?? 0)
        expect(text).toContain(wins ? ` ${votes} ✓ ` : ` ${votes} `)
      }
    }
  })
})

describe('what a ballot says', () => {
  const poll = {
    method: { kind: 'schulze' as const },
    options: ids.map((id) => ({ optionId: id, label: labels[id] ?? '' })),
  }

  it('is worded for every form', () => {
    expect(choiceWords(poll, { ranking: [['b'], ['a', 'c']] }, 'zh')).toBe('1. 乙　2. 甲 ＝ 丙')
    expect(choiceWords(poll, { scores: { c: 3, a: 5 } }, 'zh')).toBe('甲 5 分、丙 3 分')
    expect(choiceWords(poll, { choices: ['a', 'd'] }, 'en')).toBe('甲, 丁')
    expect(choiceWords(poll, { choices: [] }, 'zh')).toBe('空白票')
    expect(choiceWords({ method: { kind: 'yesNo' }, options: [] }, { choice: 'no' }, 'en')).toBe('Against')
  })
})

describe('what shares are of', () => {
  const opened = (): Poll => {
    const { state } = polling('live')
    const poll = state.polls[state.pollOrder[0] ?? '']
    if (poll === undefined) throw new Error('no poll')
    return poll
  }
  const resultWith = (base: NonNullable<CountResult['base']>): CountResult => ({
    outcome: 'passed',
    winners: [],
    totals: {},
    base,
    ballots: { cast: 0, blank: 0 },
    method: 'yesNo',
    why: { zh: '', en: '' },
  })

  it('is named in the unit in which ballots weigh', () => {
    const plain = opened()
    const present = plain.roll.reduce((sum, party) => sum + party.present, 0)
    expect(weighingOf(plain)).toBe('seats')
    expect(resultBase(plain, resultWith({ of: 'present', count: present }), 'zh')?.label).toBe(
      `实到 ${present} 席`,
    )
    expect(resultBase(plain, resultWith({ of: 'present', count: present - 1 }), 'zh')?.label).toContain(
      '除去回避',
    )
    const byHousehold = { ...plain, preset: { ...plain.preset, weights: 'household' as const } }
    expect(resultBase(byHousehold, resultWith({ of: 'cast', count: 9 }), 'en')?.label).toContain('households')
    const [first, ...others] = plain.electors
    const weighed = { ...plain, electors: first ? [{ ...first, weight: 3 }, ...others] : others }
    expect(weighingOf(weighed)).toBe('weight')
    expect(runningBase(weighed, 0, 'zh').count).toBe(plain.electors.length + 2)
    const points = { ...plain, method: { kind: 'score' as const, max: 5 } }
    expect(runningBase(points, 4, 'zh')).toEqual({ count: 20, label: '满分 20 分' })
  })
})
