// The urn: one row per seat and poll. Whatever may race with a ballot (closing, another source, a second ballot) is
// checked by the very statement that stores it, so no ballot counts twice and none is taken after sealing.
import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { MeetingEvent } from '../../shared/meeting/events.ts'
import type { HandCount, NamedBallot, Poll } from '../../shared/meeting/state.ts'
import { type Step, type Store, step } from '../ports.ts'
import type { Schema } from '../store/schema.ts'
import { clerksTurn, electorLock, urnLock } from './locks.ts'

const rowsPerInsertMax = 1_000

/** How many of a party's electors vote through the clerk, and how many of those are accounted for. */
const clerkElectors = (eb: ExpressionBuilder<Schema, keyof Schema>, pollId: string, partyId: string) =>
  eb
    .selectFrom('electors as ce')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('ce.pollId', '=', pollId)
    .where('ce.partyId', '=', partyId)
    .where('ce.channel', '=', 'clerk')

const clerkBallots = (
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

const handsCounted = (eb: ExpressionBuilder<Schema, keyof Schema>, pollId: string, partyId: string) =>
  eb
    .selectFrom('handCounts as hc')
    .select(({ fn }) => fn.coalesce(fn.sum<number>('hc.hands'), sql<number>`0`).as('n'))
    .where('hc.pollId', '=', pollId)
    .where('hc.partyId', '=', partyId)

/** A parameter whose type PostgreSQL can tell. */
const text = (value: string) => sql<string>`cast(${value} as text)`

const plus = (a: Expression<unknown>, b: Expression<unknown>) => sql<number>`(${a}) + (${b})`

/** What the store must do when a poll opens, closes or a seat's channel changes; part of the append's own write. */
export const urnSteps = (
  store: Store,
  meetingId: string,
  at: number,
  event: MeetingEvent,
  openPollId: string | null,
): Step[] => {
  const { db } = store
  switch (event.type) {
    case 'pollOpened': {
      const { pollId, electors, changeable } = event
      const urn = { pollId, meetingId, state: 'open', changeable: changeable ? 1 : 0, openedAt: at } as const
      const steps = [step(db.insertInto('urns').values(urn))]
      for (let i = 0; i < electors.length; i += rowsPerInsertMax) {
        const rows = electors.slice(i, i + rowsPerInsertMax).map((elector) => ({ pollId, ...elector }))
        steps.push(step(db.insertInto('electors').values(rows)))
      }
      return steps
    }
    case 'pollClosed':
    case 'pollCancelled':
      return [step(db.updateTable('urns').set({ state: 'closed' }).where('pollId', '=', event.pollId))]
    case 'channelSet':
    case 'seatCheckedIn':
      return openPollId === null
        ? []
        : [
            ...clerksTurn(store, openPollId),
            ...electorLock(store, openPollId, event.seatId, 'forUpdate'),
            channelStep(store, openPollId, event.seatId, event.channel),
          ]
    default:
      return []
  }
}

/** During a poll a seat may change its channel until its ballot is in and while the hands counted still fit. */
const channelStep = ({ db }: Store, pollId: string, seatId: string, channel: 'device' | 'clerk'): Step =>
  step(
    db
      .updateTable('electors')
      .set({ channel })
      .where('pollId', '=', pollId)
      .where('seatId', '=', seatId)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('ballots as b')
              .select('b.seatId')
              .where('b.pollId', '=', pollId)
              .where('b.seatId', '=', seatId),
          ),
        ),
      )
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('handCounts as h')
              .select('h.pollId')
              .where('h.pollId', '=', pollId)
              .whereRef('h.partyId', '=', 'electors.partyId'),
          ),
        ),
      ),
  )

export interface Cast {
  readonly poll: Poll
  readonly seatId: string
  readonly partyId: string
  readonly source: 'device' | 'clerk'
  readonly choice: NamedBallot['choice']
  readonly castBy: string
  readonly castAt: number
  readonly receipt: string
  readonly commandId: string
}

/** Stores a ballot if, at that moment, the urn is open, the seat's channel fits and nothing fixed stands there. */
export const castSteps = (store: Store, cast: Cast): Step[] => {
  const { db } = store
  const { pollId } = cast.poll
  const { seatId, partyId, source } = cast
  const row = {
    pollId,
    seatId,
    partyId,
    choice: JSON.stringify(cast.choice),
    source,
    castBy: cast.castBy,
    castAt: cast.castAt,
    receipt: cast.receipt,
    commandId: cast.commandId,
  }
  const guarded = db
    .selectFrom('electors as e')
    .innerJoin('urns as u', 'u.pollId', 'e.pollId')
    .select([
      text(pollId).as('pollId'),
      text(seatId).as('seatId'),
      text(partyId).as('partyId'),
      text(row.choice).as('choice'),
      sql<Cast['source']>`cast(${source} as text)`.as('source'),
      text(row.castBy).as('castBy'),
      sql<number>`cast(${row.castAt} as bigint)`.as('castAt'),
      text(row.receipt).as('receipt'),
      text(row.commandId).as('commandId'),
    ])
    .where('e.pollId', '=', pollId)
    .where('e.seatId', '=', seatId)
    .where('e.channel', '=', source)
    .where('u.state', '=', 'open')
    .$if(source === 'clerk', (query) =>
      query.where((eb) => {
        const any = eb as unknown as ExpressionBuilder<Schema, keyof Schema>
        const taken = plus(handsCounted(any, pollId, partyId), clerkBallots(any, pollId, partyId, seatId))
        return sql<SqlBool>`${taken} < (${clerkElectors(any, pollId, partyId)})`
      }),
    )
  const insert = db
    .insertInto('ballots')
    .columns(['pollId', 'seatId', 'partyId', 'choice', 'source', 'castBy', 'castAt', 'receipt', 'commandId'])
    .expression(guarded)
    .onConflict((conflict) =>
      conflict
        .columns(['pollId', 'seatId'])
        .doUpdateSet({
          choice: row.choice,
          castBy: row.castBy,
          castAt: row.castAt,
          receipt: row.receipt,
          commandId: row.commandId,
        })
        .where('ballots.source', '=', source)
        .where(sql<SqlBool>`${cast.poll.changeable ? 1 : 0} = 1`),
    )
  return [
    ...(source === 'clerk' ? clerksTurn(store, pollId) : []),
    ...urnLock(store, pollId),
    ...electorLock(store, pollId, seatId, 'forShare'),
    step(insert, { expect: 1 }),
  ]
}

export interface Hands extends HandCount {
  readonly pollId: string
  readonly hands: number
  readonly countedAt: number
}

/** Stores a party's counted hands if they fit among its electors who vote through the clerk and have no ballot. */
export const handsSteps = (store: Store, count: Hands): Step[] => {
  const { db } = store
  const { pollId, partyId, hands } = count
  const row = {
    counts: JSON.stringify(count.counts),
    hands,
    countedBy: count.countedBy,
    witness: count.witness,
  }
  const guarded = db
    .selectFrom('urns as u')
    .select([
      text(pollId).as('pollId'),
      text(partyId).as('partyId'),
      text(row.counts).as('counts'),
      sql<number>`cast(${hands} as integer)`.as('hands'),
      text(row.countedBy).as('countedBy'),
      text(row.witness).as('witness'),
      sql<number>`cast(${count.countedAt} as bigint)`.as('countedAt'),
    ])
    .where('u.pollId', '=', pollId)
    .where('u.state', '=', 'open')
    .where((eb) => {
      const any = eb as unknown as ExpressionBuilder<Schema, keyof Schema>
      const taken = plus(sql`${hands}`, clerkBallots(any, pollId, partyId))
      return sql<SqlBool>`${taken} <= (${clerkElectors(any, pollId, partyId)})`
    })
  const upsert = db
    .insertInto('handCounts')
    .columns(['pollId', 'partyId', 'counts', 'hands', 'countedBy', 'witness', 'countedAt'])
    .expression(guarded)
    .onConflict((conflict) =>
      conflict.columns(['pollId', 'partyId']).doUpdateSet({ ...row, countedAt: count.countedAt }),
    )
  return [...clerksTurn(store, pollId), ...urnLock(store, pollId), step(upsert, { expect: 1 })]
}

/** No ballot is taken after this. Sealing again changes nothing. */
export const seal = async (store: Store, pollId: string): Promise<void> => {
  const { db } = store
  await store.write([
    step(
      db
        .updateTable('urns')
        .set({ state: 'sealed' })
        .where('pollId', '=', pollId)
        .where('state', '=', 'open'),
    ),
  ])
}

/** Everything in the urn, ordered by seat, so that the order of casting is not kept. */
export const contents = async (
  { db }: Store,
  pollId: string,
): Promise<{ ballots: NamedBallot[]; hands: HandCount[] }> => {
  const rows = await db
    .selectFrom('ballots')
    .selectAll()
    .where('pollId', '=', pollId)
    .orderBy('seatId')
    .execute()
  const counts = await db
    .selectFrom('handCounts')
    .selectAll()
    .where('pollId', '=', pollId)
    .orderBy('partyId')
    .execute()
  return {
    ballots: rows.map(({ seatId, source, choice, receipt }) => ({
      seatId,
      source,
      choice: JSON.parse(choice),
      receipt,
    })),
    hands: counts.map(({ partyId, counts: json, countedBy, witness }) => ({
      partyId,
      counts: JSON.parse(json),
      countedBy,
      witness,
    })),
  }
}

/** What is in the way of a ballot or a count of hands that the store would not take. */
export const urnState = async ({ db }: Store, pollId: string, seatId: string) => {
  const urn = await db.selectFrom('urns').select('state').where('pollId', '=', pollId).executeTakeFirst()
  const elector = await db
    .selectFrom('electors')
    .select('channel')
    .where('pollId', '=', pollId)
    .where('seatId', '=', seatId)
    .executeTakeFirst()
  const ballot = await db
    .selectFrom('ballots')
    .select(['source', 'receipt'])
    .where('pollId', '=', pollId)
    .where('seatId', '=', seatId)
    .executeTakeFirst()
  return { state: urn?.state ?? null, channel: elector?.channel ?? null, ballot: ballot ?? null }
}
