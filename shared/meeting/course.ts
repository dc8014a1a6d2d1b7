// The course of a meeting as a whole: convened, doors open, in session, in recess, closed.
import type { Deciders, Evolvers } from './deciding.ts'
import { decided, refused } from './deciding.ts'
import type { EventOf, MeetingEvent } from './events.ts'
import { floorCleared } from './floor.ts'
import type { MeetingState, Seat } from './state.ts'

export const courseDeciders: Deciders<
  'openDoors' | 'openMeeting' | 'recessMeeting' | 'resumeMeeting' | 'closeMeeting' | 'reviseMeeting'
> = {
  openDoors: (state) => {
    if (state.phase === 'closed') return refused('meetingEnded')
    return state.phase === 'convened' ? decided({ type: 'doorsOpened' }) : refused('meetingAlreadyOpen')
  },
  openMeeting: (state) => {
    if (state.phase === 'closed') return refused('meetingEnded')
    if (state.phase === 'inSession' || state.phase === 'recess') return refused('meetingAlreadyOpen')
    const doors: MeetingEvent[] = state.phase === 'convened' ? [{ type: 'doorsOpened' }] : []
    return decided(...doors, { type: 'meetingOpened' })
  },
  recessMeeting: (state) => {
    if (state.phase !== 'inSession') return refused('meetingNotOpen')
    if (anyPollOpen(state)) return refused('pollStillOpen')
    return decided(...floorCleared(state, 'recess'), { type: 'meetingRecessed' })
  },
  resumeMeeting: (state) =>
    state.phase === 'recess' ? decided({ type: 'meetingResumed' }) : refused('meetingNotOpen'),
  closeMeeting: (state) => {
    if (state.phase === 'closed') return refused('meetingEnded')
    if (anyPollOpen(state)) return refused('pollStillOpen')
    return decided(...floorCleared(state, 'recess'), { type: 'meetingClosed' })
  },
  reviseMeeting: (state, { title, place, startsAt, presetCode }, { presetByCode }) => {
    if (state.phase === 'closed') return refused('meetingEnded')
    const preset = presetCode === undefined ? undefined : presetByCode(presetCode)
    if (presetCode !== undefined && !preset) return refused('presetUnknown', { code: presetCode })
    return decided({
      type: 'meetingRevised',
      ...(title === undefined ? {} : { title }),
      ...(place === undefined ? {} : { place }),
      ...(startsAt === undefined ? {} : { startsAt }),
      ...(preset ? { preset } : {}),
    })
  },
}

const anyPollOpen = (state: MeetingState): boolean =>
  Object.values(state.polls).some((poll) => poll.status === 'open')

/** The state that `meetingConvened` begins with. */
export const convened = (event: EventOf<'meetingConvened'>, at: number): MeetingState => ({
  meetingId: event.meetingId,
  unitId: event.unitId,
  template: event.template,
  title: event.title,
  place: event.place,
  startsAt: event.startsAt,
  phase: 'convened',
  openedAt: null,
  closedAt: null,
  preset: event.preset,
  parties: event.parties,
  seats: {},
  attendance: {},
  proxies: {},
  agenda: [],
  currentItemId: null,
  floor: { hands: [], arranged: [], speech: null, lastPartyId: null, itemTurns: {}, spoken: {} },
  amendments: [],
  polls: {},
  pollOrder: [],
  stage: { scene: null, since: at, shownPollId: null, showsResult: false },
})

const addSeats = (state: MeetingState, seats: readonly Seat[], at: number): MeetingState => ({
  ...state,
  seats: { ...state.seats, ...Object.fromEntries(seats.map((seat) => [seat.seatId, seat])) },
  attendance: {
    ...state.attendance,
    ...Object.fromEntries(
      seats.map((seat) => [seat.seatId, { status: 'absent', since: at, channel: 'device' } as const]),
    ),
  },
})

const enter = (state: MeetingState, phase: MeetingState['phase'], at: number): MeetingState => ({
  ...state,
  phase,
  stage: { ...state.stage, scene: null, since: at },
})

export const courseEvolvers: Evolvers<
  | 'seatsAdded'
  | 'meetingRevised'
  | 'doorsOpened'
  | 'meetingOpened'
  | 'meetingRecessed'
  | 'meetingResumed'
  | 'meetingClosed'
> = {
  seatsAdded: (state, { seats }, { at }) => addSeats(state, seats, at),
  meetingRevised: (state, { type: _, ...changes }) => ({ ...state, ...changes }),
  doorsOpened: (state, _, { at }) => enter(state, 'gathering', at),
  meetingOpened: (state, _, { at }) => ({ ...enter(state, 'inSession', at), openedAt: at }),
  meetingRecessed: (state, _, { at }) => pauseItem(enter(state, 'recess', at), at),
  meetingResumed: (state, _, { at }) => ({
    ...enter(state, 'inSession', at),
    agenda: state.agenda.map((item) => (item.status === 'current' ? { ...item, startedAt: at } : item)),
  }),
  meetingClosed: (state, _, { at }) => ({ ...pauseItem(enter(state, 'closed', at), at), closedAt: at }),
}

/** An item's clock stands still in recess and after the end. */
const pauseItem = (state: MeetingState, at: number): MeetingState => ({
  ...state,
  agenda: state.agenda.map((item) =>
    item.startedAt === null
      ? item
      : { ...item, spentMs: item.spentMs + Math.max(0, at - item.startedAt), startedAt: null },
  ),
})
