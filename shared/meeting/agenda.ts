// The agenda: items in order with one level of sub-items, and the item the meeting is on.
import { limits } from '../kernel/limits.ts'
import { type Deciders, decided, type Evolvers, notInSession, refused } from './deciding.ts'
import { floorCleared } from './floor.ts'
import type { AgendaItem, MeetingState } from './state.ts'

export const agendaDeciders: Deciders<
  'addAgendaItem' | 'reviseAgendaItem' | 'moveAgendaItem' | 'removeAgendaItem' | 'moveAgendaTo'
> = {
  addAgendaItem: (state, { title, parentId, minutes, matterId }, { newId }) => {
    if (state.phase === 'closed') return refused('meetingEnded')
    if (state.agenda.length >= limits.agendaItemsMax)
      return refused('tooMany', { max: limits.agendaItemsMax })
    const misplaced = checkParent(state, parentId)
    if (misplaced) return misplaced
    const itemId = newId('item')
    return decided({
      type: 'agendaItemAdded',
      itemId,
      parentId,
      title,
      minutes,
      draftId: newId('draft'),
      matterId,
    })
  },
  reviseAgendaItem: (state, { itemId, title, minutes }) => {
    if (state.phase === 'closed') return refused('meetingEnded')
    if (!find(state, itemId)) return refused('itemUnknown')
    return decided({
      type: 'agendaItemRevised',
      itemId,
      ...(title === undefined ? {} : { title }),
      ...(minutes === undefined ? {} : { minutes }),
    })
  },
  moveAgendaItem: (state, { itemId, parentId, index }) => {
    if (state.phase === 'closed') return refused('meetingEnded')
    if (!find(state, itemId)) return refused('itemUnknown')
    const hasChildren = state.agenda.some((item) => item.parentId === itemId)
    if (parentId === itemId || (parentId !== null && hasChildren)) return refused('agendaTooDeep')
    return checkParent(state, parentId) ?? decided({ type: 'agendaItemMoved', itemId, parentId, index })
  },
  removeAgendaItem: (state, { itemId }) => {
    if (state.phase === 'closed') return refused('meetingEnded')
    if (!find(state, itemId)) return refused('itemUnknown')
    const removed = withChildren(state.agenda, itemId)
    if (removed.some((item) => item.status === 'current')) return refused('itemIsCurrent')
    const polled = new Set(Object.values(state.polls).map((poll) => poll.itemId))
    if (removed.some((item) => polled.has(item.itemId))) return refused('itemHasPolls')
    const amended = new Set(state.amendments.map((amendment) => amendment.itemId))
    if (removed.some((item) => amended.has(item.itemId))) return refused('itemHasAmendments')
    return decided({ type: 'agendaItemRemoved', itemId })
  },
  moveAgendaTo: (state, { itemId }) => {
    const closed = notInSession(state)
    if (closed) return refused(closed)
    if (!find(state, itemId)) return refused('itemUnknown')
    if (state.currentItemId === itemId) return decided()
    if (Object.values(state.polls).some((poll) => poll.status === 'open')) return refused('pollStillOpen')
    return decided(...floorCleared(state, 'itemMoved'), { type: 'agendaMovedTo', itemId })
  },
}

const find = (state: MeetingState, itemId: string): AgendaItem | undefined =>
  state.agenda.find((item) => item.itemId === itemId)

/** A parent must be on the agenda and at its top level, since sub-items are one level deep. */
const checkParent = (state: MeetingState, parentId: string | null) => {
  if (parentId === null) return undefined
  const parent = find(state, parentId)
  if (!parent) return refused('itemUnknown')
  return parent.parentId === null ? undefined : refused('agendaTooDeep', { max: limits.agendaDepthMax })
}

const withChildren = (agenda: readonly AgendaItem[], itemId: string): AgendaItem[] =>
  agenda.filter((item) => item.itemId === itemId || item.parentId === itemId)

/** Puts `block` (an item and its children) at `index` among the items under `parentId`. */
const placed = (
  rest: readonly AgendaItem[],
  block: readonly AgendaItem[],
  parentId: string | null,
  index: number,
): AgendaItem[] => {
  const siblings = rest.filter((item) => item.parentId === parentId)
  const before = siblings[index]
  if (before) {
    const at = rest.indexOf(before)
    return [...rest.slice(0, at), ...block, ...rest.slice(at)]
  }
  if (parentId === null) return [...rest, ...block]
  const family = withChildren(rest, parentId)
  const last = family.at(-1)
  const at = last ? rest.indexOf(last) + 1 : rest.length
  return [...rest.slice(0, at), ...block, ...rest.slice(at)]
}

const leaveItem = (item: AgendaItem, at: number): AgendaItem =>
  item.status !== 'current'
    ? item
    : {
        ...item,
        status: 'done',
        spentMs: item.spentMs + (item.startedAt === null ? 0 : Math.max(0, at - item.startedAt)),
        startedAt: null,
      }

export const agendaEvolvers: Evolvers<
  'agendaItemAdded' | 'agendaItemRevised' | 'agendaItemMoved' | 'agendaItemRemoved' | 'agendaMovedTo'
> = {
  agendaItemAdded: (state, { itemId, parentId, title, minutes, draftId, matterId }) => {
    const item: AgendaItem = {
      itemId,
      parentId,
      title,
      minutes,
      draftId,
      matterId,
      startedAt: null,
      spentMs: 0,
      status: 'ahead',
      recused: {},
    }
    return { ...state, agenda: placed(state.agenda, [item], parentId, Number.POSITIVE_INFINITY) }
  },
  agendaItemRevised: (state, { type: _, itemId, ...changes }) => ({
    ...state,
    agenda: state.agenda.map((item) => (item.itemId === itemId ? { ...item, ...changes } : item)),
  }),
  agendaItemMoved: (state, { itemId, parentId, index }) => {
    const block = withChildren(state.agenda, itemId).map((item) =>
      item.itemId === itemId ? { ...item, parentId } : item,
    )
    const moved = new Set(block.map((item) => item.itemId))
    const rest = state.agenda.filter((item) => !moved.has(item.itemId))
    return { ...state, agenda: placed(rest, block, parentId, index) }
  },
  agendaItemRemoved: (state, { itemId }) => ({
    ...state,
    agenda: state.agenda.filter((item) => item.itemId !== itemId && item.parentId !== itemId),
  }),
  agendaMovedTo: (state, { itemId }, { at }) => ({
    ...state,
    currentItemId: itemId,
    agenda: state.agenda.map((item) =>
      item.itemId === itemId ? { ...item, status: 'current', startedAt: at } : leaveItem(item, at),
    ),
    floor: { ...state.floor, itemTurns: {}, lastPartyId: null, arranged: [] },
    stage: { ...state.stage, scene: null, since: at, showsResult: false },
  }),
}
