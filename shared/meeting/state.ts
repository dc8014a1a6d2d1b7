// What a meeting is at one moment: the fold of its record, plain JSON, ids instead of names, equal for everybody.

import type { Method } from '../counting/method.ts'
import type { CountResult } from '../counting/poll.ts'
import type { QuorumFinding } from '../rules/judge.ts'
import type { Preset, Words } from '../rules/preset.ts'
import type { HandKind, Scene } from './commands.ts'

export type Phase = 'convened' | 'gathering' | 'inSession' | 'recess' | 'closed'
export type Template = 'tripartiteCouncil' | 'representatives' | 'free'

export interface Party {
  readonly partyId: string
  readonly name: Words
}

export interface Seat {
  readonly seatId: string
  /** `null` for an observer, who belongs to no party and never counts. */
  readonly partyId: string | null
  readonly role: 'member' | 'observer'
}

export interface AgendaItem {
  readonly itemId: string
  /** Items stand in the order of the agenda, each right behind its parent and elder siblings. */
  readonly parentId: string | null
  readonly title: string
  readonly minutes: number
  readonly draftId: string
  readonly matterId: string | null
  readonly startedAt: number | null
  /** Time spent on the item before `startedAt`. */
  readonly spentMs: number
  readonly status: 'ahead' | 'current' | 'done'
  readonly recused: Readonly<Record<string, { readonly reason: string; readonly declaredBy: string }>>
}

export interface Attendance {
  readonly status: 'absent' | 'present' | 'left' | 'excused'
  readonly since: number
  /** Who gives the seat's ballots. */
  readonly channel: 'device' | 'clerk'
  readonly reason?: string
}

export interface Hand {
  readonly seatId: string
  readonly kind: HandKind
  readonly raisedAt: number
}

export interface Speech {
  readonly speechId: string
  readonly seatId: string
  readonly kind: HandKind
  readonly startedAt: number
  readonly seconds: number
}

export interface Floor {
  /** In order of raising. The speaking order is a view: see views/speakingOrder. */
  readonly hands: readonly Hand[]
  /** Seats put in order by the facilitator's hand; they come before the others. */
  readonly arranged: readonly string[]
  readonly speech: Speech | null
  readonly lastPartyId: string | null
  /** Turns taken on the current agenda item. */
  readonly itemTurns: Readonly<Record<string, number>>
  /** Over the whole meeting. */
  readonly spoken: Readonly<Record<string, { readonly turns: number; readonly ms: number }>>
}

export interface PollOption {
  readonly optionId: string
  readonly label: string
}

export interface FrozenText {
  readonly draftId: string
  readonly sha256: string
  readonly chars: number
}

export interface Elector {
  readonly seatId: string
  readonly partyId: string
  readonly channel: 'device' | 'clerk'
}

export interface NamedBallot {
  readonly seatId: string
  readonly source: 'device' | 'clerk'
  readonly choice: { readonly choice: string } | { readonly choices: readonly string[] }
  readonly receipt: string
}

export interface HandCount {
  readonly partyId: string
  readonly counts: Readonly<Record<string, number>>
  readonly countedBy: string
  readonly witness: string
}

export interface Poll {
  readonly pollId: string
  readonly itemId: string
  readonly question: string
  readonly method: Method
  readonly options: readonly PollOption[]
  readonly preset: Preset
  readonly secrecy: 'named' | 'secret'
  readonly show: 'hidden' | 'live'
  readonly changeable: boolean
  readonly text: FrozenText
  readonly openedAt: number
  readonly openedBy: string
  readonly closedAt: number | null
  readonly status: 'open' | 'closed' | 'cancelled'
  readonly quorum: QuorumFinding
  /** Present when the poll opened: the frozen base of its majority. Recused seats are among `recused`, not here. */
  readonly electors: readonly Elector[]
  readonly recused: readonly string[]
  /** Figures per party frozen at opening. */
  readonly roll: readonly {
    readonly partyId: string
    readonly due: number
    readonly present: number
    readonly recused: number
  }[]
  readonly result: CountResult | null
  readonly ballots: readonly NamedBallot[]
  readonly hands: readonly HandCount[]
  /** Ballots that came after closing, by seat: refused, and recorded as refused. */
  readonly late: Readonly<Record<string, number>>
  readonly cancelReason?: string
}

export interface MeetingState {
  readonly meetingId: string
  readonly unitId: string
  readonly template: Template
  readonly title: string
  readonly place: string
  readonly startsAt: number
  readonly phase: Phase
  readonly openedAt: number | null
  readonly closedAt: number | null
  readonly preset: Preset
  readonly parties: readonly Party[]
  readonly seats: Readonly<Record<string, Seat>>
  readonly attendance: Readonly<Record<string, Attendance>>
  readonly agenda: readonly AgendaItem[]
  readonly currentItemId: string | null
  readonly floor: Floor
  readonly polls: Readonly<Record<string, Poll>>
  /** In order of opening. */
  readonly pollOrder: readonly string[]
  readonly stage: {
    /** The facilitator's own choice of scene; `null` lets the screen follow the meeting. */
    readonly scene: Scene | null
    readonly since: number
    /** The poll whose result was last shown, and whether it still is what the meeting is on. */
    readonly shownPollId: string | null
    readonly showsResult: boolean
  }
}
