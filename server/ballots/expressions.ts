// What the urn's statements count and compare, as expressions inside them.
import { type Expression, type ExpressionBuilder, sql } from 'kysely'
import type { Schema } from '../store/schema.ts'

/** How many of a party's electors vote through the clerk, and how many of those are accounted for. */
export const clerkElectors = (eb: ExpressionBuilder<Schema, keyof Schema>, pollId: string, partyId: string) =>
  eb
    .selectFrom('electors as ce')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('ce.pollId', '=', pollId)
    .where('ce.partyId', '=', partyId)
    .where('ce.channel', '=', 'clerk')

export const clerkBallots = (
  eb: ExpressionBuilder<Schema, keyof Schema>,
  pollId: string,
  partyId: string,
  exceptSeatId = '',
) =>
  eb
    .selectFrom('ballots as cb')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('cb.pollId', '=', pollId)
    .where('cb.partyId', '=', partyId)
    .where('cb.source', '=', 'clerk')
    .where('cb.seatId', '<>', exceptSeatId)

export const handsCounted = (eb: ExpressionBuilder<Schema, keyof Schema>, pollId: string, partyId: string) =>
  eb
    .selectFrom('handCounts as hc')
    .select(({ fn }) => fn.coalesce(fn.sum<number>('hc.hands'), sql<number>`0`).as('n'))
    .where('hc.pollId', '=', pollId)
    .where('hc.partyId', '=', partyId)

/** A parameter whose type PostgreSQL can tell. */
export const text = (value: string) => sql<string>`cast(${value} as text)`

export const plus = (a: Expression<unknown>, b: Expression<unknown>) => sql<number>`(${a}) + (${b})`
