// What a meeting is at one moment: the fold of its record, plain JSON, ids instead of names, equal for everybody.

import type { BallotChoice } from '../counting/ballot.ts'
import type { Method } from '../counting/method.ts'
import type { CountResult, PollRoll } from '../counting/poll.ts'
import type { SourceFaultCode } from '../counting/sources.ts'
import type { DeliberationCode } from '../rules/fourDeliberations.ts'
import type { QuorumFinding } from '../rules/judge.ts'
import type { Preset, Words } from '../rules/preset.ts'
import type { Channel, HandKind, PaperSheet, Scene } from './commands.ts'

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
  /** Members of one household have the same; without it the seat belongs to none. */
  readonly household?: string
  /** Households that the seat stands for; 1 where it is left out. */
  readonly households?: number
  /** What its ballot weighs under a rule that weighs seats; 1 where it is left out. */
  readonly weight?: number
  /** Who sits in for the one it was made for: a person of the same household. */
  readonly substituteId?: string
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
  readonly channel: Channel
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

/** A change to an item's draft that somebody proposes: a fork of it, which adopting merges back. */
export interface Amendment {
  readonly amendmentId: string
  readonly itemId: string
  /** Its own draft. */
  readonly draftId: string
  readonly seatId: string
  readonly title: string
  readonly purpose: string
  /** The words of the draft that it is about; '' for the whole draft. */
  readonly passage: string
  /** The item's draft as the fork last took it in: what the amendment is a difference from. */
  readonly base: FrozenText
  readonly proposedAt: number
  readonly status: 'open' | 'withdrawn' | 'adopted' | 'rejected'
  readonly settledAt: number | null
  /** The poll that settled it; `null` for general consent, or while it is open. */
  readonly pollId: string | null
  readonly reason: string
  /** The very text that was adopted. */
  readonly adopted?: FrozenText
}

export interface Elector {
  readonly seatId: string
  readonly partyId: string
  /** The seat's one source. `proxy`: the seat that holds its proxy casts for it, or the clerk for both. */
  readonly channel: Channel | 'proxy'
  /** Left out where it is 1. */
  readonly weight?: number
  /** The seat that holds its written proxy. */
  readonly heldBy?: string
}

export interface NamedBallot {
  readonly seatId: string
  readonly source: 'device' | 'clerk' | 'proxy'
  readonly choice: BallotChoice
  readonly receipt: string
}

/** A box of papers that two tellers counted alike. `partyId` is null for the one box of a poll without parties. */
export interface PaperBox extends PaperSheet {
  readonly partyId: string | null
  readonly tellers: readonly string[]
}

/** A written proxy, as it was handed in. */
export interface Proxy {
  readonly toSeatId: string
  readonly document: string
  readonly givenAt: number
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
  /** Figures per party frozen at opening; those represented by proxy are among the present. */
  readonly roll: readonly PollRoll[]
  readonly winners?: number
  /** Further items decided by the same ballots, with their texts. */
  readonly covers?: readonly { readonly itemId: string; readonly text: FrozenText }[]
  /** Which link of a matter's chain of four deliberations it decides. */
  readonly link?: { readonly matterId: string; readonly code: DeliberationCode }
  /** Own rules of units, by party id. */
  readonly unitPresets?: Readonly<Record<string, Preset>>
  /** Proxies that the poll's rule did not let through, and why. */
  readonly proxiesRefused?: readonly { readonly fromSeatId: string; readonly code: SourceFaultCode }[]
  /** What it is asked about, where it is an amendment; the poll's text is then the amendment's. */
  readonly amendment?: { readonly amendmentId: string; readonly base: FrozenText }
  readonly result: CountResult | null
  readonly ballots: readonly NamedBallot[]
  readonly hands: readonly HandCount[]
  readonly papers: readonly PaperBox[]
  /** How the chair broke the tie. */
  readonly broken?: { readonly winners: readonly string[]; readonly by: string; readonly at: number }
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
  /** By the seat that gave it, in order of giving. */
  readonly proxies: Readonly<Record<string, Proxy>>
  readonly agenda: readonly AgendaItem[]
  readonly currentItemId: string | null
  readonly floor: Floor
  /** In order of proposing. */
  readonly amendments: readonly Amendment[]
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
