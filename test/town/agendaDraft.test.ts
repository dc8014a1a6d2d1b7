import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Agenda,
  addChild,
  addItem,
  askOfAgenda,
  indent,
  minutesOf,
  moveBy,
  moveTo,
  numbersOf,
  outdent,
  removeLine,
} from '../../client/town/convene/agendaDraft.ts'

/** `a b1 b2` reads: item a, then b's first and second sub-item when written with a digit. */
const agenda = (text: string): Agenda =>
  text.split(' ').map((key) => ({ key, title: key, minutes: 10, depth: key.length > 1 ? 1 : 0 }))
const keys = (lines: Agenda): string => lines.map(({ key }) => key).join(' ')

describe('the order of the agenda', () => {
  it('moves an item past a whole other item, with its sub-items', () => {
    expect(keys(moveBy(agenda('a a1 b b1 c'), 'a', 1))).toBe('b b1 a a1 c')
    expect(keys(moveBy(agenda('a a1 b b1 c'), 'c', -1))).toBe('a a1 c b b1')
  })

  it('stays as it is at either end', () => {
    expect(keys(moveBy(agenda('a b'), 'a', -1))).toBe('a b')
    expect(keys(moveBy(agenda('a b'), 'b', 1))).toBe('a b')
  })

  it('moves a sub-item past one line, also under another item, never to the very front', () => {
    expect(keys(moveBy(agenda('a a1 b b1'), 'a1', 1))).toBe('a b a1 b1')
    expect(keys(moveBy(agenda('a b b1'), 'b1', -1))).toBe('a b1 b')
    expect(keys(moveBy(agenda('a a1'), 'a1', -1))).toBe('a a1')
  })

  it('never lets a dragged item split another', () => {
    expect(keys(moveTo(agenda('a b b1 b2 c'), 'a', 2))).not.toMatch(/b a/)
  })

  it('makes a sub-item of an item without any, and back', () => {
    expect(numbersOf(indent(agenda('a b'), 'b'))).toEqual(['1', '1.1'])
    expect(numbersOf(indent(agenda('a b b1'), 'b'))).toEqual(['1', '2', '2.1'])
    expect(numbersOf(indent(agenda('a b'), 'a'))).toEqual(['1', '2'])
    expect(keys(outdent(agenda('a a1 a2 b'), 'a1'))).toBe('a a2 a1 b')
    expect(numbersOf(outdent(agenda('a a1 a2 b'), 'a1'))).toEqual(['1', '1.1', '2', '3'])
  })

  it('adds at the end of an item and removes an item with its sub-items', () => {
    expect(keys(addChild(agenda('a a1 b'), 'a', 'a2'))).toBe('a a1 a2 b')
    expect(keys(addItem(agenda('a a1'), 'b'))).toBe('a a1 b')
    expect(keys(removeLine(agenda('a a1 b'), 'a'))).toBe('b')
    expect(keys(removeLine(agenda('a a1 b'), 'a1'))).toBe('a b')
  })

  it('keeps every line exactly once and a sub-item never first, whatever is done to it', () => {
    const key = fc.constantFrom('a', 'a1', 'a2', 'b', 'c', 'c1')
    const move = fc.oneof(
      fc.record({ do: fc.constant('moveBy' as const), key, step: fc.constantFrom(-1 as const, 1 as const) }),
      fc.record({ do: fc.constant('moveTo' as const), key, to: fc.integer({ min: -2, max: 9 }) }),
      fc.record({ do: fc.constantFrom('indent' as const, 'outdent' as const), key }),
    )
    fc.assert(
      fc.property(fc.array(move, { maxLength: 30 }), (moves) => {
        let lines = agenda('a a1 a2 b c c1')
        for (const it of moves) {
          if (it.do === 'moveBy') lines = moveBy(lines, it.key, it.step)
          else if (it.do === 'moveTo') lines = moveTo(lines, it.key, it.to)
          else lines = (it.do === 'indent' ? indent : outdent)(lines, it.key)
          expect([...lines.map((line) => line.key)].sort()).toEqual(['a', 'a1', 'a2', 'b', 'c', 'c1'])
          expect(lines[0]?.depth).toBe(0)
        }
      }),
    )
  })
})

describe('what is sent', () => {
  it('nests sub-items and counts their minutes within their item', () => {
    const lines = agenda('a a1 b')
    expect(askOfAgenda(lines)).toEqual([
      { title: 'a', minutes: 10, children: [{ title: 'a1', minutes: 10 }] },
      { title: 'b', minutes: 10, children: [] },
    ])
    expect(minutesOf(lines)).toBe(20)
    expect(minutesOf(agenda('a a1 a2 b'))).toBe(30)
  })
})
