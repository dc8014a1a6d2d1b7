// Seat cards and role links: how they are made and withdrawn. What they open is in exchange.ts.
import type { Selectable } from 'kysely'
import { type Step, type Store, step } from '../ports.ts'
import type { Schema } from '../store/schema.ts'
import type { IdentityDeps } from './deps.ts'
import { hashOf } from './secrets.ts'
import { endedIn, type Sessions, type SessionsOf } from './sessions.ts'

export type CardRow = Selectable<Schema['cards']>

/** Rows to one INSERT: well under SQLite's 32,766 parameters. */
const rowsPerInsert = 500

export interface IssuedCard {
  readonly cardId: string
  readonly seatId: string | null
  readonly token: string
}

export interface LinkAsk {
  readonly role: CardRow['role']
  readonly seatId?: string
}

export interface Cards {
  /** One-time cards for these seats; their older unused ones end in the same write. */
  issueCards(meetingId: string, seatIds: readonly string[]): Promise<readonly IssuedCard[]>
  /** Links good until withdrawn: for a role, or for seats whose people come and go (demonstrations, measuring). */
  issueLinks(meetingId: string, asks: readonly LinkAsk[]): Promise<readonly IssuedCard[]>
  links(meetingId: string): Promise<readonly CardRow[]>
  /** `false` when there is no such link. Sessions made with links of its role end. */
  withdrawLink(meetingId: string, cardId: string): Promise<boolean>
  /** Ends the seat's sessions, cards and links, settles its second scans and gives a card for the next device. */
  moveSeat(meetingId: string, seatId: string): Promise<IssuedCard>
}

export const openCards = (deps: IdentityDeps, sessions: Sessions): Cards => {
  const { store, clock, ids, bus } = deps
  const { db } = store

  const make = (meetingId: string, asks: readonly LinkAsk[], reusable: 0 | 1) => {
    const issued: IssuedCard[] = []
    const steps: Step[] = []
    for (let from = 0; from < asks.length; from += rowsPerInsert) {
      const rows = asks.slice(from, from + rowsPerInsert).map(({ role, seatId }) => {
        const card = { cardId: ids.newId('card'), seatId: seatId ?? null, token: ids.secret(16) }
        issued.push(card)
        return {
          cardId: card.cardId,
          tokenHash: hashOf(card.token),
          meetingId,
          seatId: card.seatId,
          role,
          reusable,
          issuedAt: clock.now(),
          usedAt: null,
          usedBySession: null,
          withdrawnAt: null,
        }
      })
      steps.push(step(db.insertInto('cards').values(rows), { expect: rows.length }))
    }
    return { issued, steps }
  }

  /** Ends what the seats' holders could still scan: unused cards, or every card and link. */
  const withdrawing = (meetingId: string, seatIds: readonly string[], what: 'unused' | 'all'): Step[] => {
    const steps: Step[] = []
    for (let from = 0; from < seatIds.length; from += rowsPerInsert) {
      const cards = db
        .updateTable('cards')
        .set({ withdrawnAt: clock.now() })
        .where('meetingId', '=', meetingId)
        .where('seatId', 'in', seatIds.slice(from, from + rowsPerInsert))
        .where('withdrawnAt', 'is', null)
      steps.push(step(what === 'all' ? cards : cards.where('reusable', '=', 0).where('usedAt', 'is', null)))
    }
    return steps
  }

  const write = async (steps: readonly Step[]): Promise<void> => {
    const written = await store.write(steps)
    if (!written.ok) throw new Error(`cards could not be written: ${written.reason} at ${written.at}`)
    sessions.changed(endedIn(written))
  }

  const seatCards = (meetingId: string, seatIds: readonly string[]) =>
    make(
      meetingId,
      seatIds.map((seatId) => ({ role: 'participant' as const, seatId })),
      0,
    )

  return {
    issueCards: async (meetingId, seatIds) => {
      const { issued, steps } = seatCards(meetingId, seatIds)
      await write([...withdrawing(meetingId, seatIds, 'unused'), ...steps])
      return issued
    },
    issueLinks: async (meetingId, asks) => {
      const { issued, steps } = make(meetingId, asks, 1)
      await write(steps)
      return issued
    },
    links: (meetingId) =>
      db
        .selectFrom('cards')
        .selectAll()
        .where('meetingId', '=', meetingId)
        .where('reusable', '=', 1)
        .where('withdrawnAt', 'is', null)
        .orderBy('issuedAt')
        .execute(),
    withdrawLink: async (meetingId, cardId) => {
      const link = await db
        .selectFrom('cards')
        .selectAll()
        .where('cardId', '=', cardId)
        .where('meetingId', '=', meetingId)
        .where('reusable', '=', 1)
        .executeTakeFirst()
      if (!link) return false
      await write([
        step(
          db
            .updateTable('cards')
            .set({ withdrawnAt: clock.now() })
            .where('cardId', '=', cardId)
            .where('withdrawnAt', 'is', null),
        ),
        sessions.ending(madeByLink(link)),
      ])
      return true
    },
    moveSeat: async (meetingId, seatId) => {
      // Ended before the card is made: a card of that time or later is how the old device hears that it moved.
      const ending = sessions.ending({ meetingId, seatId })
      const { issued, steps } = seatCards(meetingId, [seatId])
      const settled = db
        .updateTable('deskEntries')
        .set({ state: 'dismissed' })
        .where('meetingId', '=', meetingId)
        .where('seatId', '=', seatId)
        .where('kind', '=', 'secondScan')
        .where('state', '=', 'open')
      await write([
        ...holdingSeat(store, meetingId, seatId),
        ...withdrawing(meetingId, [seatId], 'all'),
        ending,
        step(settled),
        ...steps,
      ])
      bus.publish({ kind: 'desk', meetingId })
      const [card] = issued
      if (!card) throw new Error('no card was made')
      return card
    },
  }
}

/** A session does not keep its link, so withdrawing one ends all that links of its kind gave in this meeting. */
const madeByLink = ({ meetingId, seatId, role }: CardRow): SessionsOf => {
  if (seatId !== null) return { meetingId, seatId }
  return { meetingId, kind: role === 'screen' ? 'screen' : 'staff', byLink: true }
}

/** Who sits where changes one after the other, also on a store where writes go side by side. */
export const holdingSeat = ({ db, dialect }: Store, meetingId: string, seatId: string): Step[] =>
  dialect === 'postgres'
    ? [
        step(
          db
            .selectFrom('seatNames')
            .select('seatId')
            .where('meetingId', '=', meetingId)
            .where('seatId', '=', seatId)
            .forUpdate(),
        ),
      ]
    : []
