import { describe, expect, test } from 'vitest'
import { partyTimes, speechLeftMs } from '../../shared/views/floorTime.ts'
import { speakingOrder } from '../../shared/views/speakingOrder.ts'
import { clerk, MeetingOnPaper, outcome, seatActor } from './given.ts'

const raise = (meeting: MeetingOnPaper, seatId: string, kind: 'speak' | 'pointOfOrder' = 'speak') => {
  meeting.now += 1_000
  return meeting.given({ type: 'raiseHand', kind }, seatActor(seatId))
}
const order = (meeting: MeetingOnPaper) =>
  speakingOrder(meeting.state).map(({ seatId, reason }) => [seatId, reason])
const speak = (meeting: MeetingOnPaper, seatId: string, seconds: number) => {
  meeting.given({ type: 'giveFloor', seatId, seconds: 180 })
  meeting.now += seconds * 1_000
  meeting.given({ type: 'endSpeech' })
}

describe('the speaking order', () => {
  test('goes by time of raising while nobody has spoken and parties differ', () => {
    const meeting = new MeetingOnPaper().inSession()
    for (const seatId of ['st_v001', 'st_e001', 'st_r001']) raise(meeting, seatId)
    expect(order(meeting)).toEqual([
      ['st_v001', 'cameFirst'],
      ['st_e001', 'cameFirst'],
      ['st_r001', 'cameFirst'],
    ])
  })

  test('puts those who have not spoken first', () => {
    const meeting = new MeetingOnPaper().inSession()
    speak(meeting, 'st_v001', 30)
    raise(meeting, 'st_v001')
    raise(meeting, 'st_e001')
    expect(order(meeting)).toEqual([
      ['st_e001', 'notYetSpoken'],
      ['st_v001', 'cameFirst'],
    ])
  })

  test('alternates parties', () => {
    const meeting = new MeetingOnPaper().inSession()
    for (const seatId of ['st_v001', 'st_v002', 'st_e001']) raise(meeting, seatId)
    expect(order(meeting)).toEqual([
      ['st_v001', 'cameFirst'],
      ['st_e001', 'otherParty'],
      ['st_v002', 'cameFirst'],
    ])
  })

  test('lets points of order and the facilitator’s own order come first', () => {
    const meeting = new MeetingOnPaper().inSession()
    for (const seatId of ['st_v001', 'st_e001', 'st_r001']) raise(meeting, seatId)
    meeting.given({ type: 'arrangeQueue', seatIds: ['st_r001'] })
    raise(meeting, 'st_e002', 'pointOfOrder')
    expect(order(meeting).slice(0, 2)).toEqual([
      ['st_e002', 'pointOfOrder'],
      ['st_r001', 'arranged'],
    ])
  })

  test('starts anew with every agenda item, and lowers hands with a reason', () => {
    const meeting = new MeetingOnPaper().inSession()
    speak(meeting, 'st_v001', 30)
    raise(meeting, 'st_v001')
    const events = meeting.given({ type: 'moveAgendaTo', itemId: meeting.addItem('下一项') })
    expect(events[0]).toEqual({ type: 'handLowered', seatId: 'st_v001', reason: 'itemMoved' })
    expect(meeting.state.floor.itemTurns).toEqual({})
  })
})

describe('the floor', () => {
  test('is given to the next in order when nobody is named, and the speech before ends', () => {
    const meeting = new MeetingOnPaper().inSession()
    raise(meeting, 'st_v001')
    raise(meeting, 'st_e001')
    meeting.given({ type: 'giveFloor', seconds: 60 })
    expect(meeting.state.floor.speech?.seatId).toBe('st_v001')
    const events = meeting.given({ type: 'giveFloor', seconds: 60 })
    expect(events.map(({ type }) => type)).toEqual(['speechEnded', 'floorGiven'])
    expect(meeting.state.floor.speech?.seatId).toBe('st_e001')
  })

  test('keeps each party’s time, the running speech included', () => {
    const meeting = new MeetingOnPaper().inSession()
    speak(meeting, 'st_v001', 40)
    meeting.given({ type: 'giveFloor', seatId: 'st_e001', seconds: 60 })
    const { speech } = meeting.state.floor
    meeting.now += 25_000
    expect(partyTimes(meeting.state, meeting.now)).toEqual([
      { partyId: 'pt_village', ms: 40_000, turns: 1 },
      { partyId: 'pt_enterprise', ms: 25_000, turns: 1 },
      { partyId: 'pt_resident', ms: 0, turns: 0 },
    ])
    expect(speech && speechLeftMs(speech, meeting.now)).toBe(35_000)
  })

  test('refuses what does not fit', () => {
    const meeting = new MeetingOnPaper().inSession(['st_v001', 'st_e001'])
    expect(outcome(meeting.when({ type: 'giveFloor', seconds: 60 }))).toBe('handUnknown')
    expect(outcome(meeting.when({ type: 'giveFloor', seatId: 'st_r001', seconds: 60 }))).toBe(
      'seatNotPresent',
    )
    expect(outcome(meeting.when({ type: 'giveFloor', seatId: 'st_nobody', seconds: 60 }))).toBe('seatUnknown')
    expect(outcome(meeting.when({ type: 'endSpeech' }))).toBe('nobodySpeaking')
    raise(meeting, 'st_v001')
    const again = { type: 'raiseHand', kind: 'speak' } as const
    expect(outcome(meeting.when(again, seatActor('st_v001')))).toBe('handAlreadyRaised')
    expect(outcome(meeting.when(again, seatActor('st_r001')))).toBe('seatNotPresent')
    expect(outcome(meeting.when({ ...again, seatId: 'st_e001' }, seatActor('st_v001')))).toBe('notAllowed')
    expect(outcome(meeting.when({ ...again, seatId: 'st_e001' }, clerk))).toBe('accepted')
    expect(outcome(meeting.when({ type: 'arrangeQueue', seatIds: ['st_v001', 'st_v001'] }))).toBe('malformed')
    expect(outcome(meeting.when({ type: 'giveFloor', seconds: 60 }, seatActor('st_v001')))).toBe('notAllowed')
  })

  test('a speaker who leaves ends the speech and the hand goes down', () => {
    const meeting = new MeetingOnPaper().inSession()
    meeting.given({ type: 'giveFloor', seatId: 'st_v001', seconds: 60 })
    raise(meeting, 'st_v001')
    const events = meeting.given({ type: 'leave' }, seatActor('st_v001'))
    expect(events.map(({ type }) => type)).toEqual(['speechEnded', 'handLowered', 'seatLeft'])
  })
})
