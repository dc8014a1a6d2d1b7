// The seats of the cockpit are found by name, household, party and status.
import { describe, expect, it } from 'vitest'
import { observersFilter, type SeatFilter, seatRows } from '../../client/facilitator/attendance/seatRows.ts'
import { clerk, MeetingOnPaper } from '../meeting/given.ts'

const names = {
  st_v001: { name: '何径云', household: '1号' },
  st_e001: { name: '径山茶业', household: '' },
  st_r001: { name: '董明远', household: '12号' },
}

const found = (filter: Partial<SeatFilter>, connected: readonly string[] = []) => {
  const meeting = new MeetingOnPaper()
  meeting.given({ type: 'openDoors' })
  meeting.given({ type: 'checkIn', seatId: 'st_v001', channel: 'device' }, clerk)
  meeting.given({ type: 'checkIn', seatId: 'st_e001', channel: 'device' }, clerk)
  meeting.given({ type: 'checkIn', seatId: 'st_r001', channel: 'clerk' }, clerk)
  meeting.given({ type: 'excuse', seatId: 'st_r002', reason: '外出' }, clerk)
  meeting.given({ type: 'admitObserver', seatId: 'st_obs1' })
  const whole: SeatFilter = { query: '', partyId: null, status: null, ...filter }
  return seatRows(meeting.state, names, whole, new Set(connected)).map(({ seatId }) => seatId)
}

describe('finding seats', () => {
  it('lists members by party and observers last', () => {
    expect(found({})).toEqual(['st_v001', 'st_v002', 'st_e001', 'st_e002', 'st_r001', 'st_r002', 'st_obs1'])
  })

  it('finds by a part of the name or of the household', () => {
    expect(found({ query: '径' })).toEqual(['st_v001', 'st_e001'])
    expect(found({ query: '１２' })).toEqual(['st_r001'])
  })

  it('narrows by party and by status', () => {
    expect(found({ partyId: 'pt_enterprise' })).toEqual(['st_e001', 'st_e002'])
    expect(found({ partyId: observersFilter })).toEqual(['st_obs1'])
    expect(found({ status: 'excused' })).toEqual(['st_r002'])
    expect(found({ status: 'absent' })).toEqual(['st_v002', 'st_e002'])
  })

  it('counts as disconnected only who should be on an own device', () => {
    expect(found({ status: 'disconnected' }, ['st_v001', 'st_obs1'])).toEqual(['st_e001'])
  })
})
