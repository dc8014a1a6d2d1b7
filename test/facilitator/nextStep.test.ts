// The cockpit offers exactly one next step at every moment of a meeting, and it is always one that would be obeyed.
import { describe, expect, it } from 'vitest'
import { itemAfter, nextStep, wayOn } from '../../client/facilitator/nextStep.ts'
import { MeetingOnPaper, seatActor } from '../meeting/given.ts'

const raise = (meeting: MeetingOnPaper, seatId: string) =>
  meeting.given({ type: 'raiseHand', kind: 'speak' }, seatActor(seatId))

const closePoll = (meeting: MeetingOnPaper, pollId: string) =>
  meeting.given({ type: 'closePoll', pollId }, undefined, { urn: { ballots: [], hands: [] } })

describe('the course of a meeting', () => {
  it('leads from the doors to the first item', () => {
    const meeting = new MeetingOnPaper()
    expect(nextStep(meeting.state).kind).toBe('openDoors')
    meeting.given({ type: 'openDoors' })
    expect(nextStep(meeting.state).kind).toBe('openMeeting')
    meeting.given({ type: 'openMeeting' })
    expect(nextStep(meeting.state).kind).toBe('addItem')
    const itemId = meeting.addItem('停车')
    expect(nextStep(meeting.state)).toEqual({ kind: 'goToItem', itemId, first: true })
  })

  it('puts an item to the vote once nobody waits, closes the vote, and goes on', () => {
    const meeting = new MeetingOnPaper().inSession()
    const second = meeting.addItem('路灯')
    expect(nextStep(meeting.state)).toEqual({ kind: 'openPoll', itemId: meeting.item(0) })
    const pollId = meeting.openPoll()
    expect(nextStep(meeting.state)).toEqual({ kind: 'closePoll', pollId })
    closePoll(meeting, pollId)
    expect(nextStep(meeting.state)).toEqual({ kind: 'goToItem', itemId: second, first: false })
  })

  it('closes the meeting after the last item, and then has only the record left', () => {
    const meeting = new MeetingOnPaper().inSession()
    closePoll(meeting, meeting.openPoll())
    expect(nextStep(meeting.state).kind).toBe('closeMeeting')
    meeting.given({ type: 'closeMeeting' })
    expect(nextStep(meeting.state).kind).toBe('readRecord')
  })

  it('resumes after a recess before anything else', () => {
    const meeting = new MeetingOnPaper().inSession()
    meeting.given({ type: 'recessMeeting' })
    expect(nextStep(meeting.state).kind).toBe('resumeMeeting')
  })

  it('asks for the vote again when it was cancelled', () => {
    const meeting = new MeetingOnPaper().inSession()
    meeting.given({ type: 'cancelPoll', pollId: meeting.openPoll(), reason: '问题写错' })
    expect(nextStep(meeting.state).kind).toBe('openPoll')
  })
})

describe('the floor', () => {
  it('gives the floor to the first in the speaking order', () => {
    const meeting = new MeetingOnPaper().inSession()
    raise(meeting, 'st_v001')
    meeting.given({ type: 'raiseHand', kind: 'pointOfOrder' }, seatActor('st_e001'))
    expect(nextStep(meeting.state)).toEqual({
      kind: 'giveFloor',
      seatId: 'st_e001',
      waiting: 2,
      replaces: false,
    })
  })

  it('replaces a running speech by the next, and ends it when nobody waits', () => {
    const meeting = new MeetingOnPaper().inSession()
    raise(meeting, 'st_v001')
    raise(meeting, 'st_e001')
    meeting.given({ type: 'giveFloor', seconds: 60 })
    expect(nextStep(meeting.state)).toEqual({
      kind: 'giveFloor',
      seatId: 'st_e001',
      waiting: 1,
      replaces: true,
    })
    meeting.given({ type: 'giveFloor', seconds: 60 })
    expect(nextStep(meeting.state).kind).toBe('endSpeech')
  })

  it('never calls somebody while a vote is open', () => {
    const meeting = new MeetingOnPaper().inSession()
    const pollId = meeting.openPoll()
    raise(meeting, 'st_v001')
    expect(nextStep(meeting.state)).toEqual({ kind: 'closePoll', pollId })
  })
})

describe('sub-items and skipped items', () => {
  it('goes into the sub-items of a heading instead of voting on the heading', () => {
    const meeting = new MeetingOnPaper().inSession()
    const child = meeting.addItem('收费标准', meeting.item(0))
    expect(nextStep(meeting.state)).toEqual({ kind: 'goToItem', itemId: child, first: false })
  })

  it('does not come back to a heading whose sub-item was gone to directly', () => {
    const meeting = new MeetingOnPaper().inSession()
    const heading = meeting.addItem('环境')
    const child = meeting.addItem('垃圾清运', heading)
    meeting.given({ type: 'moveAgendaTo', itemId: child })
    expect(itemAfter(meeting.state)).toBeNull()
  })

  it('comes back to an item that was skipped once nothing else is ahead', () => {
    const meeting = new MeetingOnPaper().inSession()
    const skipped = meeting.addItem('路灯')
    const last = meeting.addItem('通报')
    meeting.given({ type: 'moveAgendaTo', itemId: last })
    expect(itemAfter(meeting.state)?.itemId).toBe(skipped)
  })
})

describe('the quieter way on', () => {
  it('skips an item without a vote, and closes the meeting after the last', () => {
    const meeting = new MeetingOnPaper().inSession()
    expect(wayOn(meeting.state)).toEqual({ kind: 'closeMeeting' })
    const second = meeting.addItem('路灯')
    expect(wayOn(meeting.state)).toEqual({ kind: 'goToItem', itemId: second, first: false })
  })

  it('is not offered where the next step goes on anyway, nor during a vote', () => {
    const meeting = new MeetingOnPaper().inSession()
    const pollId = meeting.openPoll()
    expect(wayOn(meeting.state)).toBeNull()
    closePoll(meeting, pollId)
    expect(wayOn(meeting.state)).toBeNull()
  })
})
