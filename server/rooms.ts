// The rooms of the hall, composed: record, identity and drafts, which need each other in a ring.
import type { IncomingMessage } from 'node:http'
import { mayEditAmendment } from '../shared/meeting/amendments.ts'
import type { FrozenText } from '../shared/meeting/state.ts'
import { type Forks, openForks } from './amendments/forks.ts'
import { type DraftsDoor, openDraftsDoor } from './drafts/endpoint.ts'
import { queryOf } from './drafts/query.ts'
import type { Logger } from './drafts/roomPorts.ts'
import { type Identity, openIdentity } from './identity/identity.ts'
import { argonPasswords } from './identity/passwords.ts'
import type { Principal } from './identity/principal.ts'
import { type Matters, openMatters } from './matters/matters.ts'
import type { Neighbours } from './nodes/neighbours.ts'
import { type Bus, type Clock, type Ids, type Store, step } from './ports.ts'
import { openPresets, type Presets } from './presets/presets.ts'
import { type Meetings, openMeetings } from './record/meetings.ts'
import { openReview, type Review } from './review/review.ts'

export interface RoomsDeps {
  readonly store: Store
  readonly clock: Clock
  readonly ids: Ids
  readonly bus: Bus
  /** Where other nodes may write to the same store. */
  readonly neighbours?: Neighbours
  readonly logger: Logger
}

export interface Rooms {
  readonly meetings: Meetings
  readonly matters: Matters
  readonly presets: Presets
  readonly identity: Identity
  readonly drafts: DraftsDoor
  readonly forks: Forks
  readonly review: Review
  close(): Promise<void>
}

const draftsKnownMax = 10_000

export const openRooms = (deps: RoomsDeps): Rooms => {
  const { store, clock, ids, bus, neighbours, logger } = deps

  const freeze = async (draftId: string): Promise<FrozenText | undefined> => {
    await forks.finish(draftId)
    const frozen = await drafts.freeze(draftId)
    if (!frozen) return undefined
    const { sha256, text, chars } = frozen
    const kept = store.db.insertInto('texts').values({ sha256, text, at: clock.now() })
    await store.write([step(kept.onConflict((conflict) => conflict.doNothing()))])
    await review.versions.frozen(draftId, frozen)
    return { draftId, sha256, chars }
  }

  const presets = openPresets({ store, clock })
  const matters = openMatters({ store, clock })

  const meetings = openMeetings({
    store,
    clock,
    newId: ids.newId,
    bus,
    presetsNamedIn: presets.namedIn,
    linksDone: matters.linksDone,
    freeze,
    forks: {
      prepare: (...asked) => forks.prepare(...asked),
      keep: (draftId) => forks.keep(draftId),
    },
    onFault: (fault) => logger.error({ err: fault }, 'an order could not be carried out'),
  })

  const identity = openIdentity({
    store,
    clock,
    ids,
    bus,
    passwords: argonPasswords,
    order: meetings.order,
    seatRole: async (meetingId, seatId) => {
      const seat = (await meetings.state(meetingId))?.seats[seatId]
      if (!seat) return null
      return seat.role === 'observer' ? 'observer' : 'participant'
    },
  })

  /** Members and staff write until the meeting is closed; observers and screens read. */
  const mayEdit = async (
    { role, seatId }: Principal,
    meetingId: string,
    draftId: string,
  ): Promise<boolean> => {
    if (role === 'observer' || role === 'screen' || role === 'waiting') return false
    const state = await meetings.state(meetingId)
    const amendment = state?.amendments.find((one) => one.draftId === draftId)
    if (state && amendment) return mayEditAmendment(state, amendment, { role, seatId })
    return state?.phase !== 'closed'
  }

  /** A draft never changes its meeting. */
  const meetingsOfDrafts = new Map<string, string>()
  const meetingOf = async (draftId: string): Promise<string | null> => {
    const known = meetingsOfDrafts.get(draftId)
    if (known !== undefined) return known
    const draft = await store.db
      .selectFrom('drafts')
      .select('meetingId')
      .where('draftId', '=', draftId)
      .executeTakeFirst()
    if (!draft || draft.meetingId === null) return null
    if (meetingsOfDrafts.size >= draftsKnownMax) meetingsOfDrafts.clear()
    meetingsOfDrafts.set(draftId, draft.meetingId)
    return draft.meetingId
  }

  const gate = async (request: IncomingMessage, draftId: string) => {
    const principal = await identity.fromCookieHeader(request.headers.cookie)
    if (!principal) return { refused: 'notSignedIn' } as const
    // A page opened by somebody else on this device must not bring its edits in under the new name.
    const writtenBy = queryOf(request.url).get('actor')
    if (writtenBy !== null && writtenBy !== principal.actorId) return { refused: 'notSignedIn' } as const
    const meetingId = await meetingOf(draftId)
    if (meetingId === null) return { refused: 'notFound' } as const
    if (!(await identity.mayEnter(principal, meetingId))) return { refused: 'notAllowed' } as const
    return {
      owner: principal.actorId,
      sessionId: principal.sessionId,
      mayEdit: await mayEdit(principal, meetingId, draftId),
      // Its end, ordered through another node, must be heard here.
      hold: () => meetings.watch(meetingId),
    }
  }

  const drafts = openDraftsDoor({ store, clock, gate, logger, far: neighbours && { bus, neighbours } })
  const review = openReview({
    ...deps,
    drafts,
    names: identity.names,
    onFault: (fault) => logger.warn({ err: fault }, 'what goes on around a draft failed'),
  })
  meetings.onFrame(review.follow)
  const forks = openForks({
    ...deps,
    drafts,
    frozen: review.versions.frozen,
    onFault: (fault) => logger.error({ err: fault }, 'an amendment could not be merged'),
  })
  meetings.onFrame(forks.follow)

  meetings.onFrame((meetingId, events) => {
    if (events.some(({ event }) => event.type === 'seatSubstituted')) identity.namesChanged(meetingId)
  })
  meetings.onFrame((_, events, state) => {
    if (!events.some(({ event }) => event.type === 'meetingClosed')) return
    // Staff wrote too, so everybody comes back, as a reader.
    for (const { draftId } of [...state.agenda, ...state.amendments])
      drafts.cutOffDraft(draftId, 'rightsChanged')
  })
  const unsubscribe = bus.subscribe((message) => {
    if (message.kind === 'sessionEnded') drafts.cutOffSession(message.sessionId)
  })

  return {
    meetings,
    matters,
    presets,
    identity,
    drafts,
    forks,
    review,
    close: async () => {
      unsubscribe()
      meetings.close()
      await forks.close()
      await review.close()
      await drafts.close()
      identity.close()
    },
  }
}

/** `/drafts/<draftId>` → the id; `null` for any other address. */
export const draftIdIn = (url: string | undefined): string | null => {
  const [path = ''] = (url ?? '').split('?')
  const found = /^\/drafts\/(dr_[0-9a-z]{4,32})$/.exec(path)
  return found?.[1] ?? null
}
