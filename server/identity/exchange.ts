// A scanned card or an opened link becomes a session. A card works once; the browser that used it may scan it again.
import { sql } from 'kysely'
import { accept, type Result, refuse } from '../../shared/kernel/result.ts'
import { step } from '../ports.ts'
import type { CardRow } from './cards.ts'
import type { IdentityDeps } from './deps.ts'
import { actorOf, type Principal } from './principal.ts'
import { hashOf } from './secrets.ts'
import type { NewSession, Sessions } from './sessions.ts'

/** Shorter texts could be guessed. */
const deviceCharsMin = 16

export interface SignedIn {
  readonly principal: Principal
  /** For the cookie; `null` when the browser keeps the session it has. */
  readonly token: string | null
}

export interface ExchangeAsk {
  readonly token: string
  readonly device?: string
  readonly cookieHeader?: string | undefined
}

export interface Exchange {
  exchange(ask: ExchangeAsk): Promise<Result<SignedIn>>
}

export const openExchange = (
  deps: IdentityDeps,
  sessions: Sessions,
  unitOf: (meetingId: string) => Promise<string | null>,
): Exchange => {
  const { store, clock, ids } = deps
  const { db } = store

  /**
   * The answer to the first scan may have been lost on the way: the browser that proves by its own random `device`
   * text that it made that scan is given a fresh token for the same session.
   */
  const handAgain = async (
    { cardId, usedBySession }: CardRow,
    device: string,
  ): Promise<{ token: string } | 'cardUsed'> => {
    if (device.length < deviceCharsMin || usedBySession === null) return 'cardUsed'
    const token = ids.secret(32)
    const rotated = db
      .updateTable('sessions')
      .set({ tokenHash: hashOf(token) })
      .where('sessionId', '=', usedBySession)
      .where('device', '=', hashOf(device))
      .where('endedAt', 'is', null)
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom('cards').select('cardId').where('cardId', '=', cardId).where('withdrawnAt', 'is', null),
        ),
      )
    const written = await store.write([step(rotated, { expect: 1 })])
    if (!written.ok) return 'cardUsed'
    sessions.changed([usedBySession])
    return { token }
  }

  const begin = async (card: CardRow, device: string): Promise<{ token: string } | 'cardUsed'> => {
    const screenId = card.role === 'screen' && card.seatId === null ? ids.newId('screen') : undefined
    const ask: NewSession = {
      ...opens(card),
      meetingId: card.meetingId,
      ...(device ? { device: hashOf(device) } : {}),
      ...(screenId ? { screenId } : {}),
    }
    const session = sessions.begin(ask)
    const used = db
      .updateTable('cards')
      .set({ usedAt: clock.now(), usedBySession: session.sessionId })
      .where('cardId', '=', card.cardId)
      .where('withdrawnAt', 'is', null)
    const screen = { code: null, codeUntil: null, meetingId: card.meetingId, pairedBy: card.cardId }
    const written = await store.write([
      step(card.reusable ? used : used.where('usedAt', 'is', null), { expect: 1 }),
      ...(screenId
        ? [
            step(db.insertInto('screens').values({ screenId, ...screen, createdAt: clock.now() }), {
              expect: 1,
            }),
          ]
        : []),
      session.step,
    ])
    return written.ok ? { token: session.token } : 'cardUsed'
  }

  /** One open entry a seat, however often the card is scanned again. */
  const reportSecondScan = async ({ meetingId, seatId }: CardRow): Promise<void> => {
    const named = await db
      .selectFrom('seatNames')
      .select('name')
      .where('meetingId', '=', meetingId)
      .where('seatId', '=', seatId ?? '')
      .executeTakeFirst()
    const open = db
      .selectFrom('deskEntries')
      .select('deskEntryId')
      .where('meetingId', '=', meetingId)
      .where('seatId', '=', seatId)
      .where('kind', '=', 'secondScan')
      .where('state', '=', 'open')
    const entry = db
      .insertInto('deskEntries')
      .columns(['deskEntryId', 'meetingId', 'kind', 'name', 'seatId', 'state', 'at'])
      .expression(
        db
          .selectNoFrom((eb) => [
            eb.val(ids.newId('deskEntry')).as('deskEntryId'),
            eb.val(meetingId).as('meetingId'),
            eb.val('secondScan' as const).as('kind'),
            eb.val(named?.name ?? '').as('name'),
            eb.val(seatId).as('seatId'),
            eb.val('open' as const).as('state'),
            sql<number>`cast(${clock.now()} as bigint)`.as('at'),
          ])
          .where(({ not, exists }) => not(exists(open))),
      )
    await store.write([step(entry)])
    deps.bus.publish({ kind: 'desk', meetingId })
  }

  /**
   * Its answer does not matter to the joining: before the doors open the seat joins and is not yet present. Nor may a
   * fault here keep the cookie from a browser whose card is already used. Each scan is an order of its own: a seat
   * that is present stays so, and one that left comes back.
   */
  const checkIn = async (principal: Principal, { meetingId, seatId }: CardRow): Promise<void> => {
    if (seatId === null) return
    const envelope = { commandId: `checkin-${ids.secret(9)}`, command: { type: 'checkIn' as const } }
    await deps.order(meetingId, actorOf(principal), envelope).catch(() => {})
  }

  const exchange = async ({ token, device = '', cookieHeader }: ExchangeAsk): Promise<Result<SignedIn>> => {
    const card = await db
      .selectFrom('cards')
      .selectAll()
      .where('tokenHash', '=', hashOf(token))
      .executeTakeFirst()
    if (!card) return refuse('tokenUnknown')
    const current = await sessions.fromCookieHeader(cookieHeader)
    if (current && standsFor(current, card, await unitOf(card.meetingId))) {
      if (card.withdrawnAt === null) await checkIn(current, card)
      return accept({ principal: current, token: null })
    }
    if (card.withdrawnAt !== null) return refuse('cardWithdrawn')
    const begun =
      card.usedAt !== null && !card.reusable ? await handAgain(card, device) : await begin(card, device)
    if (begun === 'cardUsed') {
      await reportSecondScan(card)
      return refuse('cardUsed')
    }
    const principal = await sessions.fromToken(begun.token)
    if (!principal) return refuse('tokenUnknown')
    // A browser is one person at a time.
    if (current) await sessions.end(current.sessionId)
    await checkIn(principal, card)
    return accept({ principal, token: begun.token })
  }
  return { exchange }
}

const opens = ({ role, seatId }: CardRow): NewSession => {
  if (seatId !== null) return { kind: 'seat', seatId }
  return role === 'screen' ? { kind: 'screen' } : { kind: 'staff', role }
}

/** Whether the browser already is what the card would make it, or more. */
const standsFor = (principal: Principal, card: CardRow, unitId: string | null): boolean => {
  if (principal.accountId !== null)
    return card.role === 'facilitator' && principal.role !== 'clerk' && principal.unitId === unitId
  if (principal.meetingId !== card.meetingId) return false
  return card.seatId !== null
    ? principal.seatId === card.seatId
    : principal.role === card.role && principal.seatId === null
}
