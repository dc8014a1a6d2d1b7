// Which items of a long agenda stand on the screen: the current one with what comes before and after it.
import type { AgendaItem, MeetingState } from '../../../shared/meeting/state.ts'
import { agendaTree } from '../../../shared/views/agendaTree.ts'

export interface AgendaLine {
  readonly item: AgendaItem
  readonly number: string
  readonly isChild: boolean
}

export interface AgendaWindow {
  readonly lines: readonly AgendaLine[]
  readonly before: number
  readonly after: number
}

/** Sub-items stand only under the branch that the meeting is in. */
const linesOf = (state: MeetingState): AgendaLine[] =>
  agendaTree(state).flatMap((branch) => {
    const isHere =
      branch.item.itemId === state.currentItemId ||
      branch.children.some(({ item }) => item.itemId === state.currentItemId)
    return [
      { item: branch.item, number: branch.number, isChild: false },
      ...(isHere ? branch.children.map(({ item, number }) => ({ item, number, isChild: true })) : []),
    ]
  })

export const agendaWindow = (state: MeetingState, linesMax: number): AgendaWindow => {
  const all = linesOf(state)
  const here = all.findIndex(({ item }) => item.itemId === state.currentItemId)
  const first = Math.max(0, Math.min(here - 2, all.length - linesMax))
  const lines = all.slice(first, first + linesMax)
  return { lines, before: first, after: all.length - first - lines.length }
}
