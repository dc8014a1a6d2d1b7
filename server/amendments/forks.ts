// Amendments as forks of drafts: prepares a fork, keeps the very state that a poll or general consent is about, and
// merges it into the other draft once the record says so. The merge is a reaction after the append: it is written down
// in the same transaction, done at once, and done again after a crash; doing it twice changes nothing.
import type { FrozenText, MeetingState } from '../../shared/meeting/state.ts'
import type { Clock, Ids, Step, Store } from '../ports.ts'
import { step } from '../ports.ts'
import type { FrameListener } from '../record/meetings.ts'
import { forkSteps, stateStep } from './steps.ts'

export interface Kept {
  readonly text: FrozenText
  /** To be written with the event that names the text. */
  readonly steps: readonly Step[]
}

export interface AmendmentTexts {
  readonly base: PlainOf
  readonly fork: PlainOf
  readonly now: PlainOf
}

/** The text of a draft. */
export interface PlainOf extends FrozenPlain {
  readonly draftId: string
}

export interface FrozenPlain {
  readonly sha256: string
  readonly text: string
}

export interface Forks {
  /** A fork of the draft as it is now; undefined for a draft that does not exist. */
  prepare(
    baseId: string,
    about: { readonly meetingId: string; readonly unitId: string; readonly title: string },
  ): Promise<(Kept & { readonly draftId: string }) | undefined>
  /** The draft's text and the state it was read from, so that exactly this can be merged later. */
  keep(draftId: string): Promise<Kept | undefined>
  /** Carries out what was adopted or taken in and is not merged yet; call it before a draft's text is relied upon. */
  finish(draftId: string): Promise<void>
  /** The same for all drafts, after a start. */
  finishAll(): Promise<void>
  /** What an amendment is a difference from, its text, and the item's draft, as they are now. */
  textsOf(state: MeetingState, amendmentId: string): Promise<AmendmentTexts | undefined>
  readonly follow: FrameListener
  /** Resolves when no merge is under way any more. */
  close(): Promise<void>
}

interface FrozenState extends FrozenPlain {
  /** Unicode code points. */
  readonly chars: number
  /** A Yjs snapshot of the same moment. */
  readonly state: Uint8Array
}

/** The drafts' door, as far as it is needed here. */
export interface ForkedDrafts {
  freeze(draftId: string): Promise<FrozenState | undefined>
  state(
    draftId: string,
  ): Promise<(FrozenState & { readonly bytes: Uint8Array; readonly provenance: string }) | undefined>
  takeIn(draftId: string, bytes: Uint8Array, provenance: string | null): Promise<void>
  cutOffDraft(draftId: string, reason: 'rightsChanged'): void
}

export interface ForksDeps {
  readonly store: Store
  readonly clock: Clock
  readonly ids: Pick<Ids, 'newId'>
  readonly drafts: ForkedDrafts
  /** Called with every text that is kept, as the freezing of a draft. */
  readonly frozen: (draftId: string, frozen: FrozenState) => Promise<void>
  readonly onFault: (fault: unknown) => void
}

/** Everybody in the hall may look at a difference at once; the text is read once in so many milliseconds. */
const textAgeMs = 1_500

export const openForks = (deps: ForksDeps): Forks => {
  const { store, clock, ids, drafts, onFault } = deps
  const merging = new Map<string, Promise<void>>()
  const texts = openTexts(deps, (draftId) => finish(draftId))

  const read = async (draftId: string) => {
    await finish(draftId)
    return drafts.state(draftId)
  }

  const textStep = (sha256: string, text: string): Step => {
    const row = store.db.insertInto('texts').values({ sha256, text, at: clock.now() })
    return step(row.onConflict((conflict) => conflict.doNothing()))
  }

  const prepare: Forks['prepare'] = async (baseId, about) => {
    const base = await read(baseId)
    if (!base) return undefined
    const { sha256, chars, bytes, provenance } = base
    await deps.frozen(baseId, base)
    const draftId = ids.newId('draft')
    const fork = forkSteps(store, { ...about, draftId, baseId, bytes, provenance, at: clock.now() })
    const text = { draftId: baseId, sha256, chars }
    return { draftId, text, steps: [textStep(sha256, base.text), ...fork] }
  }

  const keep: Forks['keep'] = async (draftId) => {
    const state = await read(draftId)
    if (!state) return undefined
    const { sha256, chars, bytes, provenance } = state
    await deps.frozen(draftId, state)
    return {
      text: { draftId, sha256, chars },
      steps: [
        textStep(sha256, state.text),
        stateStep(store, { draftId, sha256, bytes, provenance, at: clock.now() }),
      ],
    }
  }

  const mergeOne = async (draftId: string, fromId: string, sha256: string): Promise<void> => {
    const { db } = store
    const state = await db
      .selectFrom('draftStates')
      .select(['bytes', 'provenance'])
      .where('draftId', '=', fromId)
      .where('sha256', '=', sha256)
      .executeTakeFirst()
    // Another node was there first.
    if (!state) return
    await drafts.takeIn(draftId, state.bytes, state.provenance)
    const done = db
      .deleteFrom('draftMerges')
      .where('draftId', '=', draftId)
      .where('fromId', '=', fromId)
      .where('sha256', '=', sha256)
    const stillNeeded = db
      .selectFrom('draftMerges')
      .select('draftId')
      .where('fromId', '=', fromId)
      .where('sha256', '=', sha256)
    const spent = db
      .deleteFrom('draftStates')
      .where('draftId', '=', fromId)
      .where('sha256', '=', sha256)
      .where(({ not, exists }) => not(exists(stillNeeded)))
    await store.write([step(done), step(spent)])
  }

  const finishNow = async (draftId: string): Promise<void> => {
    const due = await store.db
      .selectFrom('draftMerges')
      .select(['fromId', 'sha256'])
      .where('draftId', '=', draftId)
      .orderBy('at')
      .execute()
    for (const { fromId, sha256 } of due) await mergeOne(draftId, fromId, sha256)
  }

  /** One after the other: what is asked for while a merge runs may have been written down behind it. */
  const finish = (draftId: string): Promise<void> => {
    const before = merging.get(draftId)
    const next = (before ?? Promise.resolve()).catch(() => {}).then(() => finishNow(draftId))
    merging.set(draftId, next)
    const forget = (): void => {
      if (merging.get(draftId) === next) merging.delete(draftId)
    }
    next.then(forget, forget)
    return next
  }

  /** What a crash left undone. */
  const afterStart = async (): Promise<void> => {
    const due = await store.db.selectFrom('draftMerges').select('draftId').distinct().execute()
    for (const { draftId } of due) await finish(draftId)
  }
  const started = afterStart().catch(onFault)

  return {
    prepare,
    keep,
    finish,
    finishAll: async () => {
      const due = await store.db.selectFrom('draftMerges').select('draftId').distinct().execute()
      for (const { draftId } of due) await finish(draftId)
    },
    textsOf: texts.of,
    close: async () => {
      await started
      await Promise.allSettled(merging.values())
    },
    follow: (_, events, state) => {
      for (const { event } of events) {
        const { merge, locked } = consequences(state, event)
        if (locked !== null) drafts.cutOffDraft(locked, 'rightsChanged')
        if (merge === null) continue
        texts.forget(merge)
        finish(merge).catch(onFault)
      }
    },
  }
}

/** Which draft takes something in, and whose rights change, with an event. */
const consequences = (
  state: MeetingState,
  event: Parameters<FrameListener>[1][number]['event'],
): { readonly merge: string | null; readonly locked: string | null } => {
  const amendmentId =
    'amendmentId' in event ? event.amendmentId : 'pollId' in event ? aboutPoll(state, event.pollId) : null
  const amendment = state.amendments.find((one) => one.amendmentId === amendmentId)
  if (!amendment || event.type === 'amendmentProposed' || event.type === 'ballotRefused') {
    return { merge: null, locked: null }
  }
  const item = state.agenda.find((one) => one.itemId === amendment.itemId)
  if (event.type === 'amendmentRebased') return { merge: amendment.draftId, locked: null }
  if (event.type !== 'amendmentAdopted') return { merge: null, locked: amendment.draftId }
  return { merge: item?.draftId ?? null, locked: amendment.draftId }
}

const aboutPoll = (state: MeetingState, pollId: string | null): string | null =>
  (pollId === null ? undefined : state.polls[pollId])?.amendment?.amendmentId ?? null

/** Plain texts for the faces, read at most once in a while however many ask; what is to be merged is merged first. */
const openTexts = ({ store, clock, drafts }: ForksDeps, finish: Forks['finish']) => {
  const recent = new Map<string, { readonly at: number; readonly text: Promise<FrozenPlain | undefined> }>()

  const now = (draftId: string): Promise<FrozenPlain | undefined> => {
    const known = recent.get(draftId)
    if (known && clock.now() - known.at < textAgeMs) return known.text
    const text = finish(draftId)
      .then(() => drafts.freeze(draftId))
      .then((it) => it && { sha256: it.sha256, text: it.text })
    const entry = { at: clock.now(), text }
    recent.set(draftId, entry)
    for (const [id, { at }] of recent) if (clock.now() - at >= textAgeMs) recent.delete(id)
    text.catch(() => recent.delete(draftId))
    return text
  }

  const of: Forks['textsOf'] = async (state, amendmentId) => {
    const amendment = state.amendments.find((one) => one.amendmentId === amendmentId)
    const item = state.agenda.find((one) => one.itemId === amendment?.itemId)
    if (!amendment || !item) return undefined
    const base = await store.db
      .selectFrom('texts')
      .select(['sha256', 'text'])
      .where('sha256', '=', amendment.base.sha256)
      .executeTakeFirst()
    const [fork, draft] = await Promise.all([now(amendment.draftId), now(item.draftId)])
    const ofItem = { draftId: item.draftId }
    return (
      base &&
      fork &&
      draft && {
        base: { ...base, ...ofItem },
        fork: { ...fork, draftId: amendment.draftId },
        now: { ...draft, ...ofItem },
      }
    )
  }
  return { of, forget: (draftId: string): void => void recent.delete(draftId) }
}
