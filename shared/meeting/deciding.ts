// What the slices of a meeting have in common: the shape of deciding and of evolving, and small checks they share.
import type { SourceFaultCode } from '../counting/sources.ts'
import type { NewId } from '../kernel/ids.ts'
import type { RefusalCode } from '../kernel/refusals.ts'
import type { Refusal, RefusalDetail } from '../kernel/result.ts'
import type { ChainLinkCode } from '../rules/fourDeliberations.ts'
import type { Preset } from '../rules/preset.ts'
import type { Role } from '../wire/live.ts'
import type { CommandOf, CommandType } from './commands.ts'
import type { EventOf, EventType, MeetingEvent, Recorded } from './events.ts'
import type { FrozenText, HandCount, MeetingState, NamedBallot, PaperBox, Seat } from './state.ts'

export interface Actor {
  /** The id the record keeps: a seat, an account, a screen. */
  readonly actorId: string
  readonly role: Role
  readonly seatId: string | null
}

export interface Context {
  /** Milliseconds since the epoch. */
  readonly now: number
  readonly by: Actor
  readonly newId: NewId
  /** Of the presets that the order names: `facts.presets`. */
  readonly presetByCode: (code: string) => Preset | undefined
  /** What only the store knows, fetched beforehand for the commands that need it. */
  readonly facts: Facts
}

export interface Facts {
  /** The presets that the order names, by code: those of the hall, and of the unit's own the version in force. */
  readonly presets?: ReadonlyMap<string, Preset>
  /** For `openPoll` and amendments: the draft as committed, of the item or of the amendment. */
  readonly text?: FrozenText
  /** For `proposeAmendment`: the fork that was prepared of the draft whose text is `text`. */
  readonly fork?: { readonly draftId: string }
  /** For `openPoll` on a block: the drafts of the items it covers, by item id. */
  readonly texts?: Readonly<Record<string, FrozenText>>
  /** For `closePoll`: the sealed urn, or that the two counts of a box differ and it could not be sealed. */
  readonly urn?: UrnContents | 'unsettled'
  /** For `openPoll` on a link of a chain: the links done so far; `unknown` where there is no such matter. */
  readonly linksDone?: ReadonlySet<ChainLinkCode> | 'unknown'
  /** For `substitute`: what the roster says of the person and the seat. */
  readonly substitute?: SourceFaultCode | 'fits' | 'unknown'
}

export interface UrnContents {
  readonly ballots: readonly NamedBallot[]
  readonly hands: readonly HandCount[]
  /** Left out where none were used. */
  readonly papers?: readonly PaperBox[]
}

/** Events to append, or a refusal, which may itself leave a trace in the record. */
export type Decision =
  | { readonly ok: true; readonly events: readonly MeetingEvent[] }
  | { readonly ok: false; readonly refusal: Refusal; readonly events: readonly MeetingEvent[] }

export const decided = (...events: MeetingEvent[]): Decision => ({ ok: true, events })

export const refused = (
  code: RefusalCode,
  detail?: RefusalDetail,
  events: MeetingEvent[] = [],
): Decision => ({
  ok: false,
  refusal: detail === undefined ? { code } : { code, detail },
  events,
})

export type Deciders<T extends CommandType> = {
  readonly [K in T]: (state: MeetingState, command: CommandOf<K>, context: Context) => Decision
}

export type Evolvers<T extends EventType> = {
  readonly [K in T]: (state: MeetingState, event: EventOf<K>, recorded: Recorded) => MeetingState
}

/** The seat a command is about: the one it names, or the actor's own. */
export const seatOf = (state: MeetingState, seatId: string | undefined, by: Actor): Seat | undefined => {
  const id = seatId ?? by.seatId
  return id === null ? undefined : state.seats[id]
}

/** Participants act for their own seat only; staff act for any. */
export const actsForOther = (seatId: string | undefined, by: Actor): boolean =>
  seatId !== undefined && seatId !== by.seatId

export const isStaff = (role: Role): boolean =>
  role === 'secretary' || role === 'facilitator' || role === 'clerk'

export const isPresent = (state: MeetingState, seatId: string): boolean =>
  state.attendance[seatId]?.status === 'present'

/** Why the meeting is not in session, or `null` when it is. */
export const notInSession = (state: MeetingState): RefusalCode | null => {
  if (state.phase === 'closed') return 'meetingEnded'
  return state.phase === 'inSession' ? null : 'meetingNotOpen'
}
