// Owns a small council for tests of the participant's face, folded from events like any other.
import type { MeetingEvent, Recorded } from '../../shared/meeting/events.ts'
import { fold } from '../../shared/meeting/meeting.ts'
import type { MeetingState } from '../../shared/meeting/state.ts'
import { presetByCode } from '../../shared/rules/presets.ts'

export const me = 'st_me000000'
export const other = 'st_other000'
export const third = 'st_third000'
export const guest = 'st_guest000'
export const itemId = 'it_road0000'
export const pollId = 'po_road0000'

const [village, firms] = ['pt_village0', 'pt_firms000'] as const

export const presetOf = (code: string) => {
  const preset = presetByCode(code)
  if (preset === undefined) throw new Error(`no preset ${code}`)
  return preset
}

export const convened: readonly MeetingEvent[] = [
  {
    type: 'meetingConvened',
    meetingId: 'mt_council0',
    unitId: 'un_village0',
    template: 'tripartiteCouncil',
    title: '议事会',
    place: '',
    startsAt: 0,
    preset: presetOf('simple'),
    parties: [
      { partyId: village, name: { zh: '村', en: 'Village' } },
      { partyId: firms, name: { zh: '企', en: 'Firms' } },
    ],
  },
  {
    type: 'seatsAdded',
    seats: [
      { seatId: me, partyId: village, role: 'member' },
      { seatId: other, partyId: village, role: 'member' },
      { seatId: third, partyId: firms, role: 'member' },
    ],
  },
  {
    type: 'agendaItemAdded',
    itemId,
    parentId: null,
    title: '道路',
    minutes: 10,
    draftId: 'dr_road0000',
    matterId: null,
  },
]

export const gathered: readonly MeetingEvent[] = [
  ...convened,
  { type: 'doorsOpened' },
  ...[me, third].map((seatId): MeetingEvent => ({ type: 'seatCheckedIn', seatId, channel: 'device' })),
  { type: 'seatCheckedIn', seatId: other, channel: 'clerk' },
  { type: 'observerAdmitted', seatId: guest },
]

export const inSession: readonly MeetingEvent[] = [
  ...gathered,
  { type: 'meetingOpened' },
  { type: 'agendaMovedTo', itemId },
]

type Opening = Extract<MeetingEvent, { type: 'pollOpened' }>

export const pollOpened = (change: Partial<Opening> = {}): Opening => ({
  type: 'pollOpened',
  pollId,
  itemId,
  question: '同意吗?',
  method: { kind: 'yesNo' },
  options: [],
  preset: presetOf('simple'),
  secrecy: 'named',
  show: 'hidden',
  changeable: true,
  text: { draftId: 'dr_road0000', sha256: '0'.repeat(64), chars: 3 },
  quorum: { met: true, have: 3, need: 0, short: 0, of: 3, basis: 'none', parties: [] },
  electors: [
    { seatId: me, partyId: village, channel: 'device' },
    { seatId: other, partyId: village, channel: 'clerk' },
  ],
  recused: [third],
  roll: [
    { partyId: village, due: 2, present: 2, recused: 0 },
    { partyId: firms, due: 1, present: 1, recused: 1 },
  ],
  ...change,
})

export const pollClosed = (receipt: string | null): MeetingEvent => ({
  type: 'pollClosed',
  pollId,
  result: {
    outcome: 'passed',
    winners: ['yes'],
    totals: { yes: 1 },
    ballots: { cast: 1, blank: 0 },
    method: 'yesNo',
    why: { zh: '', en: '' },
  },
  ballots: receipt === null ? [] : [{ seatId: me, source: 'device', choice: { choice: 'yes' }, receipt }],
  hands: [],
})

export const reached = (...events: readonly MeetingEvent[]): MeetingState => {
  const state = fold(
    events.map(
      (event, index): Recorded => ({
        seq: index + 1,
        at: 1_000 * (index + 1),
        by: 'ac_clerk000',
        commandId: `c${index}`,
        event,
      }),
    ),
  )
  if (state === null) throw new Error('a meeting begins with its convening')
  return state
}

export const pollIn = (state: MeetingState) => {
  const poll = state.polls[pollId]
  if (poll === undefined) throw new Error('the poll is not there')
  return poll
}
