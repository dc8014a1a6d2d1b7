// A panel is drawn anew when what it shows has changed, and only then.
import { expect, it } from 'vitest'
import { remembering } from '../../client/facilitator/remembering.ts'
import { MeetingOnPaper, seatActor } from '../meeting/given.ts'

it('keeps the state while nothing that is shown has changed', () => {
  const meeting = new MeetingOnPaper().inSession()
  const choose = remembering(['agenda', 'phase'])
  const before = choose(meeting.state)
  meeting.given({ type: 'raiseHand', kind: 'speak' }, seatActor('st_v001'))
  meeting.given({ type: 'leave', seatId: 'st_e001' })
  expect(choose(meeting.state)).toBe(before)
  meeting.addItem('路灯')
  expect(choose(meeting.state)).toBe(meeting.state)
  meeting.given({ type: 'recessMeeting' })
  expect(choose(meeting.state)).toBe(meeting.state)
})

it('follows every change where no part is named', () => {
  const meeting = new MeetingOnPaper().inSession()
  const choose = remembering([])
  choose(meeting.state)
  meeting.given({ type: 'raiseHand', kind: 'speak' }, seatActor('st_v001'))
  expect(choose(meeting.state)).toBe(meeting.state)
})

it('keeps the last state while the meeting is being left', () => {
  const meeting = new MeetingOnPaper().inSession()
  const choose = remembering([])
  const before = choose(meeting.state)
  expect(choose(null)).toBe(before)
  expect(() => remembering([])(null)).toThrow()
})
