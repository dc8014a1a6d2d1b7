// Matters and their chains: a hash-chained stream each, and beside it the polls of meetings that decided its links.
import { createHash } from 'node:crypto'
import { idFrom, idPattern } from '../../shared/kernel/ids.ts'
import { limits } from '../../shared/kernel/limits.ts'
import { accept, type Result, refuse } from '../../shared/kernel/result.ts'
import {
  decideMatter,
  evolveMatter,
  type LinkPoll,
  linksDone,
  type Matter,
  type MatterCommand,
  type MatterEvent,
} from '../../shared/matter/matter.ts'
import { firstHash } from '../../shared/record/chain.ts'
import { dayAt } from '../../shared/rules/calendar.ts'
import type { ChainLinkCode } from '../../shared/rules/fourDeliberations.ts'
import { type Clock, type Store, step } from '../ports.ts'
import { type Chained, chain, recordedAs } from '../record/encode.ts'
import { eventSteps } from '../record/steps.ts'

export interface MattersDeps {
  readonly store: Store
  readonly clock: Clock
}

export interface MatterStanding {
  readonly matter: Matter
  readonly polls: readonly LinkPoll[]
  readonly done: ReadonlySet<ChainLinkCode>
}

export interface Matters {
  /** Newest first. */
  list(unitId: string): Promise<readonly MatterStanding[]>
  find(unitId: string, matterId: string): Promise<MatterStanding | undefined>
  /** With the same `commandId` a resent request opens no second matter. */
  open(by: MatterActor, ask: { commandId: string; title: string }): Promise<Result<{ matterId: string }>>
  order(
    by: MatterActor,
    matterId: string,
    ask: { commandId: string; command: MatterCommand },
  ): Promise<Result<undefined>>
  /** Its stream, to be verified offline. */
  events(unitId: string, matterId: string): Promise<readonly Chained<MatterEvent>[] | undefined>
  /** For a poll that is to decide a link. */
  linksDone(unitId: string, matterId: string): Promise<ReadonlySet<ChainLinkCode> | 'unknown'>
}

export interface MatterActor {
  readonly actorId: string
  readonly unitId: string
}

const attemptsMax = 5

export const openMatters = ({ store, clock }: MattersDeps): Matters => {
  const { db } = store

  const eventsOf = async (matterId: string) =>
    (await db.selectFrom('events').selectAll().where('stream', '=', matterId).orderBy('seq').execute()).map(
      (row) => recordedAs<MatterEvent>(row),
    )

  const pollsOf = async (matterIds: readonly string[]): Promise<(LinkPoll & { matterId: string })[]> => {
    if (matterIds.length === 0) return []
    const rows = await db
      .selectFrom('linkPolls')
      .select(['matterId', 'code', 'meetingId', 'pollId', 'passed'])
      .where('matterId', 'in', [...matterIds])
      .where('closedAt', 'is not', null)
      .orderBy('openedAt')
      .execute()
    return rows.map((row) => ({ ...row, passed: row.passed === 1 }))
  }

  const standing = (matter: Matter, polls: readonly LinkPoll[]): MatterStanding => ({
    matter,
    polls,
    done: linksDone(matter, polls, dayAt(clock.now())),
  })

  const find: Matters['find'] = async (unitId, matterId) => {
    if (!idPattern('matter').test(matterId)) return undefined
    const events = await eventsOf(matterId)
    const matter = events.reduce<Matter | null>(evolveMatter, null)
    if (matter?.unitId !== unitId) return undefined
    return standing(matter, await pollsOf([matterId]))
  }

  /** The stream's unique key says who was first; the other looks again. */
  const append = async (
    by: MatterActor,
    matterId: string,
    commandId: string,
    decide: (matter: Matter | null) => Promise<Result<MatterEvent>>,
  ): Promise<Result<undefined>> => {
    for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
      const before = await eventsOf(matterId)
      if (before.some((event) => event.commandId === commandId)) return accept(undefined)
      const decided = await decide(before.reduce<Matter | null>(evolveMatter, null))
      if (!decided.ok) return decided
      const last = before.at(-1)
      const head = last ?? { seq: 0, hash: firstHash(matterId) }
      const at = Math.max(clock.now(), last?.at ?? 0)
      const event = decided.value
      const chained = chain(matterId, head, [{ at, by: by.actorId, commandId, event }])
      const opened = event.type === 'matterOpened'
      const row = { matterId, unitId: by.unitId, openedAt: at }
      const steps = opened ? [step(db.insertInto('matters').values(row), { expect: 1 })] : []
      if ((await store.write([...eventSteps(store, matterId, chained), ...steps])).ok)
        return accept(undefined)
    }
    return refuse('busy')
  }

  return {
    find,
    list: async (unitId) => {
      const rows = await db
        .selectFrom('matters')
        .select('matterId')
        .where('unitId', '=', unitId)
        .orderBy('openedAt', 'desc')
        .limit(limits.mattersListedMax)
        .execute()
      const found = await Promise.all(rows.map(({ matterId }) => find(unitId, matterId)))
      return found.filter((matter) => matter !== undefined)
    },
    open: async (by, { commandId, title }) => {
      const key = createHash('sha256').update(`${by.actorId} ${commandId}`).digest()
      const matterId = idFrom('matter', key)
      const done = await append(by, matterId, commandId, async () =>
        accept({ type: 'matterOpened', matterId, unitId: by.unitId, title }),
      )
      return done.ok ? accept({ matterId }) : done
    },
    order: (by, matterId, { commandId, command }) =>
      append(by, matterId, commandId, async (matter) => {
        if (matter?.unitId !== by.unitId) return refuse('matterUnknown')
        return decideMatter(matter, command, await pollsOf([matterId]), dayAt(clock.now()))
      }),
    events: async (unitId, matterId) => ((await find(unitId, matterId)) ? eventsOf(matterId) : undefined),
    linksDone: async (unitId, matterId) => (await find(unitId, matterId))?.done ?? 'unknown',
  }
}
