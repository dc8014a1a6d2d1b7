// What an order needs to know that only the store knows, fetched before it is decided.
import { checkSubstitute } from '../../shared/counting/sources.ts'
import type { Command, CommandOf } from '../../shared/meeting/commands.ts'
import type { Actor, Facts } from '../../shared/meeting/deciding.ts'
import type { FrozenText, MeetingState } from '../../shared/meeting/state.ts'
import type { Preset } from '../../shared/rules/preset.ts'
import { amendmentFacts, type Fetched, keptFacts } from '../amendments/facts.ts'
import type { Forks } from '../amendments/forks.ts'
import { contents, seal, urnState } from '../ballots/urn.ts'
import type { Matters } from '../matters/matters.ts'
import type { Store } from '../ports.ts'

export interface FactsDeps {
  readonly store: Store
  /** The draft's plain text as committed, kept under its hash. */
  readonly freeze: (draftId: string) => Promise<FrozenText | undefined>
  readonly forks: Pick<Forks, 'prepare' | 'keep'>
  readonly linksDone: Matters['linksDone']
  /** The presets that an order names, as they hold now in its unit. */
  readonly presetsNamedIn: (
    unitId: string,
    command: Command,
  ) => Promise<ReadonlyMap<string, Preset>> | undefined
}

/** @returns nothing where the order needs nothing: then it is decided together with others */
export const openFacts =
  (deps: FactsDeps) =>
  (state: MeetingState, command: Command, by: Actor): Promise<Fetched> | undefined => {
    switch (command.type) {
      case 'openPoll':
        return pollFacts(deps, state, command)
      case 'reviseMeeting':
        return deps.presetsNamedIn(state.unitId, command)?.then((presets) => ({ presets }))
      case 'closePoll':
        return state.polls[command.pollId]?.status === 'open' ? urnFacts(deps, command.pollId) : undefined
      case 'proposeAmendment':
      case 'rebaseAmendment':
      case 'adoptAmendment':
        return amendmentFacts(deps.forks, state, command, by)
      case 'substitute':
        return substituteFacts(deps, state, command)
      default:
        return undefined
    }
  }

const pollFacts = async (
  deps: FactsDeps,
  state: MeetingState,
  command: CommandOf<'openPoll'>,
): Promise<Fetched> => {
  const amendment = state.amendments.find((one) => one.amendmentId === command.amendmentId)
  const texts = amendment
    ? await keptFacts(deps.forks, amendment.draftId)
    : await textFacts(deps, state, command)
  const presets = await deps.presetsNamedIn(state.unitId, command)
  const { link } = command
  const linked = link ? { linksDone: await deps.linksDone(state.unitId, link.matterId) } : {}
  return { ...texts, ...linked, ...(presets ? { presets } : {}) }
}

const textFacts = async (
  { freeze }: FactsDeps,
  state: MeetingState,
  { itemId, covers = [] }: CommandOf<'openPoll'>,
): Promise<Facts> => {
  const texts: Record<string, FrozenText> = {}
  for (const id of new Set([itemId, ...covers])) {
    const item = state.agenda.find((one) => one.itemId === id)
    const text = item && (await freeze(item.draftId))
    if (text) texts[id] = text
  }
  const text = texts[itemId]
  return text ? { text, texts } : { texts }
}

/** Sealed first, so that what is read is what will be counted. */
const urnFacts = async ({ store }: FactsDeps, pollId: string): Promise<Facts> => {
  await seal(store, pollId)
  if ((await urnState(store, pollId, '')).state === 'open') return { urn: 'unsettled' }
  return { urn: await contents(store, pollId) }
}

/** Whether the roster knows the person as a member of the seat's household who sits nowhere else in this meeting. */
const substituteFacts = async (
  { store }: FactsDeps,
  { meetingId, unitId, seats }: MeetingState,
  { seatId, personId }: CommandOf<'substitute'>,
): Promise<Facts> => {
  const { db } = store
  const person = await db
    .selectFrom('people')
    .select(['personId', 'household'])
    .where('personId', '=', personId)
    .where('unitId', '=', unitId)
    .where('removedAt', 'is', null)
    .executeTakeFirst()
  const seat = await db
    .selectFrom('seatNames')
    .select('household')
    .where('meetingId', '=', meetingId)
    .where('seatId', '=', seatId)
    .executeTakeFirst()
  if (!person || !seat || seat.household === '') return { substitute: 'unknown' }
  const elsewhere = await db
    .selectFrom('seatNames')
    .select('seatId')
    .where('meetingId', '=', meetingId)
    .where('personId', '=', personId)
    .where('seatId', '<>', seatId)
    .execute()
  const sitsElsewhere = elsewhere.some((other) => seats[other.seatId]?.role === 'member')
  const { household } = seat
  const finding = checkSubstitute(
    household,
    { id: personId, household: person.household, present: true, mayVote: true },
    new Map(sitsElsewhere ? [[household, 'another seat']] : []),
  )
  return { substitute: finding.ok ? 'fits' : finding.code }
}
