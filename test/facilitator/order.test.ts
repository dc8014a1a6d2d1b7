// Drags, keys and menus on the agenda and the queue become one order, or nothing where nothing would change.
import { describe, expect, it } from 'vitest'
import { type Direction, moveBy, moveByDrop, placeOf } from '../../client/facilitator/agenda/agendaMoves.ts'
import { queueByDrop, queueByKey } from '../../client/facilitator/floor/queueOrder.ts'
import { MeetingOnPaper } from '../meeting/given.ts'

/** 1 A (1.1 a, 1.2 b), 2 B, 3 C */
const agenda = () => {
  const meeting = new MeetingOnPaper()
  const a = meeting.addItem('A')
  meeting.addItem('a', a)
  meeting.addItem('b', a)
  meeting.addItem('B')
  meeting.addItem('C')
  const id = (title: string) => meeting.state.agenda.find((item) => item.title === title)?.itemId ?? ''
  const titles = () =>
    meeting.state.agenda.map((item) => (item.parentId === null ? item.title : `(${item.title})`)).join(' ')
  const move = (title: string, direction: Direction) => {
    const command = moveBy(meeting.state.agenda, id(title), direction)
    if (command !== null) meeting.given(command)
    return titles()
  }
  const drop = (title: string, target: string, place: 'before' | 'after' | 'on') => {
    const command = moveByDrop(meeting.state.agenda, id(title), id(target), place)
    if (command !== null) meeting.given(command)
    return titles()
  }
  return { meeting, id, titles, move, drop }
}

describe('the agenda by keys', () => {
  it('moves an item with its sub-items past its siblings only', () => {
    const { move } = agenda()
    expect(move('B', 'up')).toBe('B A (a) (b) C')
    expect(move('A', 'down')).toBe('B C A (a) (b)')
    expect(move('A', 'down')).toBe('B C A (a) (b)')
    expect(move('b', 'up')).toBe('B C A (b) (a)')
  })

  it('puts an item under the one above it, and out again right behind its parent', () => {
    const { move } = agenda()
    expect(move('B', 'in')).toBe('A (a) (b) (B) C')
    expect(move('B', 'out')).toBe('A (a) (b) B C')
  })

  it('never nests an item that has sub-items, nor the first', () => {
    const { move, titles } = agenda()
    move('A', 'down')
    expect(move('A', 'in')).toBe(titles())
    expect(titles()).toBe('B A (a) (b) C')
    expect(move('B', 'in')).toBe('B A (a) (b) C')
  })
})

describe('the agenda by drops', () => {
  it('drops before, after and on another item', () => {
    const { drop } = agenda()
    expect(drop('C', 'A', 'before')).toBe('C A (a) (b) B')
    expect(drop('C', 'B', 'after')).toBe('A (a) (b) B C')
    expect(drop('C', 'A', 'on')).toBe('A (a) (b) (C) B')
    expect(drop('a', 'B', 'before')).toBe('A (b) (C) a B')
  })

  it('takes no drop of an item on itself, into itself or a third level down', () => {
    const { drop, titles } = agenda()
    const before = titles()
    expect(drop('A', 'a', 'on')).toBe(before)
    expect(drop('A', 'a', 'before')).toBe(before)
    expect(drop('B', 'a', 'on')).toBe(before)
    expect(drop('B', 'B', 'after')).toBe(before)
    expect(drop('B', 'C', 'before')).toBe(before)
  })
})

it('undoes any move of the agenda', () => {
  const titles = ['A', 'a', 'b', 'B', 'C']
  for (const title of titles) {
    for (const target of titles) {
      for (const place of ['before', 'after', 'on'] as const) {
        const { meeting, id, titles: now } = agenda()
        const before = now()
        const move = moveByDrop(meeting.state.agenda, id(title), id(target), place)
        const back = placeOf(meeting.state.agenda, id(title))
        if (move === null || back === null) continue
        meeting.given(move)
        meeting.given(back)
        expect(now(), `${title} ${place} ${target}`).toBe(before)
      }
    }
  }
})

describe('the queue', () => {
  it('moves one seat by drop', () => {
    expect(queueByDrop(['a', 'b', 'c', 'd'], ['d'], 'a', 'before')).toEqual(['d', 'a', 'b', 'c'])
    expect(queueByDrop(['a', 'b', 'c', 'd'], ['a'], 'c', 'after')).toEqual(['b', 'c', 'a', 'd'])
  })

  it('keeps the order when it is dropped on itself', () => {
    expect(queueByDrop(['a', 'b', 'c'], ['b'], 'b', 'after')).toEqual(['a', 'b', 'c'])
  })

  it('moves by keys and stops at the ends', () => {
    expect(queueByKey(['a', 'b', 'c'], 'b', -1)).toEqual(['b', 'a', 'c'])
    expect(queueByKey(['a', 'b', 'c'], 'b', 1)).toEqual(['a', 'c', 'b'])
    expect(queueByKey(['a', 'b', 'c'], 'a', -1)).toBeNull()
    expect(queueByKey(['a', 'b', 'c'], 'c', 1)).toBeNull()
  })
})
