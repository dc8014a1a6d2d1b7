// Who is here: checking in and out, excuses, the channel through which a seat votes, observers, and recusals.
import {
  actsForOther,
  type Deciders,
  decided,
  type Evolvers,
  isPresent,
  isStaff,
  refused,
  seatOf,
} from './deciding.ts'
import { handsDown, speechOver } from './floor.ts'
import { put } from './oneGo.ts'
import type { AgendaItem, Attendance, MeetingState } from './state.ts'

/** Arrivals are taken from the opening of the doors to the end of the meeting. */
const doorsShut = (state: MeetingState) => {
  if (state.phase === 'closed') return refused('meetingEnded')
  return state.phase === 'convened' ? refused('meetingNotOpen') : undefined
}

export const attendanceDeciders: Deciders<
  'checkIn' | 'leave' | 'excuse' | 'setChannel' | 'admitObserver' | 'recuse' | 'liftRecusal'
> = {
  checkIn: (state, { seatId, channel }, { by }) => {
    if (actsForOther(seatId, by) && !isStaff(by.role)) return refused('notAllowed')
    const seat = seatOf(state, seatId, by)
    if (!seat) return refused('seatUnknown')
    const shut = doorsShut(state)
    if (shut) return shut
    const wanted = isStaff(by.role) ? (channel ?? 'clerk') : 'device'
    const here = state.attendance[seat.seatId]
    if (here?.status === 'present' && here.channel === wanted) return decided()
    if (here?.status === 'present')
      return decided({ type: 'channelSet', seatId: seat.seatId, channel: wanted })
    const arrived = { type: 'seatCheckedIn', seatId: seat.seatId, channel: wanted } as const
    if (!state.proxies[seat.seatId]) return decided(arrived)
    return decided(arrived, { type: 'proxyEnded', fromSeatId: seat.seatId, reason: 'arrived' })
  },
  leave: (state, { seatId }, { by }) => {
    if (actsForOther(seatId, by) && !isStaff(by.role)) return refused('notAllowed')
    const seat = seatOf(state, seatId, by)
    if (!seat) return refused('seatUnknown')
    if (state.phase === 'closed') return refused('meetingEnded')
    if (!isPresent(state, seat.seatId)) return refused('seatNotPresent')
    return decided(...speechOver(state, 'left', seat.seatId), ...handsDown(state, 'left', seat.seatId), {
      type: 'seatLeft',
      seatId: seat.seatId,
    })
  },
  excuse: (state, { seatId, reason }) => {
    if (!state.seats[seatId]) return refused('seatUnknown')
    if (state.phase === 'closed') return refused('meetingEnded')
    if (isPresent(state, seatId)) return refused('seatAlreadyPresent')
    return decided({ type: 'seatExcused', seatId, reason })
  },
  setChannel: (state, { seatId, channel }) => {
    if (!state.seats[seatId]) return refused('seatUnknown')
    if (state.phase === 'closed') return refused('meetingEnded')
    if (!isPresent(state, seatId)) return refused('seatNotPresent')
    return state.attendance[seatId]?.channel === channel
      ? decided()
      : decided({ type: 'channelSet', seatId, channel })
  },
  admitObserver: (state, { seatId }) => {
    const shut = doorsShut(state)
    if (shut) return shut
    if (state.seats[seatId]) return refused('seatExists')
    return decided({ type: 'observerAdmitted', seatId })
  },
  recuse: (state, { itemId, seatId, reason }, { by }) => {
    if (actsForOther(seatId, by) && !isStaff(by.role)) return refused('notAllowed')
    const seat = seatOf(state, seatId, by)
    const item = state.agenda.find((one) => one.itemId === itemId)
    if (!seat) return refused('seatUnknown')
    if (!item) return refused('itemUnknown')
    if (state.phase === 'closed') return refused('meetingEnded')
    if (item.recused[seat.seatId]) return refused('alreadyRecused')
    if (openOn(state, itemId)) return refused('pollStillOpen')
    return decided({ type: 'seatRecused', itemId, seatId: seat.seatId, reason })
  },
  liftRecusal: (state, { itemId, seatId }) => {
    const item = state.agenda.find((one) => one.itemId === itemId)
    if (state.phase === 'closed') return refused('meetingEnded')
    if (!item?.recused[seatId]) return refused('notFound')
    if (openOn(state, itemId)) return refused('pollStillOpen')
    return decided({ type: 'recusalLifted', itemId, seatId })
  },
}

const openOn = (state: MeetingState, itemId: string): boolean =>
  Object.values(state.polls).some((poll) => poll.itemId === itemId && poll.status === 'open')

const attend = (state: MeetingState, seatId: string, change: Partial<Attendance>): MeetingState => {
  const before: Attendance = state.attendance[seatId] ?? { status: 'absent', since: 0, channel: 'device' }
  return { ...state, attendance: put(state.attendance, seatId, { ...before, ...change }) }
}

const changeRecused = (
  state: MeetingState,
  itemId: string,
  change: (recused: AgendaItem['recused']) => AgendaItem['recused'],
): MeetingState => ({
  ...state,
  agenda: state.agenda.map((item) =>
    item.itemId === itemId ? { ...item, recused: change(item.recused) } : item,
  ),
})

export const attendanceEvolvers: Evolvers<
  | 'seatCheckedIn'
  | 'seatLeft'
  | 'seatExcused'
  | 'channelSet'
  | 'observerAdmitted'
  | 'seatRecused'
  | 'recusalLifted'
> = {
  seatCheckedIn: (state, { seatId, channel }, { at }) =>
    attend(state, seatId, { status: 'present', since: at, channel }),
  seatLeft: (state, { seatId }, { at }) => attend(state, seatId, { status: 'left', since: at }),
  seatExcused: (state, { seatId, reason }, { at }) =>
    attend(state, seatId, { status: 'excused', since: at, reason }),
  channelSet: (state, { seatId, channel }) => attend(state, seatId, { channel }),
  observerAdmitted: (state, { seatId }, { at }) =>
    attend(
      { ...state, seats: put(state.seats, seatId, { seatId, partyId: null, role: 'observer' }) },
      seatId,
      { status: 'present', since: at, channel: 'device' },
    ),
  seatRecused: (state, { itemId, seatId, reason }, { by }) =>
    changeRecused(state, itemId, (recused) => ({ ...recused, [seatId]: { reason, declaredBy: by } })),
  recusalLifted: (state, { itemId, seatId }) =>
    changeRecused(state, itemId, ({ [seatId]: _, ...others }) => others),
}
