// Turns a drop, a key or a menu choice on the agenda into one `moveAgendaItem`, or into nothing where it would change
// nothing or nest too deep.
import { limits } from '../../../shared/kernel/limits.ts'
import type { CommandOf } from '../../../shared/meeting/commands.ts'
import type { AgendaItem } from '../../../shared/meeting/state.ts'

export type Move = CommandOf<'moveAgendaItem'>
export type Direction = 'up' | 'down' | 'in' | 'out'
export type DropPlace = 'before' | 'after' | 'on'

type Agenda = readonly AgendaItem[]

const siblings = (agenda: Agenda, parentId: string | null): Agenda =>
  agenda.filter((item) => item.parentId === parentId)

const find = (agenda: Agenda, itemId: string | null): AgendaItem | undefined =>
  agenda.find((item) => item.itemId === itemId)

/** 1 for an item of the first level. */
const depthOf = (agenda: Agenda, itemId: string | null): number => {
  const item = find(agenda, itemId)
  return item === undefined ? 0 : 1 + depthOf(agenda, item.parentId)
}

const heightOf = (agenda: Agenda, itemId: string): number =>
  1 + Math.max(0, ...siblings(agenda, itemId).map((child) => heightOf(agenda, child.itemId)))

const isWithin = (agenda: Agenda, itemId: string | null, ancestorId: string): boolean => {
  const item = find(agenda, itemId)
  if (item === undefined) return false
  return item.itemId === ancestorId || isWithin(agenda, item.parentId, ancestorId)
}

const indexIn = (agenda: Agenda, item: AgendaItem): number =>
  siblings(agenda, item.parentId).findIndex(({ itemId }) => itemId === item.itemId)

/** Checks depth, and leaves out what would leave everything as it is. `index` counts without the moved item. */
const moveTo = (agenda: Agenda, item: AgendaItem, parentId: string | null, index: number): Move | null => {
  if (isWithin(agenda, parentId, item.itemId)) return null
  if (depthOf(agenda, parentId) + heightOf(agenda, item.itemId) > limits.agendaDepthMax) return null
  if (parentId === item.parentId && index === indexIn(agenda, item)) return null
  return { type: 'moveAgendaItem', itemId: item.itemId, parentId, index }
}

/** Where an item goes with one press of up, down, in (under the item above it) or out (behind its parent). */
export const moveBy = (agenda: Agenda, itemId: string, direction: Direction): Move | null => {
  const item = find(agenda, itemId)
  if (item === undefined) return null
  const among = siblings(agenda, item.parentId)
  const index = indexIn(agenda, item)
  switch (direction) {
    case 'up':
      return index === 0 ? null : moveTo(agenda, item, item.parentId, index - 1)
    case 'down':
      return index === among.length - 1 ? null : moveTo(agenda, item, item.parentId, index + 1)
    case 'in': {
      const above = among[index - 1]
      if (above === undefined) return null
      return moveTo(agenda, item, above.itemId, siblings(agenda, above.itemId).length)
    }
    case 'out': {
      const parent = find(agenda, item.parentId)
      return parent === undefined ? null : moveTo(agenda, item, parent.parentId, indexIn(agenda, parent) + 1)
    }
  }
}

/** Where an item goes when it is dropped before, after or on another one. */
export const moveByDrop = (
  agenda: Agenda,
  itemId: string,
  targetId: string,
  place: DropPlace,
): Move | null => {
  const item = find(agenda, itemId)
  const target = find(agenda, targetId)
  if (item === undefined || target === undefined || item === target) return null
  if (place === 'on') {
    const children = siblings(agenda, targetId).filter((child) => child !== item)
    return moveTo(agenda, item, targetId, children.length)
  }
  const among = siblings(agenda, target.parentId).filter((other) => other !== item)
  const index = among.indexOf(target) + (place === 'after' ? 1 : 0)
  return moveTo(agenda, item, target.parentId, index)
}

/** The move that puts an item back to where it stands now, for undo. */
export const placeOf = (agenda: Agenda, itemId: string): Move | null => {
  const item = find(agenda, itemId)
  if (item === undefined) return null
  return { type: 'moveAgendaItem', itemId, parentId: item.parentId, index: indexIn(agenda, item) }
}
