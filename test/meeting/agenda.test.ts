import { describe, expect, test } from 'vitest'
import { agendaTree, nextItem } from '../../shared/views/agendaTree.ts'
import { clerk, MeetingOnPaper, outcome } from './given.ts'

const titles = (meeting: MeetingOnPaper) =>
  agendaTree(meeting.state).map(({ item, children }) => [
    item.title,
    ...children.map((child) => child.item.title),
  ])

const withItems = () => {
  const meeting = new MeetingOnPaper()
  const ids = ['甲', '乙', '丙'].map((title) => meeting.addItem(title))
  const child = meeting.addItem('甲一', ids[0] ?? null)
  return { meeting, ids, child }
}

describe('the agenda', () => {
  test('keeps sub-items behind their item', () => {
    const { meeting } = withItems()
    expect(titles(meeting)).toEqual([['甲', '甲一'], ['乙'], ['丙']])
  })

  test('moves an item with its sub-items, and a sub-item to another parent', () => {
    const { meeting, ids, child } = withItems()
    meeting.given({ type: 'moveAgendaItem', itemId: ids[0] ?? '', parentId: null, index: 2 })
    expect(titles(meeting)).toEqual([['乙'], ['丙'], ['甲', '甲一']])
    meeting.given({ type: 'moveAgendaItem', itemId: child, parentId: ids[1] ?? '', index: 0 })
    expect(titles(meeting)).toEqual([['乙', '甲一'], ['丙'], ['甲']])
    meeting.given({ type: 'moveAgendaItem', itemId: child, parentId: null, index: 0 })
    expect(titles(meeting)).toEqual([['甲一'], ['乙'], ['丙'], ['甲']])
  })

  test('is one level deep', () => {
    const { meeting, ids, child } = withItems()
    const under = {
      type: 'addAgendaItem',
      title: '太深',
      parentId: child,
      minutes: 5,
      matterId: null,
    } as const
    expect(outcome(meeting.when(under))).toBe('agendaTooDeep')
    const move = { type: 'moveAgendaItem', itemId: ids[0] ?? '', index: 0 } as const
    expect(outcome(meeting.when({ ...move, parentId: ids[1] ?? '' }))).toBe('agendaTooDeep')
    expect(outcome(meeting.when({ ...move, parentId: ids[0] ?? '' }))).toBe('agendaTooDeep')
  })

  test('removes what is neither current nor voted on', () => {
    const meeting = new MeetingOnPaper().inSession()
    const other = meeting.addItem('另一项')
    expect(outcome(meeting.when({ type: 'removeAgendaItem', itemId: meeting.item(0) }))).toBe('itemIsCurrent')
    const pollId = meeting.openPoll()
    meeting.given({ type: 'cancelPoll', pollId, reason: '' })
    meeting.given({ type: 'moveAgendaTo', itemId: other })
    expect(outcome(meeting.when({ type: 'removeAgendaItem', itemId: meeting.item(0) }))).toBe('itemHasPolls')
    expect(outcome(meeting.when({ type: 'removeAgendaItem', itemId: 'it_nowhere' }))).toBe('itemUnknown')
  })

  test('keeps the time spent on each item, standing still in recess', () => {
    const meeting = new MeetingOnPaper().inSession()
    meeting.now += 60_000
    meeting.given({ type: 'recessMeeting' })
    meeting.now += 600_000
    meeting.given({ type: 'resumeMeeting' })
    meeting.now += 30_000
    const next = meeting.addItem('下一项')
    expect(nextItem(meeting.state)?.itemId).toBe(next)
    meeting.given({ type: 'moveAgendaTo', itemId: next })
    expect(meeting.state.agenda[0]).toMatchObject({ status: 'done', spentMs: 90_000, startedAt: null })
  })

  test('is moved by facilitators only', () => {
    const { meeting, ids } = withItems()
    expect(outcome(meeting.when({ type: 'moveAgendaTo', itemId: ids[0] ?? '' }, clerk))).toBe('notAllowed')
    expect(outcome(meeting.when({ type: 'moveAgendaTo', itemId: ids[0] ?? '' }))).toBe('meetingNotOpen')
  })
})
