// The agenda as people read it: items with their sub-items, and the one the meeting is on.
import type { AgendaItem, MeetingState } from '../meeting/state.ts'

export interface AgendaBranch {
  readonly item: AgendaItem
  /** Such as `2` or `2.1`. */
  readonly number: string
  readonly children: readonly { readonly item: AgendaItem; readonly number: string }[]
}

export const agendaTree = (state: MeetingState): AgendaBranch[] =>
  state.agenda
    .filter((item) => item.parentId === null)
    .map((item, i) => ({
      item,
      number: `${i + 1}`,
      children: state.agenda
        .filter((child) => child.parentId === item.itemId)
        .map((child, j) => ({ item: child, number: `${i + 1}.${j + 1}` })),
    }))

export const currentItem = (state: MeetingState): AgendaItem | null =>
  state.agenda.find((item) => item.itemId === state.currentItemId) ?? null

/** The item that follows the current one; the first when none is current. */
export const nextItem = (state: MeetingState): AgendaItem | null => {
  const at = state.agenda.findIndex((item) => item.itemId === state.currentItemId)
  return state.agenda.slice(at + 1).find((item) => item.status !== 'done') ?? null
}
