// Casting: one statement stores a ballot and checks whatever may race with it.
import { type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { NamedBallot } from '../../shared/meeting/state.ts'
import type { Step, Store } from '../ports.ts'
import { statement } from '../statement.ts'
import type { Schema } from '../store/schema.ts'
import { clerkBallots, clerkElectors, handsCounted, plus, text } from './expressions.ts'
import { clerksTurn, electorLock, urnLock } from './locks.ts'

/** A ballot's row, and whether (1 or 0) it may take the place of one that stands there. */
export interface Cast extends Readonly<Record<string, string | number>> {
  readonly pollId: string
  readonly seatId: string
  readonly partyId: string
  /** As JSON. */
  readonly choice: string
  readonly source: NamedBallot['source']
  readonly castBy: string
  readonly castAt: number
  readonly receipt: string
  readonly commandId: string
  readonly changeable: number
}

const castColumns = [
  'pollId',
  'seatId',
  'partyId',
  'choice',
  'source',
  'castBy',
  'castAt',
  'receipt',
  'commandId',
] as const

const castVia = (isClerks: boolean) =>
  statement<Cast>(
    [...castColumns, 'changeable'],
    ({ db }, row) => {
      const { pollId, seatId, partyId, source } = row
      const guarded = db
        .selectFrom('electors as e')
        .innerJoin('urns as u', 'u.pollId', 'e.pollId')
        .select([
          'e.pollId',
          'e.seatId',
          'e.partyId',
          text(row.choice).as('choice'),
          sql<Cast['source']>`e.channel`.as('source'),
          text(row.castBy).as('castBy'),
          sql<number>`cast(${row.castAt} as bigint)`.as('castAt'),
          text(row.receipt).as('receipt'),
          text(row.commandId).as('commandId'),
        ])
        .where('e.pollId', '=', pollId)
        .where('e.seatId', '=', seatId)
        .where('e.channel', '=', source)
        .where('u.state', '=', 'open')
        .$if(isClerks, (query) =>
          query.where((eb) => {
            const any = eb as unknown as ExpressionBuilder<Schema, keyof Schema>
            const taken = plus(handsCounted(any, pollId, partyId), clerkBallots(any, pollId, partyId, seatId))
            return sql<SqlBool>`${taken} < (${clerkElectors(any, pollId, partyId)})`
          }),
        )
      return db
        .insertInto('ballots')
        .columns([...castColumns])
        .expression(guarded)
        .onConflict((conflict) =>
          conflict
            .columns(['pollId', 'seatId'])
            .doUpdateSet(({ ref }) => ({
              choice: ref('excluded.choice'),
              castBy: ref('excluded.castBy'),
              castAt: ref('excluded.castAt'),
              receipt: ref('excluded.receipt'),
              commandId: ref('excluded.commandId'),
            }))
            .whereRef('ballots.source', '=', 'excluded.source')
            .where(sql<SqlBool>`${row.changeable} = 1`),
        )
    },
    { expect: 1 },
  )
const castByClerk = castVia(true)
const castBySeat = castVia(false)

/** Stores a ballot if, at that moment, the urn is open, the seat's channel fits and nothing fixed stands there. */
export const castSteps = (store: Store, cast: Cast): Step[] => {
  const { pollId, seatId, source } = cast
  const isClerks = source === 'clerk'
  return [
    ...(isClerks ? clerksTurn(store, pollId) : []),
    ...urnLock(store, pollId),
    ...electorLock(store, pollId, seatId, 'forShare'),
    (isClerks ? castByClerk : castBySeat)(store, cast),
  ]
}
