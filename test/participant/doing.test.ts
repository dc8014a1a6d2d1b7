import { describe, expect, it } from 'vitest'
import { doingNow, placeInQueue, whyNoEdit, whyNoHand } from '../../client/participant/doing.ts'
import type { MeetingEvent } from '../../shared/meeting/events.ts'
import {
  convened,
  gathered,
  guest,
  inSession,
  itemId,
  me,
  other,
  pollClosed,
  pollOpened,
  reached,
  third,
} from './council.ts'

const kindAfter = (...events: readonly MeetingEvent[]) => doingNow(reached(...events), me).kind

const floorTo = (seatId: string) =>
  ({ type: 'floorGiven', speechId: 'sp_first000', seatId, kind: 'speak', seconds: 60 }) as const

describe('what a participant can do now', () => {
  it('follows the course of the meeting', () => {
    expect(kindAfter(...convened)).toBe('doorsShut')
    expect(kindAfter(...convened, { type: 'doorsOpened' })).toBe('checkIn')
    expect(kindAfter(...gathered)).toBe('gathering')
    expect(kindAfter(...inSession)).toBe('listening')
    expect(kindAfter(...inSession, { type: 'meetingRecessed' })).toBe('recess')
    expect(kindAfter(...inSession, { type: 'meetingClosed' })).toBe('closed')
  })

  it('puts an open poll before everything else, and its result after it', () => {
    expect(kindAfter(...inSession, floorTo(me), pollOpened())).toBe('poll')
    expect(kindAfter(...inSession, pollOpened(), pollClosed(null))).toBe('result')
    expect(kindAfter(...inSession, pollOpened(), pollClosed(null), { type: 'meetingRecessed' })).toBe(
      'recess',
    )
  })

  it('is the own speech while it runs, and listening while another speaks', () => {
    expect(kindAfter(...inSession, floorTo(me))).toBe('speaking')
    expect(kindAfter(...inSession, floorTo(other))).toBe('listening')
  })

  it('asks those who left or were excused to check in, and nobody without a seat', () => {
    const left = reached(...inSession, { type: 'seatLeft', seatId: me })
    expect(doingNow(left, me)).toEqual({ kind: 'checkIn', status: 'left' })
    const excused = reached(
      ...convened,
      { type: 'doorsOpened' },
      { type: 'seatExcused', seatId: me, reason: '' },
    )
    expect(doingNow(excused, me)).toEqual({ kind: 'checkIn', status: 'excused' })
    expect(doingNow(left, null).kind).toBe('listening')
  })
})

describe('the own hand', () => {
  it('has a place, with the reason for it', () => {
    const raised = (seatId: string) => ({ type: 'handRaised', seatId, kind: 'speak' }) as const
    const state = reached(...inSession, raised(other), raised(me), raised(third))
    expect(placeInQueue(state, other)).toMatchObject({ place: 1, of: 3, reason: 'cameFirst' })
    expect(placeInQueue(state, third)).toMatchObject({ place: 2, reason: 'otherParty' })
    expect(placeInQueue(state, me)).toMatchObject({ place: 3, of: 3 })
    expect(placeInQueue(reached(...inSession), me)).toBeNull()
  })

  it('can be raised by members present while the meeting is in session', () => {
    expect(whyNoHand(reached(...inSession), me)).toBeNull()
    expect(whyNoHand(reached(...gathered), me)).toBe('notInSession')
    expect(whyNoHand(reached(...inSession), guest)).toBe('observer')
    expect(whyNoHand(reached(...inSession, { type: 'seatLeft', seatId: me }), me)).toBe('notPresent')
  })
})

describe('the draft', () => {
  it('is edited by members present, read by everybody else, and by all once the meeting is over', () => {
    expect(whyNoEdit(reached(...gathered), me)).toBeNull()
    expect(whyNoEdit(reached(...inSession), guest)).toBe('observer')
    expect(whyNoEdit(reached(...inSession), null)).toBe('observer')
    expect(whyNoEdit(reached(...convened), me)).toBe('notPresent')
    expect(whyNoEdit(reached(...inSession, { type: 'meetingClosed' }), me)).toBe('closed')
    expect(itemId).toBe(reached(...inSession).currentItemId)
  })
})
