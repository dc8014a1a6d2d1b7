import { describe, expect, test } from 'vitest'
import { attendance } from '../../shared/views/attendance.ts'
import { sceneOf } from '../../shared/views/sceneOf.ts'
import { clerk, facilitator, MeetingOnPaper, outcome, seatActor, seatsOf } from './given.ts'

describe('attendance', () => {
  test('begins with the doors, and checking in twice changes nothing', () => {
    const meeting = new MeetingOnPaper()
    const me = seatActor('st_v001')
    expect(outcome(meeting.when({ type: 'checkIn' }, me))).toBe('meetingNotOpen')
    meeting.given({ type: 'openDoors' })
    expect(meeting.given({ type: 'checkIn' }, me)).toHaveLength(1)
    expect(meeting.given({ type: 'checkIn' }, me)).toHaveLength(0)
    expect(meeting.state.attendance.st_v001).toMatchObject({ status: 'present', channel: 'device' })
  })

  test('a clerk checks in those without a device, who may take one up later', () => {
    const meeting = new MeetingOnPaper()
    meeting.given({ type: 'openDoors' })
    meeting.given({ type: 'checkIn', seatId: 'st_v001' }, clerk)
    expect(meeting.state.attendance.st_v001?.channel).toBe('clerk')
    meeting.given({ type: 'checkIn' }, seatActor('st_v001'))
    expect(meeting.state.attendance.st_v001?.channel).toBe('device')
  })

  test('counts due, present and the shortfall per party, observers left out', () => {
    const meeting = new MeetingOnPaper(seatsOf(5, 5, 10))
    meeting.given({ type: 'openDoors' })
    for (const seat of seatsOf(5, 2, 6)) meeting.given({ type: 'checkIn' }, seatActor(seat.seatId))
    meeting.given({ type: 'admitObserver', seatId: 'st_o001' })
    meeting.given({ type: 'excuse', seatId: 'st_r010', reason: '出差' })
    const view = attendance(meeting.state)
    expect(view).toMatchObject({ due: 20, present: 13, excused: 1 })
    expect(view.quorum).toMatchObject({ met: false, have: 13, need: 14, short: 1 })
    expect(view.quorum?.parties.find(({ partyId }) => partyId === 'pt_enterprise')).toMatchObject({
      have: 2,
      need: 3,
      short: 1,
    })
  })

  test('leaving, returning and excuses', () => {
    const meeting = new MeetingOnPaper().inSession()
    meeting.given({ type: 'leave' }, seatActor('st_v001'))
    expect(outcome(meeting.when({ type: 'leave' }, seatActor('st_v001')))).toBe('seatNotPresent')
    meeting.given({ type: 'checkIn' }, seatActor('st_v001'))
    expect(outcome(meeting.when({ type: 'excuse', seatId: 'st_v001', reason: '' }))).toBe(
      'seatAlreadyPresent',
    )
    expect(outcome(meeting.when({ type: 'leave', seatId: 'st_v002' }, seatActor('st_v001')))).toBe(
      'notAllowed',
    )
    expect(outcome(meeting.when({ type: 'excuse', seatId: 'st_nobody', reason: '' }))).toBe('seatUnknown')
  })
})

describe('recusal', () => {
  test('is declared once, by the seat or by staff, and not while its poll is open', () => {
    const meeting = new MeetingOnPaper().inSession()
    const itemId = meeting.item(0)
    meeting.given({ type: 'recuse', itemId, reason: '' }, seatActor('st_v001'))
    const again = { type: 'recuse', itemId, reason: '' } as const
    expect(outcome(meeting.when(again, seatActor('st_v001')))).toBe('alreadyRecused')
    expect(outcome(meeting.when({ ...again, seatId: 'st_v002' }, seatActor('st_v001')))).toBe('notAllowed')
    meeting.given({ ...again, seatId: 'st_v002' }, facilitator)
    meeting.given({ type: 'liftRecusal', itemId, seatId: 'st_v002' })
    meeting.openPoll()
    expect(outcome(meeting.when(again, seatActor('st_r001')))).toBe('pollStillOpen')
  })
})

describe('the course of the meeting and the stage', () => {
  test('the screen follows the meeting, or the facilitator’s hand until the meeting moves on', () => {
    const meeting = new MeetingOnPaper()
    expect(sceneOf(meeting.state)).toBe('welcome')
    meeting.inSession()
    expect(sceneOf(meeting.state)).toBe('text')
    meeting.given({ type: 'giveFloor', seatId: 'st_v001', seconds: 60 })
    expect(sceneOf(meeting.state)).toBe('speaker')
    meeting.given({ type: 'setScene', scene: 'agenda' })
    expect(sceneOf(meeting.state)).toBe('agenda')
    meeting.given(meeting.poll())
    expect(sceneOf(meeting.state)).toBe('poll')
    expect(outcome(meeting.when({ type: 'setScene', scene: 'result' }))).toBe('pollUnknown')
  })

  test('phases follow each other and nothing happens after the end', () => {
    const meeting = new MeetingOnPaper()
    expect(outcome(meeting.when({ type: 'resumeMeeting' }))).toBe('meetingNotOpen')
    meeting.given({ type: 'openMeeting' })
    expect(outcome(meeting.when({ type: 'openDoors' }))).toBe('meetingAlreadyOpen')
    meeting.given({ type: 'closeMeeting' })
    for (const type of ['openDoors', 'openMeeting', 'closeMeeting'] as const) {
      expect(outcome(meeting.when({ type }))).toBe('meetingEnded')
    }
    const mine = seatActor('st_v001')
    expect(outcome(meeting.when({ type: 'checkIn' }, mine))).toBe('meetingEnded')
    expect(outcome(meeting.when({ type: 'leave' }, mine))).toBe('meetingEnded')
    expect(outcome(meeting.when({ type: 'setChannel', seatId: 'st_v001', channel: 'clerk' }))).toBe(
      'meetingEnded',
    )
  })
})
