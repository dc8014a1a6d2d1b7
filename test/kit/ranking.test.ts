// A ranking is made by taps and buttons, and always stays one: every option at most once, no empty place.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  added,
  moved,
  placeOf,
  type Ranking,
  removed,
  tied,
  untied,
} from '../../client/kit/ballot/rankMoves.ts'

describe('a ranking', () => {
  it('grows in the order of the taps, and takes an option once', () => {
    const two = added(added([], 'a'), 'b')
    expect(two).toEqual([['a'], ['b']])
    expect(added(two, 'a')).toBe(two)
    expect(placeOf(two, 'b')).toBe(2)
    expect(placeOf(two, 'c')).toBe(0)
  })

  it('moves an option past its neighbour, and not past the ends', () => {
    const three: Ranking = [['a'], ['b'], ['c']]
    expect(moved(three, 'c', -1)).toEqual([['a'], ['c'], ['b']])
    expect(moved(three, 'a', 1)).toEqual([['b'], ['a'], ['c']])
    expect(moved(three, 'a', -1)).toBe(three)
    expect(moved(three, 'c', 1)).toBe(three)
  })

  it('puts an option level with the one before and apart again', () => {
    const three: Ranking = [['a'], ['b'], ['c']]
    const level = tied(three, 'b')
    expect(level).toEqual([['a', 'b'], ['c']])
    expect(placeOf(level, 'b')).toBe(1)
    expect(untied(level, 'b')).toEqual(three)
    expect(moved(level, 'b', -1)).toEqual([['b'], ['a'], ['c']])
    expect(tied(three, 'a')).toBe(three)
  })

  it('stays a ranking whatever is pressed', () => {
    const press = fc.tuple(
      fc.constantFrom('add', 'up', 'down', 'tie', 'remove'),
      fc.constantFrom('a', 'b', 'c', 'd'),
    )
    fc.assert(
      fc.property(fc.array(press, { maxLength: 40 }), (presses) => {
        let ranking: Ranking = []
        for (const [what, id] of presses) {
          const before = new Set(ranking.flat())
          if (what === 'add') ranking = added(ranking, id)
          else if (what === 'up' || what === 'down') ranking = moved(ranking, id, what === 'up' ? -1 : 1)
          else ranking = what === 'tie' ? tied(ranking, id) : removed(ranking, id)
          const all = ranking.flat()
          expect(new Set(all).size).toBe(all.length)
          expect(ranking.every((group) => group.length > 0)).toBe(true)
          if (what !== 'add' && what !== 'remove') expect(new Set(all)).toEqual(before)
        }
      }),
    )
  })
})
