// A meeting, composed of its slices: `decide` says what an order makes happen, `evolve` what an event changes.
import { agendaDeciders, agendaEvolvers } from './agenda.ts'
import { amendmentDeciders, amendmentEvolvers } from './amendments.ts'
import { attendanceDeciders, attendanceEvolvers } from './attendance.ts'
import type { Command, CommandType } from './commands.ts'
import { convened, courseDeciders, courseEvolvers } from './course.ts'
import { type Context, type Deciders, type Decision, type Evolvers, refused } from './deciding.ts'
import type { EventType, Recorded } from './events.ts'
import { floorDeciders, floorEvolvers } from './floor.ts'
import { inOneGo } from './oneGo.ts'
import { pollDeciders, pollEvolvers } from './poll.ts'
import { proxyDeciders, proxyEvolvers } from './proxies.ts'
import { mayOrder } from './roles.ts'
import { stageDeciders, stageEvolvers } from './stage.ts'
import type { MeetingState } from './state.ts'

type AnyDecider = (state: MeetingState, command: Command, context: Context) => Decision
type AnyEvolver = (state: MeetingState, event: Recorded['event'], recorded: Recorded) => MeetingState

/** Composed at the first order: browsers fold and never decide, so that their bundles can leave all of it out. */
let deciders: Deciders<CommandType> | null = null
const composed = (): Deciders<CommandType> => ({
  ...courseDeciders,
  ...agendaDeciders,
  ...amendmentDeciders,
  ...attendanceDeciders,
  ...floorDeciders,
  ...pollDeciders,
  ...proxyDeciders,
  ...stageDeciders,
})

/** Pure: equal arguments give equal decisions. `context.facts` must hold what the command needs. */
export const decide = (state: MeetingState, command: Command, context: Context): Decision => {
  if (!mayOrder(context.by.role, command.type)) return refused('notAllowed')
  deciders ??= composed()
  return (deciders[command.type] as AnyDecider)(state, command, context)
}

const evolvers: Evolvers<Exclude<EventType, 'meetingConvened'>> = {
  ...courseEvolvers,
  ...agendaEvolvers,
  ...amendmentEvolvers,
  ...attendanceEvolvers,
  ...floorEvolvers,
  ...pollEvolvers,
  ...proxyEvolvers,
  ...stageEvolvers,
}

/** The state after `recorded`. A meeting begins with `meetingConvened`, and only with that. */
export const evolve = (state: MeetingState | null, recorded: Recorded): MeetingState => {
  const { event } = recorded
  if (event.type === 'meetingConvened') {
    if (state) throw new Error('a meeting is convened once')
    return convened(event, recorded.at)
  }
  if (!state) throw new Error(`the record begins with ${event.type}`)
  return (evolvers[event.type] as AnyEvolver)(state, event, recorded)
}

export const fold = (events: readonly Recorded[]): MeetingState | null =>
  inOneGo(() => events.reduce<MeetingState | null>(evolve, null))
