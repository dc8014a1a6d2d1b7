// Every kind of event that a meeting can have, in every way in which it can be told. Does not compile with one missing.
import type { EventOf, EventType, MeetingEvent, Recorded } from '../../shared/meeting/events.ts'
import { presetByCode } from '../../shared/rules/presets.ts'

const preset = presetByCode('tripartite')
if (preset === undefined) throw new Error('no preset')

const seatId = 'st_0000000000000001'
const itemId = 'it_0000000000000001'
const childId = 'it_0000000000000002'
const pollId = 'po_0000000000000001'
const speechId = 'sp_0000000000000001'
const quorum = { met: true, have: 3, need: 2, short: 0, of: 3, basis: 'roster', parties: [] } as const

const amendmentId = 'am_0000000000000001'
const frozen = { draftId: 'dr_0000000000000001', sha256: 'b'.repeat(64), chars: 5 }

const pollOpened = (secrecy: 'named' | 'secret'): EventOf<'pollOpened'> => ({
  type: 'pollOpened',
  pollId,
  itemId,
  question: '同意修路',
  method: { kind: 'yesNo' },
  options: [],
  preset,
  secrecy,
  show: 'hidden',
  changeable: true,
  text: { draftId: 'dr_0000000000000001', sha256: 'e3b0', chars: 0 },
  quorum: { ...quorum, parties: [] },
  electors: [{ seatId, partyId: 'pt_village', channel: 'device' }],
  recused: [],
  roll: [{ partyId: 'pt_village', due: 1, present: 1, recused: 0 }],
})

const added = (id: string, parentId: string | null, title: string): EventOf<'agendaItemAdded'> => ({
  type: 'agendaItemAdded',
  itemId: id,
  parentId,
  title,
  minutes: 10,
  draftId: 'dr_0000000000000001',
  matterId: null,
})

const samples: { readonly [T in EventType]: readonly EventOf<T>[] } = {
  meetingConvened: [
    {
      type: 'meetingConvened',
      meetingId: 'mt_0000000000000001',
      unitId: 'un_0000000000000001',
      template: 'tripartiteCouncil',
      title: '十一月议事会',
      place: '文化礼堂',
      startsAt: 1_795_000_000_000,
      preset,
      parties: [{ partyId: 'pt_village', name: { zh: '村集体', en: 'Village' } }],
    },
  ],
  seatsAdded: [{ type: 'seatsAdded', seats: [{ seatId, partyId: 'pt_village', role: 'member' }] }],
  meetingRevised: [
    { type: 'meetingRevised', title: '临时议事会', place: '村口', startsAt: 1_795_000_000_000, preset },
  ],
  doorsOpened: [{ type: 'doorsOpened' }],
  meetingOpened: [{ type: 'meetingOpened' }],
  meetingRecessed: [{ type: 'meetingRecessed' }],
  meetingResumed: [{ type: 'meetingResumed' }],
  meetingClosed: [{ type: 'meetingClosed' }],
  agendaItemAdded: [added(itemId, null, '修路'), added(childId, itemId, '出资')],
  agendaItemRevised: [{ type: 'agendaItemRevised', itemId, title: '修桥', minutes: 20 }],
  agendaItemMoved: [
    { type: 'agendaItemMoved', itemId, parentId: null, index: 0 },
    { type: 'agendaItemMoved', itemId: childId, parentId: itemId, index: 0 },
  ],
  agendaItemRemoved: [{ type: 'agendaItemRemoved', itemId: childId }],
  agendaMovedTo: [{ type: 'agendaMovedTo', itemId }],
  seatCheckedIn: [
    { type: 'seatCheckedIn', seatId, channel: 'device' },
    { type: 'seatCheckedIn', seatId, channel: 'clerk' },
    { type: 'seatCheckedIn', seatId, channel: 'paper' },
  ],
  seatLeft: [{ type: 'seatLeft', seatId }],
  seatExcused: [
    { type: 'seatExcused', seatId, reason: '' },
    { type: 'seatExcused', seatId, reason: '外出' },
  ],
  channelSet: [
    { type: 'channelSet', seatId, channel: 'device' },
    { type: 'channelSet', seatId, channel: 'clerk' },
    { type: 'channelSet', seatId, channel: 'paper' },
  ],
  observerAdmitted: [{ type: 'observerAdmitted', seatId }],
  seatRecused: [
    { type: 'seatRecused', itemId, seatId, reason: '' },
    { type: 'seatRecused', itemId, seatId, reason: '本人承包' },
  ],
  recusalLifted: [{ type: 'recusalLifted', itemId, seatId }],
  proxyGiven: [{ type: 'proxyGiven', fromSeatId: seatId, toSeatId: seatId, document: '委托书一份' }],
  proxyEnded: (['withdrawn', 'arrived'] as const).map((reason) => ({
    type: 'proxyEnded',
    fromSeatId: seatId,
    reason,
  })),
  seatSubstituted: [{ type: 'seatSubstituted', seatId, personId: 'pe_0001' }],
  handRaised: (['speak', 'pointOfOrder', 'answer'] as const).map((kind) => ({
    type: 'handRaised',
    seatId,
    kind,
  })),
  handLowered: (['withdrawn', 'byFacilitator', 'left', 'itemMoved', 'recess'] as const).map((reason) => ({
    type: 'handLowered',
    seatId,
    reason,
  })),
  queueArranged: [{ type: 'queueArranged', seatIds: [seatId] }],
  floorGiven: (['speak', 'pointOfOrder', 'answer'] as const).map((kind) => ({
    type: 'floorGiven',
    speechId,
    seatId,
    kind,
    seconds: 180,
  })),
  speechExtended: [{ type: 'speechExtended', speechId, seconds: 60 }],
  speechEnded: (['finished', 'next', 'left', 'itemMoved', 'recess'] as const).map((reason) => ({
    type: 'speechEnded',
    speechId,
    reason,
  })),
  amendmentProposed: [
    {
      type: 'amendmentProposed',
      amendmentId,
      itemId,
      draftId: 'dr_0000000000000002',
      seatId,
      title: '车位改为八十个',
      purpose: '',
      passage: '',
      base: frozen,
    },
  ],
  amendmentRebased: [{ type: 'amendmentRebased', amendmentId, base: frozen }],
  amendmentWithdrawn: [{ type: 'amendmentWithdrawn', amendmentId }],
  amendmentAdopted: [
    { type: 'amendmentAdopted', amendmentId, by: 'poll', pollId, text: frozen },
    { type: 'amendmentAdopted', amendmentId, by: 'consent', pollId: null, text: frozen },
  ],
  amendmentRejected: [
    { type: 'amendmentRejected', amendmentId, pollId, reason: '' },
    { type: 'amendmentRejected', amendmentId, pollId: null, reason: '与第三条重复' },
  ],
  pollOpened: [pollOpened('named'), pollOpened('secret')],
  pollClosed: [
    {
      type: 'pollClosed',
      pollId,
      result: {
        outcome: 'passed',
        winners: ['yes'],
        totals: { yes: 1, no: 0, abstain: 0 },
        ballots: { cast: 1, blank: 0 },
        method: 'yesNo',
        why: { zh: '通过', en: 'passed' },
      },
      ballots: [],
      hands: [],
    },
  ],
  pollCancelled: [
    { type: 'pollCancelled', pollId, reason: '' },
    { type: 'pollCancelled', pollId, reason: '题目有误' },
  ],
  tieBroken: [['yes'], ['no'], ['op_1']].map((winners) => ({ type: 'tieBroken', pollId, winners })),
  ballotRefused: [{ type: 'ballotRefused', pollId, seatId, reason: 'pollClosed' }],
  resultShown: [{ type: 'resultShown', pollId }],
  sceneSet: (['welcome', 'agenda', 'text', 'speaker', 'poll', 'result', null] as const).map((scene) => ({
    type: 'sceneSet',
    scene,
  })),
}

export const everyType = Object.keys(samples) as EventType[]

const inOrder: readonly MeetingEvent[] = Object.values(samples).flat()

/** All samples as one record, a second apart. */
export const everyEvent: readonly Recorded[] = inOrder.map((event, index) => ({
  seq: index + 1,
  at: 1_795_000_000_000 + index * 1_000,
  by: index % 2 === 0 ? seatId : 'ac_0000000000000001',
  commandId: `command${index}`,
  event,
}))
