// What the big screen shows: the facilitator's choice, or else what the meeting is on.
import type { Scene } from '../meeting/commands.ts'
import type { MeetingState } from '../meeting/state.ts'

export const sceneOf = (state: MeetingState): Scene => state.stage.scene ?? automaticScene(state)

export const automaticScene = (state: MeetingState): Scene => {
  if (state.phase === 'convened' || state.phase === 'gathering' || state.phase === 'recess') return 'welcome'
  if (Object.values(state.polls).some((poll) => poll.status === 'open')) return 'poll'
  if (state.stage.showsResult) return 'result'
  if (state.phase === 'closed') return 'agenda'
  if (state.floor.speech) return 'speaker'
  return state.currentItemId === null ? 'agenda' : 'text'
}
