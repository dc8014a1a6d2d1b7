// The versions of drafts: named by people, fixed by polls, kept when an item begins and before a text is brought back.
// A version is a point of the draft's history, so it costs its marks and not another copy of the text.
import { createHash } from 'node:crypto'
import { limits } from '../../shared/kernel/limits.ts'
import { accept, type Result, refuse } from '../../shared/kernel/result.ts'
import type { Bench } from '../bench.ts'
import type { WrittenLog } from '../drafts/tracing.ts'
import { type Clock, type Ids, type Store, step } from '../ports.ts'
import type { Schema } from '../store/schema.ts'
import type { Marked, Moment, VersionsDone, VersionsJob } from './versionsWorker.ts'

export type Version = Omit<Schema['versions'], 'state' | 'commandId'>

/** The drafts, as far as this room needs them. */
export interface Histories {
  /** All that is committed, in order; undefined for a draft that does not exist. */
  updates(draftId: string): Promise<readonly Uint8Array[] | undefined>
  /** The same as it was written, with whose hand was at what. */
  log(draftId: string): Promise<WrittenLog | undefined>
  /** Resolves when the update is on disk, as an edit by `owner`; rejects with `draftFull` in its message. */
  enter(draftId: string, owner: string, update: Uint8Array, provenance: string | null): Promise<void>
}

export interface VersionsDeps {
  readonly store: Store
  readonly clock: Clock
  readonly ids: Ids
  readonly drafts: Histories
  /** The thread that reads histories. */
  readonly bench: Pick<Bench<VersionsJob, VersionsDone>, 'run'>
  readonly changed: (draftId: string) => void
}

export interface Making {
  readonly by: string
  /** Asked again with the same id, nothing new is made. */
  readonly commandId: string
}

export interface Versions {
  /** Newest first. */
  list(draftId: string): Promise<readonly Version[]>
  /** Keeps the present text under a name. */
  make(draftId: string, name: string, making: Making): Promise<Result<Version>>
  /** Keeps the present text of an item that begins; asked twice for the same beginning, once. */
  itemStarted(draftId: string, beginning: string, by: string): Promise<void>
  /** What a poll is to fix. Shown as a version once the record has the poll. */
  frozen(draftId: string, text: Marked): Promise<void>
  /** The plain text of a version, or of now. */
  text(draftId: string, versionId: string | null): Promise<Result<{ text: string; sha256: string }>>
  /**
   * The forms of the lines of the draft's text with this hash (see shared/drafts/plainText.ts): as it was frozen, or as
   * it is now; '' where no such text is known.
   */
  forms(draftId: string, sha256: string, of: 'frozen' | 'now'): Promise<string>
  /**
   * The difference between two versions, or a version and now, as JSON of `Difference`, and those who took out what is
   * gone.
   */
  compare(
    draftId: string,
    before: string | null,
    after: string | null,
  ): Promise<Result<{ readonly json: Uint8Array; readonly removers: readonly string[] }>>
  /** Brings the text of a version back as new edits by `by`; the text it takes the place of is kept as a version. */
  restore(draftId: string, versionId: string, making: Making): Promise<Result<{ before: Version | null }>>
}

const shown = ['versionId', 'draftId', 'kind', 'name', 'sha256', 'chars', 'by', 'at'] as const

/** Such as frozen texts, whose second freezing is the same version. */
const sameIdFor = (text: string): string => {
  const digest = BigInt(`0x${createHash('sha256').update(text).digest('hex').slice(0, 30)}`)
  return `ve_${digest.toString(32)}`
}

export const openVersions = ({ store, clock, ids, drafts, bench, changed }: VersionsDeps): Versions => {
  const { db } = store
  /** One restoring of a draft at a time. */
  const restoring = new Map<string, Promise<unknown>>()

  const list = async (draftId: string): Promise<readonly Version[]> => {
    const rows = await db
      .selectFrom('versions')
      .select(shown)
      .where('draftId', '=', draftId)
      .orderBy('at', 'desc')
      .execute()
    return rows.map((row) => ({ ...row, at: Number(row.at) }))
  }

  const find = (draftId: string, key: 'versionId' | 'commandId', value: string) =>
    db
      .selectFrom('versions')
      .select([...shown, 'state'])
      .where('draftId', '=', draftId)
      .where(key, '=', value)
      .executeTakeFirst()

  const count = async (draftId: string): Promise<number> => {
    const row = await db
      .selectFrom('versions')
      .select(({ fn }) => fn.countAll().as('count'))
      .where('draftId', '=', draftId)
      .executeTakeFirst()
    return Number(row?.count ?? 0)
  }

  const keep = async (
    draftId: string,
    kind: Version['kind'],
    name: string,
    { state, sha256, chars }: Marked,
    { by, commandId }: Making,
    versionId = ids.newId('version'),
  ): Promise<Version> => {
    const version: Version = { versionId, draftId, kind, name, sha256, chars, by, at: clock.now() }
    const row = db.insertInto('versions').values({ ...version, state, commandId })
    await store.write([step(row.onConflict((conflict) => conflict.doNothing()))])
    changed(draftId)
    return version
  }

  const mark = async (draftId: string): Promise<Marked | undefined> => {
    const updates = await drafts.updates(draftId)
    return updates && bench.run({ kind: 'mark', updates })
  }

  const make: Versions['make'] = async (draftId, name, making) => {
    const known = await find(draftId, 'commandId', making.commandId)
    if (known) return accept(withoutState(known))
    if ((await count(draftId)) >= limits.versionsPerDraftMax) {
      return refuse('tooMany', { max: limits.versionsPerDraftMax })
    }
    const marked = await mark(draftId)
    return marked ? accept(await keep(draftId, 'named', name, marked, making)) : refuse('draftUnknown')
  }

  const itemStarted: Versions['itemStarted'] = async (draftId, beginning, by) => {
    const commandId = `begin ${beginning}`
    const versionId = sameIdFor(`${draftId} ${commandId}`)
    if ((await count(draftId)) >= limits.versionsPerDraftMax) return
    const marked = await mark(draftId)
    // An item that begins with an empty sheet has nothing to come back to.
    if (!marked || marked.chars === 0) return
    await keep(draftId, 'itemStart', '', marked, { by, commandId }, versionId)
  }

  const momentOf = async (draftId: string, versionId: string | null): Promise<Moment | undefined> => {
    if (versionId === null) return null
    return (await find(draftId, 'versionId', versionId))?.state
  }

  const text: Versions['text'] = async (draftId, versionId) => {
    const moment = await momentOf(draftId, versionId)
    if (moment === undefined) return refuse('versionUnknown')
    const updates = await drafts.updates(draftId)
    if (!updates) return refuse('draftUnknown')
    const { text, sha256 } = await bench.run({ kind: 'read', updates, moment })
    return accept({ text, sha256 })
  }

  const frozenAt = async (draftId: string, sha256: string): Promise<Uint8Array | undefined> => {
    const row = await db
      .selectFrom('versions')
      .select('state')
      .where('draftId', '=', draftId)
      .where('sha256', '=', sha256)
      .where('kind', '=', 'frozen')
      .executeTakeFirst()
    return row?.state
  }

  const formsAt = async (draftId: string, sha256: string, moment: Moment | undefined): Promise<string> => {
    if (moment === undefined) return ''
    const updates = await drafts.updates(draftId)
    if (!updates) return ''
    const read = await bench.run({ kind: 'forms', updates, moment })
    return read.sha256 === sha256 ? read.forms : ''
  }

  const forms: Versions['forms'] = async (draftId, sha256, of) => {
    const frozen = await frozenAt(draftId, sha256)
    const [first, second] = of === 'now' ? [null, frozen] : [frozen, null]
    return (await formsAt(draftId, sha256, first)) || formsAt(draftId, sha256, second)
  }

  const compare: Versions['compare'] = async (draftId, before, after) => {
    const moments = await Promise.all([momentOf(draftId, before), momentOf(draftId, after)])
    const [from, to] = moments
    if (from === undefined || to === undefined) return refuse('versionUnknown')
    const log = await drafts.log(draftId)
    if (!log) return refuse('draftUnknown')
    const { json, removers } = await bench.run({ kind: 'compare', log, before: from, after: to })
    return accept({ json, removers })
  }

  const restoreNow = async (
    draftId: string,
    versionId: string,
    making: Making,
  ): Promise<Result<{ before: Version | null }>> => {
    const target = await find(draftId, 'versionId', versionId)
    if (!target) return refuse('versionUnknown')
    const known = await find(draftId, 'commandId', making.commandId)
    const updates = await drafts.updates(draftId)
    if (!updates) return refuse('draftUnknown')
    const { update, provenance, before } = await bench.run({ kind: 'restore', updates, moment: target.state })
    // Asked again: unless the text still stands as it was kept, the first asking did it.
    const isDone = known !== undefined && Buffer.compare(known.state, before.state) !== 0
    if (update === undefined || isDone) return accept({ before: known ? withoutState(known) : null })
    const kept = known
      ? withoutState(known)
      : await keep(draftId, 'beforeRestore', target.name, before, making)
    try {
      await drafts.enter(draftId, making.by, update, provenance)
    } catch (fault) {
      if (fault instanceof Error && fault.message.includes('draftFull')) return refuse('draftFull')
      throw fault
    }
    return accept({ before: kept })
  }

  const restore: Versions['restore'] = (draftId, versionId, making) => {
    const earlier = restoring.get(draftId) ?? Promise.resolve()
    const mine = earlier.catch(() => {}).then(() => restoreNow(draftId, versionId, making))
    restoring.set(draftId, mine)
    const done = (): void => {
      if (restoring.get(draftId) === mine) restoring.delete(draftId)
    }
    mine.then(done, done)
    return mine
  }

  return {
    list,
    make,
    itemStarted,
    frozen: async (draftId, frozen) => {
      const commandId = `frozen ${frozen.sha256}`
      const versionId = sameIdFor(`${draftId} ${commandId}`)
      await keep(draftId, 'frozen', '', frozen, { by: 'hall', commandId }, versionId)
    },
    text,
    forms: shared(forms),
    compare,
    restore,
  }
}

/** The whole hall looks at a difference at once: what is asked for at the same time is read once. */
const shared = (forms: Versions['forms']): Versions['forms'] => {
  const reading = new Map<string, Promise<string>>()
  return (...asked) => {
    const key = asked.join(' ')
    const known = reading.get(key)
    if (known) return known
    const read = forms(...asked)
    reading.set(key, read)
    const done = (): boolean => reading.delete(key)
    read.then(done, done)
    return read
  }
}

const withoutState = <V extends { readonly state: Uint8Array; readonly at: number }>({
  state: _,
  ...version
}: V): Omit<V, 'state'> => ({ ...version, at: Number(version.at) })
