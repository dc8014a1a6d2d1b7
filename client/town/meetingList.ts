// The hall's meetings in the order in which staff need them: running, ahead (soonest first), past (latest first).
import type { MeetingsView } from '../../shared/wire/http.ts'

export type MeetingLine = MeetingsView['meetings'][number]

export interface MeetingGroups {
  readonly now: readonly MeetingLine[]
  readonly ahead: readonly MeetingLine[]
  readonly past: readonly MeetingLine[]
}

export const groupsOf = (meetings: readonly MeetingLine[]): MeetingGroups => {
  const soonest = [...meetings].sort((a, b) => a.startsAt - b.startsAt)
  const isRunning = ({ phase }: MeetingLine) =>
    phase === 'gathering' || phase === 'inSession' || phase === 'recess'
  return {
    now: soonest.filter(isRunning),
    ahead: soonest.filter(({ phase }) => phase === 'convened'),
    past: soonest.filter(({ phase }) => phase === 'closed').reverse(),
  }
}
