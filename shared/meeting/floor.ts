// The floor: hands, the queue, and one speaker with a clock.
import { limits } from '../kernel/limits.ts'
import { speakingOrder } from '../views/speakingOrder.ts'
import {
  actsForOther,
  type Deciders,
  decided,
  type Evolvers,
  isPresent,
  isStaff,
  notInSession,
  refused,
  seatOf,
} from './deciding.ts'
import type { EventOf, MeetingEvent } from './events.ts'
import type { Floor, MeetingState } from './state.ts'

export const floorDeciders: Deciders<
  'raiseHand' | 'lowerHand' | 'lowerAllHands' | 'arrangeQueue' | 'giveFloor' | 'extendSpeech' | 'endSpeech'
> = {
  raiseHand: (state, { seatId, kind }, { by }) => {
    const closed = notInSession(state)
    if (closed) return refused(closed)
    if (actsForOther(seatId, by) && !isStaff(by.role)) return refused('notAllowed')
    const seat = seatOf(state, seatId, by)
    if (!seat) return refused('seatUnknown')
    if (seat.role === 'observer' && !isStaff(by.role)) return refused('observerCannot')
    if (!isPresent(state, seat.seatId)) return refused('seatNotPresent')
    if (raised(state, seat.seatId)) return refused('handAlreadyRaised')
    if (state.floor.hands.length >= limits.handsMax) return refused('tooMany', { max: limits.handsMax })
    return decided({ type: 'handRaised', seatId: seat.seatId, kind })
  },
  lowerHand: (state, { seatId }, { by }) => {
    if (actsForOther(seatId, by) && !isStaff(by.role)) return refused('notAllowed')
    const seat = seatOf(state, seatId, by)
    if (!seat) return refused('seatUnknown')
    if (!raised(state, seat.seatId)) return refused('handUnknown')
    const reason = seat.seatId === by.seatId ? 'withdrawn' : 'byFacilitator'
    return decided({ type: 'handLowered', seatId: seat.seatId, reason })
  },
  lowerAllHands: (state) => decided(...handsDown(state, 'byFacilitator')),
  arrangeQueue: (state, { seatIds }) => {
    if (new Set(seatIds).size !== seatIds.length) return refused('malformed')
    if (seatIds.some((seatId) => !raised(state, seatId))) return refused('handUnknown')
    return decided({ type: 'queueArranged', seatIds })
  },
  giveFloor: (state, { seatId, seconds }, { newId }) => {
    const closed = notInSession(state)
    if (closed) return refused(closed)
    // A speaker may already have raised a hand for another turn; the next is somebody else.
    const waiting = speakingOrder(state).filter((hand) => hand.seatId !== state.floor.speech?.seatId)
    const next = seatId ?? waiting[0]?.seatId
    if (next === undefined) return refused('handUnknown')
    if (!state.seats[next]) return refused('seatUnknown')
    if (!isPresent(state, next)) return refused('seatNotPresent')
    if (state.floor.speech?.seatId === next) return refused('floorTaken')
    const kind = raised(state, next)?.kind ?? 'speak'
    return decided(...speechOver(state, 'next'), {
      type: 'floorGiven',
      speechId: newId('speech'),
      seatId: next,
      kind,
      seconds,
    })
  },
  extendSpeech: (state, { seconds }) => {
    const { speech } = state.floor
    if (!speech) return refused('nobodySpeaking')
    if (speech.seconds + seconds > limits.speechSecondsMax) {
      return refused('tooMany', { max: limits.speechSecondsMax })
    }
    return decided({ type: 'speechExtended', speechId: speech.speechId, seconds })
  },
  endSpeech: (state, _, { by }) => {
    const { speech } = state.floor
    if (!speech) return refused('nobodySpeaking')
    if (!isStaff(by.role) && by.seatId !== speech.seatId) return refused('notAllowed')
    return decided(...speechOver(state, 'finished'))
  },
}

const raised = (state: MeetingState, seatId: string) =>
  state.floor.hands.find((hand) => hand.seatId === seatId)

/** The event that ends the running speech, of anybody or of `seatId` only. */
export const speechOver = (
  state: MeetingState,
  reason: EventOf<'speechEnded'>['reason'],
  seatId?: string,
): MeetingEvent[] => {
  const { speech } = state.floor
  if (!speech || (seatId !== undefined && speech.seatId !== seatId)) return []
  return [{ type: 'speechEnded', speechId: speech.speechId, reason }]
}

export const handsDown = (
  state: MeetingState,
  reason: EventOf<'handLowered'>['reason'],
  seatId?: string,
): MeetingEvent[] =>
  state.floor.hands
    .filter((hand) => seatId === undefined || hand.seatId === seatId)
    .map((hand) => ({ type: 'handLowered', seatId: hand.seatId, reason }))

/** Before the meeting moves on: the speech ends and hands go down, with the reason told. */
export const floorCleared = (state: MeetingState, reason: 'itemMoved' | 'recess'): MeetingEvent[] => [
  ...speechOver(state, reason),
  ...handsDown(state, reason),
]

const onFloor = (state: MeetingState, change: Partial<Floor>): MeetingState => ({
  ...state,
  floor: { ...state.floor, ...change },
})

const without = (floor: Floor, seatId: string): Pick<Floor, 'hands' | 'arranged'> => ({
  hands: floor.hands.filter((hand) => hand.seatId !== seatId),
  arranged: floor.arranged.filter((one) => one !== seatId),
})

export const floorEvolvers: Evolvers<
  'handRaised' | 'handLowered' | 'queueArranged' | 'floorGiven' | 'speechExtended' | 'speechEnded'
> = {
  handRaised: (state, { seatId, kind }, { at }) =>
    onFloor(state, { hands: [...state.floor.hands, { seatId, kind, raisedAt: at }] }),
  handLowered: (state, { seatId }) => onFloor(state, without(state.floor, seatId)),
  queueArranged: (state, { seatIds }) => onFloor(state, { arranged: seatIds }),
  floorGiven: (state, { speechId, seatId, kind, seconds }, { at }) => ({
    ...onFloor(state, {
      ...without(state.floor, seatId),
      speech: { speechId, seatId, kind, startedAt: at, seconds },
      lastPartyId: state.seats[seatId]?.partyId ?? null,
      itemTurns: { ...state.floor.itemTurns, [seatId]: (state.floor.itemTurns[seatId] ?? 0) + 1 },
    }),
    stage: { ...state.stage, showsResult: false },
  }),
  speechExtended: (state, { seconds }) => {
    const { speech } = state.floor
    return speech ? onFloor(state, { speech: { ...speech, seconds: speech.seconds + seconds } }) : state
  },
  speechEnded: (state, _, { at }) => {
    const { speech, spoken } = state.floor
    if (!speech) return state
    const before = spoken[speech.seatId] ?? { turns: 0, ms: 0 }
    const ms = before.ms + Math.max(0, at - speech.startedAt)
    return onFloor(state, {
      speech: null,
      spoken: { ...spoken, [speech.seatId]: { turns: before.turns + 1, ms } },
    })
  },
}
