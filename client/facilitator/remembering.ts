// Chooses, of all states a meeting goes through, those that a panel has to be drawn anew for.
import type { MeetingState } from '../../shared/meeting/state.ts'

export type Part = keyof MeetingState

/**
 * Gives the state it gave before while none of `parts` has changed; without any part, every new state. While one
 * leaves the meeting (`null`) the last one stands.
 */
export const remembering = (parts: readonly Part[]): ((state: MeetingState | null) => MeetingState) => {
  let last: MeetingState | null = null
  return (state) => {
    const before = last
    if (state === null) {
      if (before === null) throw new Error('a panel of the cockpit stands outside of it')
      return before
    }
    const isSame = before !== null && parts.length > 0 && parts.every((part) => before[part] === state[part])
    last = isSame ? before : state
    return last
  }
}
