// Owns the lines in which each event of a record is told: a key to be worded and what to fill in. Ids are left as ids,
// so that names can be erased and the telling still holds.
import { unreachable } from '../kernel/exhaustive.ts'
import type { EventOf, EventType } from '../meeting/events.ts'
import type { Words } from '../rules/preset.ts'

/** Events that are told in more than one way. Every other event is told by its own name. */
interface Variants {
  meetingRevised: 'Title' | 'Place' | 'Time' | 'Preset'
  agendaItemAdded: 'Top' | 'Under'
  agendaItemRevised: 'Title' | 'Minutes'
  agendaItemMoved: 'Top' | 'Under'
  seatCheckedIn: 'Device' | 'Clerk' | 'Paper'
  seatExcused: 'Plain' | 'Reason'
  channelSet: 'Device' | 'Clerk' | 'Paper'
  proxyEnded: 'Withdrawn' | 'Arrived'
  seatRecused: 'Plain' | 'Reason'
  handRaised: 'Speak' | 'PointOfOrder' | 'Answer'
  handLowered: 'Withdrawn' | 'ByFacilitator' | 'Left' | 'ItemMoved' | 'Recess'
  floorGiven: 'Speak' | 'PointOfOrder' | 'Answer'
  speechEnded: 'Finished' | 'Next' | 'Left' | 'ItemMoved' | 'Recess'
  amendmentAdopted: 'Poll' | 'Consent'
  amendmentRejected: 'Plain' | 'Reason'
  pollOpened: 'Named' | 'Secret'
  pollCancelled: 'Plain' | 'Reason'
  tieBroken: 'Yes' | 'No' | 'For'
  sceneSet: 'Welcome' | 'Agenda' | 'Text' | 'Speaker' | 'Poll' | 'Result' | 'Follow'
}

export type ChronicleKey = {
  [T in EventType]: T extends keyof Variants ? `${T}${Variants[T]}` : T
}[EventType]

/** What fills a line: plain text and figures, or something that the reader's side turns into words. */
export type ChronicleParam =
  | { readonly text: string }
  | { readonly words: Words }
  | { readonly seat: string }
  | { readonly count: number }
  | { readonly seconds: number }
  | { readonly at: number }

export interface ChronicleLine {
  readonly key: ChronicleKey
  readonly params: Readonly<Record<string, ChronicleParam>>
}

/** What earlier events said about things that later ones name only by id. */
export interface Known {
  readonly titles: Map<string, string>
  readonly questions: Map<string, string>
  /** Labels by `pollId optionId`. */
  readonly options: Map<string, string>
  readonly speeches: Map<string, { seatId: string; startedAt: number }>
  currentItemId: string | null
}

const titleOf = (known: Known, itemId: string): ChronicleParam => ({
  text: known.titles.get(itemId) ?? itemId,
})
const questionOf = (known: Known, pollId: string): ChronicleParam => ({
  text: known.questions.get(pollId) ?? pollId,
})

export const capital = <T extends string>(word: T): Capitalize<T> =>
  (word.charAt(0).toUpperCase() + word.slice(1)) as Capitalize<T>

export const line = (key: ChronicleKey, params: ChronicleLine['params'] = {}): ChronicleLine => ({
  key,
  params,
})

export const linesOfMeeting = (event: EventOf<'meetingConvened' | 'meetingRevised'>): ChronicleLine[] => {
  if (event.type === 'meetingConvened') {
    const { title, place, startsAt, preset } = event
    return [
      line('meetingConvened', { title: { text: title } }),
      line('meetingRevisedTime', { at: { at: startsAt } }),
      ...(place === '' ? [] : [line('meetingRevisedPlace', { place: { text: place } })]),
      line('meetingRevisedPreset', { preset: { words: preset.name } }),
    ]
  }
  const lines: ChronicleLine[] = []
  if (event.title !== undefined) lines.push(line('meetingRevisedTitle', { title: { text: event.title } }))
  if (event.startsAt !== undefined) lines.push(line('meetingRevisedTime', { at: { at: event.startsAt } }))
  if (event.place !== undefined) lines.push(line('meetingRevisedPlace', { place: { text: event.place } }))
  if (event.preset !== undefined)
    lines.push(line('meetingRevisedPreset', { preset: { words: event.preset.name } }))
  return lines
}

type AgendaEvent = EventOf<
  'agendaItemAdded' | 'agendaItemRevised' | 'agendaItemMoved' | 'agendaItemRemoved' | 'agendaMovedTo'
>

export const linesOfAgenda = (event: AgendaEvent, known: Known): ChronicleLine[] => {
  const title = titleOf(known, event.itemId)
  switch (event.type) {
    case 'agendaItemAdded': {
      const minutes = { count: event.minutes }
      const added = { text: event.title }
      if (event.parentId === null) return [line('agendaItemAddedTop', { title: added, minutes })]
      return [line('agendaItemAddedUnder', { title: added, minutes, parent: titleOf(known, event.parentId) })]
    }
    case 'agendaItemRevised': {
      const lines: ChronicleLine[] = []
      if (event.title !== undefined)
        lines.push(line('agendaItemRevisedTitle', { old: title, title: { text: event.title } }))
      if (event.minutes !== undefined)
        lines.push(line('agendaItemRevisedMinutes', { title, minutes: { count: event.minutes } }))
      return lines
    }
    case 'agendaItemMoved': {
      const place = { count: event.index + 1 }
      if (event.parentId === null) return [line('agendaItemMovedTop', { title, place })]
      return [line('agendaItemMovedUnder', { title, place, parent: titleOf(known, event.parentId) })]
    }
    case 'agendaItemRemoved':
      return [line('agendaItemRemoved', { title })]
    case 'agendaMovedTo':
      return [line('agendaMovedTo', { title })]
    default:
      return unreachable(event)
  }
}

type AttendanceEvent = EventOf<
  | 'seatCheckedIn'
  | 'seatLeft'
  | 'seatExcused'
  | 'channelSet'
  | 'observerAdmitted'
  | 'seatRecused'
  | 'recusalLifted'
  | 'proxyGiven'
  | 'proxyEnded'
  | 'seatSubstituted'
>

export const linesOfAttendance = (event: AttendanceEvent, known: Known): ChronicleLine[] => {
  const seat = { seat: 'seatId' in event ? event.seatId : event.fromSeatId }
  switch (event.type) {
    case 'proxyGiven': {
      const holder = { seat: event.toSeatId }
      return [line('proxyGiven', { seat, holder, document: { text: event.document } })]
    }
    case 'proxyEnded':
      return [line(`proxyEnded${capital(event.reason)}`, { seat })]
    case 'seatCheckedIn':
      return [line(`seatCheckedIn${capital(event.channel)}`, { seat })]
    case 'seatExcused':
      if (event.reason === '') return [line('seatExcusedPlain', { seat })]
      return [line('seatExcusedReason', { seat, reason: { text: event.reason } })]
    case 'channelSet':
      return [line(`channelSet${capital(event.channel)}`, { seat })]
    case 'seatRecused': {
      const title = titleOf(known, event.itemId)
      if (event.reason === '') return [line('seatRecusedPlain', { seat, title })]
      return [line('seatRecusedReason', { seat, title, reason: { text: event.reason } })]
    }
    case 'recusalLifted':
      return [line('recusalLifted', { seat, title: titleOf(known, event.itemId) })]
    case 'seatLeft':
    case 'observerAdmitted':
    case 'seatSubstituted':
      return [line(event.type, { seat })]
    default:
      return unreachable(event)
  }
}

type FloorEvent = EventOf<
  'handRaised' | 'handLowered' | 'queueArranged' | 'floorGiven' | 'speechExtended' | 'speechEnded'
>

export const linesOfFloor = (event: FloorEvent, known: Known, at: number): ChronicleLine[] => {
  switch (event.type) {
    case 'handRaised':
      return [line(`handRaised${capital(event.kind)}`, { seat: { seat: event.seatId } })]
    case 'handLowered':
      return [line(`handLowered${capital(event.reason)}`, { seat: { seat: event.seatId } })]
    case 'queueArranged':
      return [line('queueArranged', { seats: { count: event.seatIds.length } })]
    case 'floorGiven':
      return [
        line(`floorGiven${capital(event.kind)}`, {
          seat: { seat: event.seatId },
          time: { seconds: event.seconds },
        }),
      ]
    case 'speechExtended': {
      const seat = { seat: known.speeches.get(event.speechId)?.seatId ?? '' }
      return [line('speechExtended', { seat, time: { seconds: event.seconds } })]
    }
    case 'speechEnded': {
      const speech = known.speeches.get(event.speechId)
      const spoken = { seconds: speech === undefined ? 0 : Math.round((at - speech.startedAt) / 1_000) }
      return [
        line(`speechEnded${capital(event.reason)}`, { seat: { seat: speech?.seatId ?? '' }, time: spoken }),
      ]
    }
    default:
      return unreachable(event)
  }
}

type PollEvent = EventOf<
  'pollOpened' | 'pollClosed' | 'pollCancelled' | 'tieBroken' | 'ballotRefused' | 'resultShown'
>

export const linesOfPolls = (event: PollEvent, known: Known): ChronicleLine[] => {
  const question = questionOf(known, event.pollId)
  switch (event.type) {
    case 'pollOpened':
      return [
        line(`pollOpened${capital(event.secrecy)}`, {
          question: { text: event.question },
          preset: { words: event.preset.name },
          electors: { count: event.electors.length },
        }),
      ]
    case 'pollClosed':
      return [line('pollClosed', { question, why: { words: event.result.why } })]
    case 'tieBroken': {
      const winners = event.winners.map((id) => known.options.get(`${event.pollId} ${id}`) ?? id)
      if (event.winners[0] === 'yes' || event.winners[0] === 'no') {
        return [line(event.winners[0] === 'yes' ? 'tieBrokenYes' : 'tieBrokenNo', { question })]
      }
      return [line('tieBrokenFor', { question, winners: { text: winners.join(' / ') } })]
    }
    case 'pollCancelled':
      if (event.reason === '') return [line('pollCancelledPlain', { question })]
      return [line('pollCancelledReason', { question, reason: { text: event.reason } })]
    case 'ballotRefused':
      return [line('ballotRefused', { question, seat: { seat: event.seatId } })]
    case 'resultShown':
      return [line('resultShown', { question })]
    default:
      return unreachable(event)
  }
}
