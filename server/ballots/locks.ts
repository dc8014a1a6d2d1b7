// What a ballot is guarded by, held until its commit. On PostgreSQL several writers are at work, and a statement sees what
// was there when it began: so the locks come in statements before it. SQLite has one writer and needs none.
import { sql } from 'kysely'
import { type Step, type Store, step } from '../ports.ts'
import { statement } from '../statement.ts'

/** Ballots come in together, sealing only alone. */
export const urnLock = (store: Store, pollId: string, lock: 'forShare' | 'forUpdate' = 'forShare'): Step[] =>
  store.dialect === 'postgres' ? [urnLocks[lock](store, { pollId })] : []

const urnLockedBy = (lock: 'forShare' | 'forUpdate') =>
  statement<{ pollId: string }>(['pollId'], ({ db }, { pollId }) =>
    db.selectFrom('urns').select('pollId').where('pollId', '=', pollId)[lock](),
  )
const urnLocks = { forShare: urnLockedBy('forShare'), forUpdate: urnLockedBy('forUpdate') }

/** A seat's channel stays as it is while its ballot comes in. */
export const electorLock = (
  store: Store,
  pollId: string,
  seatId: string,
  lock: 'forShare' | 'forUpdate',
): Step[] => (store.dialect === 'postgres' ? [electorLocks[lock](store, { pollId, seatId })] : [])

const electorLockedBy = (lock: 'forShare' | 'forUpdate') =>
  statement<{ pollId: string; seatId: string }>(['pollId', 'seatId'], ({ db }, { pollId, seatId }) =>
    db
      .selectFrom('electors')
      .select('seatId')
      .where('pollId', '=', pollId)
      .where('seatId', '=', seatId)
      [lock](),
  )
const electorLocks = { forShare: electorLockedBy('forShare'), forUpdate: electorLockedBy('forUpdate') }

/** What is counted against each other (hands, the clerk's ballots, channels) comes one at a time. */
export const clerksTurn = ({ db, dialect }: Store, pollId: string): Step[] =>
  dialect === 'postgres'
    ? [
        step(
          db.selectNoFrom(sql`pg_advisory_xact_lock(hashtextextended(${`clerk ${pollId}`}, 0))`.as('turn')),
        ),
      ]
    : []
