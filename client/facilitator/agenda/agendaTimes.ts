// Numbers and times of agenda items, as the cockpit shows them.
import type { AgendaItem, MeetingState } from '../../../shared/meeting/state.ts'
import { agendaTree } from '../../../shared/views/agendaTree.ts'

/** Time spent on an item up to `now`, in milliseconds. */
export const spentMs = (item: AgendaItem, now: number): number =>
  item.spentMs + (item.startedAt === null ? 0 : Math.max(0, now - item.startedAt))

/** `2` or `2.1`; empty for an item that is gone. */
export const itemNumber = (state: MeetingState, itemId: string): string => {
  for (const branch of agendaTree(state)) {
    if (branch.item.itemId === itemId) return branch.number
    const child = branch.children.find(({ item }) => item.itemId === itemId)
    if (child !== undefined) return child.number
  }
  return ''
}
