import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Difference,
  differenceInSteps,
  differenceOf,
  linesOf,
  textIn,
} from '../../shared/drafts/difference.ts'
import { conflictsBetween } from '../../shared/drafts/differenceThreeWay.ts'

const base = ['第一条', '村口停车场共设车位六十个。', '收费每小时两元。', '本办法自公布之日起施行。']

const said = ({ blocks }: Difference): string[] =>
  blocks.flatMap((block) => {
    if (block.kind === 'same') return []
    if (block.kind !== 'changed') return [`${block.kind === 'deleted' ? '-' : '+'}${block.text}`]
    const marks = { same: '', deleted: '-', inserted: '+' }
    return [
      block.parts.map(({ kind, text }) => (kind === 'same' ? text : `[${marks[kind]}${text}]`)).join(''),
    ]
  })

describe('the difference between two texts', () => {
  test('marks what changed within a line, Chinese by the character and other words whole', () => {
    expect(said(differenceOf(['车位六十个。'], ['车位八十个。']))).toEqual(['车位[-六][+八]十个。'])
    expect(said(differenceOf(['The fee is two yuan'], ['The price is two yuan']))).toEqual([
      'The [-fee][+price] is two yuan',
    ])
    expect(said(differenceOf(['共 60 个'], ['共 68 个']))).toEqual(['共 [-60][+68] 个'])
  })

  test('shows lines that came, went and moved on', () => {
    const after = [...base.slice(0, 2), '老人免费。', ...base.slice(2)]
    expect(said(differenceOf(base, after))).toEqual(['+老人免费。'])
    expect(said(differenceOf(after, base))).toEqual(['-老人免费。'])
    expect(said(differenceOf([], base))).toEqual(base.map((line) => `+${line}`))
  })

  test('finds the line that a reworked line became, among new ones', () => {
    const after = [base[0], '另设充电桩十个。', '村口停车场共设车位八十个。', ...base.slice(2)] as string[]
    expect(said(differenceOf(base, after))).toEqual([
      '+另设充电桩十个。',
      '村口停车场共设车位[-六][+八]十个。',
    ])
  })

  test('lines with little in common stand under each other', () => {
    expect(said(differenceOf(['收费每小时两元。'], ['老人免费。']))).toEqual([
      '-收费每小时两元。',
      '+老人免费。',
    ])
  })

  test('an empty text has no lines', () => {
    expect(linesOf('')).toEqual([])
    expect(linesOf('甲\n')).toEqual(['甲', ''])
    expect(differenceOf([], []).figures).toEqual({ inserted: 0, deleted: 0, lines: 0 })
  })

  const line = fc.string({
    unit: fc.constantFrom('车', '位', '六', '十', '元', 'a', 'b', ' ', '1', '𠮷', '\ud800'),
    maxLength: 8,
  })
  const text = fc.array(line, { maxLength: 30 })

  test('holds both texts, whatever they are', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const difference = differenceOf(before, after)
        expect(textIn(difference, 'before')).toEqual(before)
        expect(textIn(difference, 'after')).toEqual(after)
      }),
      { numRuns: 500 },
    )
  })

  test('of a text edited in places, what was not touched stays the same', () => {
    const edit = fc.record({ at: fc.nat(40), gone: fc.nat(3), come: fc.array(line, { maxLength: 3 }) })
    fc.assert(
      fc.property(text, fc.array(edit, { maxLength: 4 }), (before, edits) => {
        const after = [...before]
        for (const { at, gone, come } of edits) after.splice(at, gone, ...come)
        const difference = differenceOf(before, after)
        expect(textIn(difference, 'after')).toEqual(after)
        const same = difference.blocks.filter(({ kind }) => kind === 'same').length
        const touched = edits.reduce((sum, { gone }) => sum + gone, 0)
        expect(same).toBeGreaterThanOrEqual(before.length - touched - 2 * edits.length * 40)
        if (edits.length === 0) expect(same).toBe(before.length)
      }),
    )
  })

  test('numbers the lines of both texts', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        for (const block of differenceOf(before, after).blocks) {
          if (block.kind === 'same')
            expect([before[block.before], after[block.after]]).toEqual([block.text, block.text])
          if (block.kind === 'deleted') expect(before[block.before]).toBe(block.text)
          if (block.kind === 'inserted') expect(after[block.after]).toBe(block.text)
        }
      }),
    )
  })

  test('a book against another book is a bounded number of small steps', () => {
    const book = (seed: number) =>
      Array.from(
        { length: 6_000 },
        (_, i) => `第${i}条 ${'车位收费'.repeat(8)}${(i * seed) % 97} 元，${(i * 31) % seed} 个。`,
      )
    const [before, after] = [book(89), book(83)]
    const steps = differenceInSteps(before, after)
    let count = 0
    for (;;) {
      const { done, value } = steps.next()
      if (done) {
        expect(textIn(value, 'after')).toEqual(after)
        break
      }
      count += 1
    }
    expect(count).toBeGreaterThan(1_000)
    expect(count).toBeLessThan(20_000)
  })
})

describe('passages that both sides changed', () => {
  const ours = (after: readonly string[]) => differenceOf(base, after)
  const with1 = (line: string) => base.map((was, i) => (i === 1 ? line : was))
  const found = (mine: readonly string[], theirs: readonly string[]) =>
    conflictsBetween(ours(mine), ours(theirs)).map(({ kind, line }) => `${kind} ${line}`)

  test('the same words', () => {
    expect(found(with1('村口停车场共设车位八十个。'), with1('村口停车场共设车位七十个。'))).toEqual([
      'words 1',
    ])
  })

  test('other words of one line', () => {
    expect(found(with1('村口停车场共设车位八十个。'), with1('村西停车场共设车位六十个。'))).toEqual([
      'line 1',
    ])
  })

  test('one took out what the other reworked', () => {
    const without = base.filter((_, i) => i !== 1)
    expect(found(with1('村口停车场共设车位八十个。'), without)).toEqual(['words 1'])
    expect(conflictsBetween(ours(without), ours(with1('村口停车场共设车位八十个。')))).toEqual([
      { kind: 'words', line: 1, base: base[1], ours: '', theirs: '村口停车场共设车位八十个。' },
    ])
  })

  test('new lines at one place', () => {
    const added = (line: string) => [...base.slice(0, 3), line, ...base.slice(3)]
    expect(found(added('老人免费。'), added('村民半价。'))).toEqual(['place 3'])
  })

  test('what only one side touched, and what both made alike, is none', () => {
    const [a, b] = [
      with1('村口停车场共设车位八十个。'),
      base.map((was, i) => (i === 2 ? '收费每小时三元。' : was)),
    ]
    expect(found(a, b)).toEqual([])
    expect(found(a, a)).toEqual([])
    expect(found(a, base)).toEqual([])
  })

  test('are found from either side', () => {
    const text = fc.array(fc.constantFrom(...base, '老人免费。', '收费每小时三元。', ''), { maxLength: 8 })
    fc.assert(
      fc.property(text, text, (mine, theirs) => {
        expect(found(theirs, mine)).toEqual(found(mine, theirs))
      }),
    )
  })
})
