// The item the meeting is on, as the line above a scene.
import type { MeetingState } from '../../../shared/meeting/state.ts'
import { agendaTree } from '../../../shared/views/agendaTree.ts'
import styles from './Stage.module.css'

export const numberOf = (state: MeetingState, itemId: string | null): string => {
  for (const branch of agendaTree(state)) {
    if (branch.item.itemId === itemId) return branch.number
    const child = branch.children.find(({ item }) => item.itemId === itemId)
    if (child !== undefined) return child.number
  }
  return ''
}

export const ItemContext = ({ state, itemId }: { state: MeetingState; itemId: string | null }) => {
  const item = state.agenda.find((each) => each.itemId === itemId)
  if (item === undefined) return state.title
  return (
    <>
      <span className={styles.number}>{numberOf(state, itemId)}</span>
      {item.title}
    </>
  )
}
