// The live protocol over Socket.IO, one typed message a name. `protocolVersion` grows with every change that an
// older client would not understand; a test hashes this file's messages so that none is changed unnoticed.
import type { Refusal } from '../kernel/result.ts'
import type { Command, PaperSheet } from '../meeting/commands.ts'
import type { Recorded } from '../meeting/events.ts'
import type { MeetingState, NamedBallot } from '../meeting/state.ts'

export const protocolVersion = 2

export type Role = 'secretary' | 'facilitator' | 'clerk' | 'participant' | 'observer' | 'screen' | 'waiting'

/** Who the connection is; decided by the session cookie, never by what the client says. */
export interface Me {
  readonly role: Role
  /** The id under which the record knows this actor: a seat, an account or a screen. */
  readonly actorId: string
  readonly seatId: string | null
  readonly name: string
}

/** Everything a face needs to draw itself, in one answer. */
export interface Welcome {
  readonly protocol: number
  readonly me: Me
  /** Server time, milliseconds since the epoch, for clocks. */
  readonly now: number
  readonly seq: number
  /** Hash of event `seq`. */
  readonly hash: string
  readonly state: MeetingState
  readonly names: Names
  /** Empty for all but facilitators and clerks. */
  readonly presence: Presence
  readonly tally: Tally | null
  /** The seat's own ballots in open polls, so that a reload shows what was cast. */
  readonly myBallots: readonly MyBallot[]
}

/** seatId → name and household. Erasable; not part of the record. */
export type Names = Readonly<Record<string, { readonly name: string; readonly household: string }>>

/** Seats that have at least one live connection, and how many screens are up. */
export interface Presence {
  readonly seats: readonly string[]
  readonly screens: number
}

/** The running figures of the open poll. `byOption` only where the poll shows them live. */
export interface Tally {
  readonly pollId: string
  readonly cast: number
  /** `cast` in the poll's weight; equal to it where every seat weighs one. */
  readonly castWeight: number
  readonly electors: number
  readonly byParty: readonly { readonly partyId: string; readonly cast: number; readonly electors: number }[]
  readonly byOption: Readonly<Record<string, number>> | null
  /** Seats whose ballot is in, so that the cockpit sees who has not voted; how they voted is not told. */
  readonly seats: readonly string[]
  /** Hands counted so far, by party. */
  readonly hands: Readonly<Record<string, number>>
  /** Boxes of papers that a teller has counted. */
  readonly papers: readonly PaperTally[]
}

/** How far the counting of a box has come. Before two tellers agree, what either counted is not told. */
export interface PaperTally {
  readonly partyId: string | null
  readonly state: 'oneIn' | 'recount' | 'agreed'
  readonly tellers: readonly string[]
  /** Lines on which the two differ: option ids, `blank`, `spoiled`, `box`, `handedOut`. */
  readonly differs: readonly string[]
  readonly sheet: PaperSheet | null
}

export interface Receipt {
  readonly pollId: string
  readonly seatId: string
  readonly receipt: string
  readonly castAt: number
}

export interface MyBallot extends Receipt {
  readonly choice: NamedBallot['choice']
}

/** Events `seq`…`seq + events.length - 1`. A client that misses some asks with `refill`. */
export interface Frame {
  readonly meetingId: string
  readonly events: readonly Recorded[]
}

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: Refusal }

/** What a command is answered: the sequence number after it, and for a ballot its receipt. */
export interface Done {
  readonly seq: number
  readonly receipt?: Receipt
}

/** For facilitators: people waiting to be let in and cards scanned twice. */
export interface Desk {
  readonly entries: readonly {
    readonly deskEntryId: string
    readonly kind: 'waiting' | 'secondScan'
    readonly name: string
    readonly seatId: string | null
    readonly at: number
  }[]
}

export interface ClientToServer {
  /** Enters the meeting's room. `since` lets a returning client get only what it missed, as a frame. */
  join: (ask: { meetingId: string; protocol: number }, answer: (it: Answer<Welcome>) => void) => void
  refill: (ask: { meetingId: string; since: number }, answer: (it: Answer<Frame>) => void) => void
  command: (
    ask: { meetingId: string; commandId: string; command: Command },
    answer: (it: Answer<Done>) => void,
  ) => void
}

export interface ServerToClient {
  frame: (frame: Frame) => void
  tally: (tally: Tally) => void
  /** To a seat with several lines: all its ballots, when one of them cast another. */
  myBallots: (ballots: readonly MyBallot[]) => void
  presence: (presence: Presence) => void
  names: (names: Names) => void
  desk: (desk: Desk) => void
  /** A hint: something around a draft changed that is not its text; the REST API has it. */
  draftNews: (news: { draftId: string; about: 'comments' | 'versions' }) => void
  /** This node is about to stop: the client comes in anew at once, through another. */
  move: () => void
  /** The session behind this connection ended or moved to another device. */
  bye: (why: {
    code: 'sessionEnded' | 'movedToOtherDevice' | 'admitted' | 'screenUnpaired' | 'screenPaired'
  }) => void
}
