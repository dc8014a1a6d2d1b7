// Sessions: from a cookie to a principal, quickly and on every node, and how sessions begin and end.
import { sql } from 'kysely'
import { limits } from '../../shared/kernel/limits.ts'
import { type Step, step } from '../ports.ts'
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

export interface Sessions {
  fromCookieHeader(header: string | undefined): Promise<Principal | null>
  fromToken(token: string): Promise<Principal | null>
  /** The row's insertion, to be written together with what gives the right to it; the token goes into the cookie. */
  begin(ask: NewSession): { sessionId: string; token: string; step: Step }
  /** Ends those that still run, as part of a larger write; to be followed by `changed`. */
  ending(sessionIds: readonly string[]): Step
  /** Ends those that still run and tells every node. */
  end(sessionIds: readonly string[]): Promise<void>
  /** Session ids of a kind that still run. */
  running(
    where: { meetingId: string } & Partial<Record<'seatId' | 'screenId' | 'deskEntryId', string>>,
  ): Promise<string[]>
  ofAccount(accountId: string): Promise<string[]>
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

/** token hash → principal, forgotten by session id. Bounded; the oldest entry leaves first. */
const makeCache = () => {
  const byHash = new Map<string, Cached>()
  const hashes = new Map<string, string>()
  let generation = 0
  const forget = (sessionId: string): void => {
    generation += 1
    const tokenHash = hashes.get(sessionId)
    hashes.delete(sessionId)
    if (tokenHash) byHash.delete(tokenHash)
  }
  const keep = (tokenHash: string, cached: Cached): void => {
    if (byHash.size >= cachedMax) {
      const [oldest] = byHash.values()
      if (oldest) forget(oldest.principal.sessionId)
    }
    byHash.set(tokenHash, cached)
    hashes.set(cached.principal.sessionId, tokenHash)
  }
  /** What was being read while a session changed may be stale: it is answered, but not kept. */
  return { get: (tokenHash: string) => byHash.get(tokenHash), keep, forget, generation: () => generation }
}

export const openSessions = (deps: IdentityDeps): Sessions & { close: () => void } => {
  const { store, clock, ids, bus } = deps
  const { db } = store
  const cache = makeCache()
  const close = bus.subscribe((message) => {
    if (message.kind === 'sessionEnded') cache.forget(message.sessionId)
  })

  const trustedMs = (): number => {
    if (store.dialect === 'sqlite') return cacheMs
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
    const row = await db
      .selectFrom('sessions')
      .selectAll()
      .where('tokenHash', '=', tokenHash)
      .executeTakeFirst()
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

  const ending = (sessionIds: readonly string[]): Step =>
    step(
      db
        .updateTable('sessions')
        .set({ endedAt: clock.now() })
        .where('sessionId', 'in', [...sessionIds])
        .where('endedAt', 'is', null),
    )

  const end = async (sessionIds: readonly string[]): Promise<void> => {
    if (sessionIds.length === 0) return
    await store.write([ending(sessionIds)])
    changed(sessionIds)
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
    running: async ({ meetingId, ...where }) => {
      let query = db
        .selectFrom('sessions')
        .select('sessionId')
        .where('meetingId', '=', meetingId)
        .where('endedAt', 'is', null)
      for (const [column, id] of Object.entries(where)) query = query.where(sql.ref(column), '=', id)
      return (await query.execute()).map((row) => row.sessionId)
    },
    ofAccount: async (accountId) => {
      const rows = await db
        .selectFrom('sessions')
        .select('sessionId')
        .where('accountId', '=', accountId)
        .where('endedAt', 'is', null)
        .execute()
      return rows.map((row) => row.sessionId)
    },
    farewell: (sessionId) => farewell(deps, sessionId),
    close,
  }
}

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
