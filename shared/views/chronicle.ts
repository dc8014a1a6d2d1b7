// Owns the telling of a record from its first event on: what happened, of which kind, under which agenda item.
import { unreachable } from '../kernel/exhaustive.ts'
import type { EventType, MeetingEvent, Recorded } from '../meeting/events.ts'
import { linesOfAmendments } from './chronicleAmendments.ts'
import {
  type ChronicleLine,
  capital,
  type Known,
  line,
  linesOfAgenda,
  linesOfAttendance,
  linesOfFloor,
  linesOfMeeting,
  linesOfPolls,
} from './chronicleLines.ts'

export type ChronicleKind = 'meeting' | 'agenda' | 'attendance' | 'floor' | 'polls' | 'stage'

export interface ChronicleEntry {
  readonly seq: number
  readonly at: number
  /** A seat, an account or `hall`. */
  readonly by: string
  readonly type: EventType
  readonly kind: ChronicleKind
  /** The agenda item that was open when it happened; `null` before the first. */
  readonly itemId: string | null
  readonly pollId: string | null
  readonly lines: readonly ChronicleLine[]
}

/** Every event in its kind; the place where a new event has to be put before anything compiles. */
const tell = (event: MeetingEvent, known: Known, at: number): [ChronicleKind, ChronicleLine[]] => {
  switch (event.type) {
    case 'meetingConvened':
    case 'meetingRevised':
      return ['meeting', linesOfMeeting(event)]
    case 'seatsAdded':
      return ['meeting', [line('seatsAdded', { seats: { count: event.seats.length } })]]
    case 'doorsOpened':
    case 'meetingOpened':
    case 'meetingRecessed':
    case 'meetingResumed':
    case 'meetingClosed':
      return ['meeting', [line(event.type)]]
    case 'agendaItemAdded':
    case 'agendaItemRevised':
    case 'agendaItemMoved':
    case 'agendaItemRemoved':
    case 'agendaMovedTo':
      return ['agenda', linesOfAgenda(event, known)]
    case 'seatCheckedIn':
    case 'seatLeft':
    case 'seatExcused':
    case 'channelSet':
    case 'observerAdmitted':
    case 'seatRecused':
    case 'recusalLifted':
    case 'proxyGiven':
    case 'proxyEnded':
    case 'seatSubstituted':
      return ['attendance', linesOfAttendance(event, known)]
    case 'handRaised':
    case 'handLowered':
    case 'queueArranged':
    case 'floorGiven':
    case 'speechExtended':
    case 'speechEnded':
      return ['floor', linesOfFloor(event, known, at)]
    case 'amendmentProposed':
    case 'amendmentRebased':
    case 'amendmentWithdrawn':
    case 'amendmentAdopted':
    case 'amendmentRejected':
      return ['agenda', linesOfAmendments(event, known)]
    case 'pollOpened':
    case 'pollClosed':
    case 'pollCancelled':
    case 'tieBroken':
    case 'ballotRefused':
    case 'resultShown':
      return ['polls', linesOfPolls(event, known)]
    case 'sceneSet':
      return ['stage', [line(event.scene === null ? 'sceneSetFollow' : `sceneSet${capital(event.scene)}`)]]
    default:
      return unreachable(event)
  }
}

/** Keeps what later events will refer to; called after the event itself was told. */
const remember = (event: MeetingEvent, known: Known, at: number): void => {
  if (event.type === 'agendaItemAdded') known.titles.set(event.itemId, event.title)
  if (event.type === 'agendaItemRevised' && event.title !== undefined)
    known.titles.set(event.itemId, event.title)
  if (event.type === 'amendmentProposed') known.titles.set(event.amendmentId, event.title)
  if (event.type === 'agendaMovedTo') known.currentItemId = event.itemId
  if (event.type === 'meetingClosed') known.currentItemId = null
  if (event.type === 'pollOpened') {
    known.questions.set(event.pollId, event.question)
    for (const { optionId, label } of event.options) known.options.set(`${event.pollId} ${optionId}`, label)
  }
  if (event.type === 'floorGiven') known.speeches.set(event.speechId, { seatId: event.seatId, startedAt: at })
}

/** The whole record told from its first event on; `events` must begin at the beginning. */
export const chronicle = (events: readonly Recorded[]): ChronicleEntry[] => {
  const known: Known = {
    titles: new Map(),
    questions: new Map(),
    options: new Map(),
    speeches: new Map(),
    currentItemId: null,
  }
  return events.map(({ seq, at, by, event }) => {
    const [kind, lines] = tell(event, known, at)
    remember(event, known, at)
    const pollId = 'pollId' in event ? event.pollId : null
    return { seq, at, by, type: event.type, kind, itemId: known.currentItemId, pollId, lines }
  })
}

/** A stretch of the record during which one agenda item was open. An item that is taken up again has a further one. */
export interface ChronicleSection {
  readonly itemId: string | null
  readonly entries: readonly ChronicleEntry[]
}

export const sectionsOf = (entries: readonly ChronicleEntry[]): ChronicleSection[] => {
  const sections: { itemId: string | null; entries: ChronicleEntry[] }[] = []
  for (const entry of entries) {
    const last = sections.at(-1)
    if (last !== undefined && last.itemId === entry.itemId) last.entries.push(entry)
    else sections.push({ itemId: entry.itemId, entries: [entry] })
  }
  return sections
}
