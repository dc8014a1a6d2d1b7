// Owns a small meeting for tests of the link: its first events, and further ones numbered in order.
import type { MeetingEvent, Recorded } from '../../shared/meeting/events.ts'
import { fold } from '../../shared/meeting/meeting.ts'
import type { MeetingState } from '../../shared/meeting/state.ts'
import { presetByCode } from '../../shared/rules/presets.ts'

export const meetingId = 'mt_link0000'
export const seatId = 'st_anna0000'
export const otherSeatId = 'st_bing0000'
const partyId = 'pt_villagers'

const preset = presetByCode('simple')
if (preset === undefined) throw new Error('the simple preset is missing')

const beginning: readonly MeetingEvent[] = [
  {
    type: 'meetingConvened',
    meetingId,
    unitId: 'un_village00',
    template: 'free',
    title: '村民议事会',
    place: '村部二楼',
    startsAt: 1_000,
    preset,
    parties: [{ partyId, name: { zh: '村民', en: 'Villagers' } }],
  },
  {
    type: 'seatsAdded',
    seats: [
      { seatId, partyId, role: 'member' },
      { seatId: otherSeatId, partyId, role: 'member' },
    ],
  },
  { type: 'doorsOpened' },
  { type: 'seatCheckedIn', seatId, channel: 'device' },
  { type: 'seatCheckedIn', seatId: otherSeatId, channel: 'device' },
  { type: 'meetingOpened' },
]

export const recorded = (seq: number, event: MeetingEvent): Recorded => ({
  seq,
  at: 10_000 + seq,
  by: seatId,
  commandId: `command-${seq}`,
  event,
})

/** Events 1 to 6. */
export const firstEvents = (): Recorded[] => beginning.map((event, index) => recorded(index + 1, event))

export const stateAfter = (events: readonly Recorded[]): MeetingState => {
  const state = fold(events)
  if (state === null) throw new Error('a meeting begins with its convening')
  return state
}

/** Hands going up and down, so that each event changes the state. */
export const handEvent = (seq: number): Recorded =>
  recorded(
    seq,
    seq % 2 === 1
      ? { type: 'handRaised', seatId, kind: 'speak' }
      : { type: 'handLowered', seatId, reason: 'withdrawn' },
  )

export const pollOpened = (pollId: string): MeetingEvent => ({
  type: 'pollOpened',
  pollId,
  itemId: 'it_road00000',
  question: '同意吗?',
  method: { kind: 'yesNo' },
  options: [],
  preset,
  secrecy: 'named',
  show: 'hidden',
  changeable: true,
  text: { draftId: 'dr_road00000', sha256: '0'.repeat(64), chars: 0 },
  quorum: { met: true, have: 2, need: 0, short: 0, of: 2, basis: 'none', parties: [] },
  electors: [seatId, otherSeatId].map((id) => ({ seatId: id, partyId, channel: 'device' })),
  recused: [],
  roll: [{ partyId, due: 2, present: 2, recused: 0 }],
})
