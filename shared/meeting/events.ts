// Everything that can happen in a meeting. Past tense; ids, never names or phone numbers; never a running tally.

import type { Method } from '../counting/method.ts'
import type { CountResult } from '../counting/poll.ts'
import type { QuorumFinding } from '../rules/judge.ts'
import type { Preset } from '../rules/preset.ts'
import type { HandKind, Scene } from './commands.ts'
import type {
  Elector,
  FrozenText,
  HandCount,
  NamedBallot,
  Party,
  Poll,
  PollOption,
  Seat,
  Template,
} from './state.ts'

export type MeetingEvent =
  // the meeting as a whole
  | {
      type: 'meetingConvened'
      meetingId: string
      unitId: string
      template: Template
      title: string
      place: string
      startsAt: number
      preset: Preset
      parties: readonly Party[]
    }
  | { type: 'seatsAdded'; seats: readonly Seat[] }
  | { type: 'meetingRevised'; title?: string; place?: string; startsAt?: number; preset?: Preset }
  | { type: 'doorsOpened' }
  | { type: 'meetingOpened' }
  | { type: 'meetingRecessed' }
  | { type: 'meetingResumed' }
  | { type: 'meetingClosed' }
  // the agenda
  | {
      type: 'agendaItemAdded'
      itemId: string
      parentId: string | null
      title: string
      minutes: number
      draftId: string
      matterId: string | null
    }
  | { type: 'agendaItemRevised'; itemId: string; title?: string; minutes?: number }
  | { type: 'agendaItemMoved'; itemId: string; parentId: string | null; index: number }
  | { type: 'agendaItemRemoved'; itemId: string }
  | { type: 'agendaMovedTo'; itemId: string }
  // attendance
  | { type: 'seatCheckedIn'; seatId: string; channel: 'device' | 'clerk' }
  | { type: 'seatLeft'; seatId: string }
  | { type: 'seatExcused'; seatId: string; reason: string }
  | { type: 'channelSet'; seatId: string; channel: 'device' | 'clerk' }
  | { type: 'observerAdmitted'; seatId: string }
  | { type: 'seatRecused'; itemId: string; seatId: string; reason: string }
  | { type: 'recusalLifted'; itemId: string; seatId: string }
  // the floor
  | { type: 'handRaised'; seatId: string; kind: HandKind }
  | {
      type: 'handLowered'
      seatId: string
      reason: 'withdrawn' | 'byFacilitator' | 'left' | 'itemMoved' | 'recess'
    }
  | { type: 'queueArranged'; seatIds: readonly string[] }
  | { type: 'floorGiven'; speechId: string; seatId: string; kind: HandKind; seconds: number }
  | { type: 'speechExtended'; speechId: string; seconds: number }
  | { type: 'speechEnded'; speechId: string; reason: 'finished' | 'next' | 'left' | 'itemMoved' | 'recess' }
  // polls
  | {
      type: 'pollOpened'
      pollId: string
      itemId: string
      question: string
      method: Method
      options: readonly PollOption[]
      preset: Preset
      secrecy: 'named' | 'secret'
      show: 'hidden' | 'live'
      changeable: boolean
      text: FrozenText
      quorum: QuorumFinding
      electors: readonly Elector[]
      recused: readonly string[]
      roll: Poll['roll']
    }
  | {
      type: 'pollClosed'
      pollId: string
      result: CountResult
      ballots: readonly NamedBallot[]
      hands: readonly HandCount[]
    }
  | { type: 'pollCancelled'; pollId: string; reason: string }
  | { type: 'ballotRefused'; pollId: string; seatId: string; reason: 'pollClosed' }
  | { type: 'resultShown'; pollId: string }
  // the stage
  | { type: 'sceneSet'; scene: Scene | null }

export type EventType = MeetingEvent['type']
export type EventOf<T extends EventType> = Extract<MeetingEvent, { type: T }>

/** An event as the record keeps it. `at` is milliseconds since the epoch; `by` is a seat, an account or `hall`. */
export interface Recorded {
  readonly seq: number
  readonly at: number
  readonly by: string
  readonly commandId: string
  readonly event: MeetingEvent
}
