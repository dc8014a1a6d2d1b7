// Everything that can happen in a meeting. Past tense; ids, never names or phone numbers; never a running tally.

import type { Method } from '../counting/method.ts'
import type { CountResult } from '../counting/poll.ts'
import type { QuorumFinding } from '../rules/judge.ts'
import type { Preset } from '../rules/preset.ts'
import type { Channel, HandKind, Scene } from './commands.ts'
import type {
  Elector,
  FrozenText,
  HandCount,
  NamedBallot,
  PaperBox,
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
  | { type: 'seatCheckedIn'; seatId: string; channel: Channel }
  | { type: 'seatLeft'; seatId: string }
  | { type: 'seatExcused'; seatId: string; reason: string }
  | { type: 'channelSet'; seatId: string; channel: Channel }
  | { type: 'proxyGiven'; fromSeatId: string; toSeatId: string; document: string }
  | { type: 'proxyEnded'; fromSeatId: string; reason: 'withdrawn' | 'arrived' }
  /** `personId` is of the roster, where the name can be erased. */
  | { type: 'seatSubstituted'; seatId: string; personId: string }
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
  // amendments
  | {
      type: 'amendmentProposed'
      amendmentId: string
      itemId: string
      /** The amendment's own draft, forked off the item's. */
      draftId: string
      seatId: string
      title: string
      purpose: string
      passage: string
      /** The item's draft as it was then. */
      base: FrozenText
    }
  | { type: 'amendmentRebased'; amendmentId: string; base: FrozenText }
  | { type: 'amendmentWithdrawn'; amendmentId: string }
  | {
      type: 'amendmentAdopted'
      amendmentId: string
      by: 'poll' | 'consent'
      pollId: string | null
      /** The amendment's text, which goes into the item's draft. */
      text: FrozenText
    }
  | { type: 'amendmentRejected'; amendmentId: string; pollId: string | null; reason: string }
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
      winners?: number
      covers?: NonNullable<Poll['covers']>
      link?: NonNullable<Poll['link']>
      unitPresets?: NonNullable<Poll['unitPresets']>
      proxiesRefused?: NonNullable<Poll['proxiesRefused']>
      amendment?: NonNullable<Poll['amendment']>
    }
  | {
      type: 'pollClosed'
      pollId: string
      result: CountResult
      ballots: readonly NamedBallot[]
      hands: readonly HandCount[]
      papers?: readonly PaperBox[]
    }
  | { type: 'tieBroken'; pollId: string; winners: readonly string[] }
  | { type: 'pollCancelled'; pollId: string; reason: string }
  | { type: 'ballotRefused'; pollId: string; seatId: string; reason: 'pollClosed' }
  | { type: 'resultShown'; pollId: string }
  // the stage
  | { type: 'sceneSet'; scene: Scene | null }

export type EventType = MeetingEvent['type']
export type EventOf<T extends EventType> = Extract<MeetingEvent, { type: T }>

/** An event as the record keeps it. `at` is milliseconds since the epoch; `by` is a seat, an account or `hall`. */
export interface Recorded<E = MeetingEvent> {
  readonly seq: number
  readonly at: number
  readonly by: string
  readonly commandId: string
  readonly event: E
}
