// Sessions: from a cookie to a principal, quickly and on every node, and how sessions begin and end.
import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import { limits } from '../../shared/kernel/limits.ts'
import { type Step, step, type WriteResult } from '../ports.ts'
import { reading } from '../statement.ts'
import type { Schema } from '../store/schema.ts'
import type { IdentityDeps } from './deps.ts'
import type { Principal } from './principal.ts'
import { principalOf, type SessionRow } from './principalOf.ts'
import { hashOf, tokenInCookies } from './secrets.ts'

const dayMs = 24 * 60 * 60_000
/** A principal is read again after this long even if no word of a change came: the bus only hints. */
const cacheMs = 30_000
/** Where the word may come from another node, and where it cannot come at all. */
const cacheMsFar = 5_000
const cacheMsUnheard = 1_000
const cachedMax = 20_000

export interface NewSession {
  readonly kind: SessionRow['kind']
  readonly accountId?: string
  readonly role?: string
  readonly meetingId?: string
  readonly seatId?: string
  readonly screenId?: string
  readonly deskEntryId?: string
  readonly device?: string
}

/** Sessions that have all of this; `notSessionId` is spared. */
export type SessionsOf = Partial<
  Record<'sessionId' | 'notSessionId' | 'meetingId' | 'seatId' | 'deskEntryId' | 'accountId', string>
> & { readonly kind?: SessionRow['kind']; readonly byLink?: true }

export interface Sessions {
  fromCookieHeader(header: string | undefined): Promise<Principal | null>
  fromToken(token: string): Promise<Principal | null>
  /** The row's insertion, to be written together with what gives the right to it; the token goes into the cookie. */
  begin(ask: NewSession): { sessionId: string; token: string; step: Step }
  /**
   * Ends those that run when the write is done, however lately they began. It must stand behind the step that takes away
   * what they were begun with, and the write be followed by `changed(endedIn(written))`.
   */
  ending(which: SessionsOf): Step
  /** Ends one, when it still runs, and tells every node. */
  end(sessionId: string): Promise<void>
  /** Session ids that run now. */
  running(which: SessionsOf): Promise<string[]>
  /** A session stands for somebody else from now on (admitted, paired): sockets close, caches forget. */
  changed(sessionIds: readonly string[]): void
  /** Why its sockets are being closed. */
  farewell(sessionId: string): Promise<Farewell>
}

export type Farewell = 'sessionEnded' | 'movedToOtherDevice' | 'admitted' | 'screenUnpaired' | 'screenPaired'

interface Cached {
  readonly principal: Principal
  readonly at: number
}

/** The sessions that a write ended. */
export const endedIn = (written: WriteResult & { ok: true }): string[] =>
  written.steps.flatMap(({ rows }) => rows.flatMap(({ endedSession }) => String(endedSession ?? '') || []))

/**
 * token hash → principal, forgotten by session id, which has had another token where its cookie was handed out again.
 * Bounded; the oldest entry leaves first.
 */
const makeCache = () => {
  const byHash = new Map<string, Cached>()
  const hashes = new Map<string, Set<string>>()
  let generation = 0
  const forget = (sessionId: string): void => {
    generation += 1
    for (const tokenHash of hashes.get(sessionId) ?? []) byHash.delete(tokenHash)
    hashes.delete(sessionId)
  }
  const keep = (tokenHash: string, cached: Cached): void => {
    if (byHash.size >= cachedMax) {
      const [oldest] = byHash.values()
      if (oldest) forget(oldest.principal.sessionId)
    }
    byHash.set(tokenHash, cached)
    const { sessionId } = cached.principal
    hashes.set(sessionId, (hashes.get(sessionId) ?? new Set()).add(tokenHash))
  }
  /** What was being read while a session changed may be stale: it is answered, but not kept. */
  return { get: (tokenHash: string) => byHash.get(tokenHash), keep, forget, generation: () => generation }
}

const sessionOf = reading(['tokenHash'], ({ db }, { tokenHash }: { tokenHash: string }) =>
  db.selectFrom('sessions').selectAll().where('tokenHash', '=', tokenHash),
)

export const openSessions = (deps: IdentityDeps): Sessions & { close: () => void } => {
  const { store, clock, ids, bus } = deps
  const { db } = store
  const cache = makeCache()
  const close = bus.subscribe((message) => {
    if (message.kind === 'sessionEnded') cache.forget(message.sessionId)
  })

  const trustedMs = (): number => {
    if (!store.isShared) return cacheMs
    return bus.status() === 'up' ? cacheMsFar : cacheMsUnheard
  }

  /** Keeps a session in use alive; once a day is enough, and losing it costs nothing. */
  const touch = (row: SessionRow): void => {
    if (clock.now() - row.seenAt < dayMs) return
    const seen = db
      .updateTable('sessions')
      .set({ seenAt: clock.now() })
      .where('sessionId', '=', row.sessionId)
    store.write([step(seen)]).catch(() => {})
  }

  const fromToken = async (token: string): Promise<Principal | null> => {
    const tokenHash = hashOf(token)
    const cached = cache.get(tokenHash)
    // A clock that was set back makes it neither young nor old, so it is read again.
    const age = clock.now() - (cached?.at ?? 0)
    if (cached && age >= 0 && age < trustedMs()) return cached.principal
    const generation = cache.generation()
    const at = clock.now()
    const [row] = await sessionOf(store, { tokenHash })
    if (!row || row.endedAt !== null) return null
    if (clock.now() - Number(row.seenAt) > limits.sessionDaysMax * dayMs) return null
    const principal = await principalOf(deps, row)
    if (!principal) return null
    touch(row)
    if (generation === cache.generation()) cache.keep(tokenHash, { principal, at })
    return principal
  }

  const begin = (ask: NewSession) => {
    const token = ids.secret(32)
    const sessionId = `ss_${ids.secret(12)}`
    const now = clock.now()
    const row = {
      sessionId,
      tokenHash: hashOf(token),
      kind: ask.kind,
      accountId: ask.accountId ?? null,
      role: ask.role ?? null,
      meetingId: ask.meetingId ?? null,
      seatId: ask.seatId ?? null,
      screenId: ask.screenId ?? null,
      deskEntryId: ask.deskEntryId ?? null,
      device: ask.device ?? '',
      createdAt: now,
      seenAt: now,
      endedAt: null,
    }
    return { sessionId, token, step: step(db.insertInto('sessions').values(row), { expect: 1 }) }
  }

  const changed = (sessionIds: readonly string[]): void => {
    for (const sessionId of sessionIds) {
      cache.forget(sessionId)
      bus.publish({ kind: 'sessionEnded', sessionId })
    }
  }

  const ending: Sessions['ending'] = (which) =>
    step(
      db
        .updateTable('sessions')
        .set({ endedAt: clock.now() })
        .where((eb) => eb.and(conditions(which, eb)))
        .returning('sessionId as endedSession'),
    )

  const end: Sessions['end'] = async (sessionId) => {
    await store.write([ending({ sessionId })])
    changed([sessionId])
  }

  return {
    fromToken,
    fromCookieHeader: async (header) => {
      const token = tokenInCookies(header)
      return token === null ? null : fromToken(token)
    },
    begin,
    changed,
    ending,
    end,
    running: async (which) => {
      const rows = await db
        .selectFrom('sessions')
        .select('sessionId')
        .where((eb) => eb.and(conditions(which, eb)))
        .execute()
      return rows.map((row) => row.sessionId)
    },
    farewell: (sessionId) => farewell(deps, sessionId),
    close,
  }
}

/** Of those that still run. */
const conditions = (
  { notSessionId, byLink, ...same }: SessionsOf,
  eb: ExpressionBuilder<Schema, 'sessions'>,
): Expression<SqlBool>[] => [
  eb('endedAt', 'is', null),
  ...Object.entries(same).map(([column, value]) => eb(sql.ref(column), '=', value)),
  ...(notSessionId === undefined ? [] : [eb('sessionId', '!=', notSessionId)]),
  ...(byLink ? [eb('accountId', 'is', null)] : []),
]

const farewell = async ({ store: { db } }: IdentityDeps, sessionId: string): Promise<Farewell> => {
  const row = await db
    .selectFrom('sessions')
    .selectAll()
    .where('sessionId', '=', sessionId)
    .executeTakeFirst()
  if (!row) return 'sessionEnded'
  if (row.endedAt === null) {
    if (row.kind === 'seat') return 'admitted'
    if (row.kind === 'screen') return row.meetingId === null ? 'screenUnpaired' : 'screenPaired'
    return 'sessionEnded'
  }
  if (row.kind !== 'seat' || row.seatId === null) return 'sessionEnded'
  const next = await db
    .selectFrom('cards')
    .select('cardId')
    .where('seatId', '=', row.seatId)
    .where('issuedAt', '>=', row.endedAt)
    .limit(1)
    .executeTakeFirst()
  return next ? 'movedToOtherDevice' : 'sessionEnded'
}
