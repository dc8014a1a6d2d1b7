// What a ballot is guarded by, held until its commit. On PostgreSQL several writers are at work, and a statement sees what
// was there when it began: so the locks come in statements before it. SQLite has one writer and needs none.
import { sql } from 'kysely'
import { type Step, type Store, step } from '../ports.ts'

/** Ballots come in together, sealing only alone. */
export const urnLock = ({ db, dialect }: Store, pollId: string): Step[] =>
  dialect === 'postgres'
    ? [step(db.selectFrom('urns').select('pollId').where('pollId', '=', pollId).forShare())]
    : []

/** A seat's channel stays as it is while its ballot comes in. */
export const electorLock = (
  { db, dialect }: Store,
  pollId: string,
  seatId: string,
  lock: 'forShare' | 'forUpdate',
): Step[] => {
  const elector = db
    .selectFrom('electors')
    .select('seatId')
    .where('pollId', '=', pollId)
    .where('seatId', '=', seatId)
  return dialect === 'postgres' ? [step(elector[lock]())] : []
}

/** What is counted against each other (hands, the clerk's ballots, channels) comes one at a time. */
export const clerksTurn = ({ db, dialect }: Store, pollId: string): Step[] =>
  dialect === 'postgres'
    ? [
        step(
          db.selectNoFrom(sql`pg_advisory_xact_lock(hashtextextended(${`clerk ${pollId}`}, 0))`.as('turn')),
        ),
      ]
    : []
