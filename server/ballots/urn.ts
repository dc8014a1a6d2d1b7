// The urn: one row per seat and poll. Whatever may race with a ballot (closing, another source, a second ballot) is
// checked by the very statement that stores it, so no ballot counts twice and none is taken after sealing.
import { type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { UrnContents } from '../../shared/meeting/deciding.ts'
import type { MeetingEvent } from '../../shared/meeting/events.ts'
import { channelIn } from '../../shared/meeting/pollOpening.ts'
import { isWeighedPoll } from '../../shared/meeting/pollOptions.ts'
import type { Elector, HandCount, Poll } from '../../shared/meeting/state.ts'
import { type Step, type Store, step } from '../ports.ts'
import type { Schema } from '../store/schema.ts'
import { clerkBallots, clerkElectors, plus, text } from './expressions.ts'
import { clerksTurn, electorLock, urnLock } from './locks.ts'
import { agreedPapers } from './papers.ts'

const rowsPerInsertMax = 1_000

/** What the store must do when a poll opens, closes or a seat's channel changes; part of the append's own write. */
export const urnSteps = (
  store: Store,
  meetingId: string,
  at: number,
  event: MeetingEvent,
  open: Poll | null,
): Step[] => {
  const { db } = store
  switch (event.type) {
    case 'pollOpened': {
      const { pollId, electors, changeable } = event
      const urn = { pollId, meetingId, state: 'open', changeable: changeable ? 1 : 0, openedAt: at } as const
      const steps = [step(db.insertInto('urns').values(urn))]
      for (let i = 0; i < electors.length; i += rowsPerInsertMax) {
        const rows = electors
          .slice(i, i + rowsPerInsertMax)
          .map(({ seatId, partyId, channel }) => ({ pollId, seatId, partyId, channel }))
        steps.push(step(db.insertInto('electors').values(rows)))
      }
      return steps
    }
    case 'pollClosed':
    case 'pollCancelled':
      return [step(db.updateTable('urns').set({ state: 'closed' }).where('pollId', '=', event.pollId))]
    case 'channelSet':
    case 'seatCheckedIn':
      return open === null
        ? []
        : [
            ...clerksTurn(store, open.pollId),
            ...electorLock(store, open.pollId, event.seatId, 'forUpdate'),
            channelStep(
              store,
              open.pollId,
              event.seatId,
              channelIn({ ...open, weighed: isWeighedPoll(open) }, event.channel),
            ),
          ]
    default:
      return []
  }
}

/**
 * During a poll a seat may change its channel until its ballot is in, or hands or papers of its party are counted. A
 * seat that gave a proxy away stays with it.
 */
const channelStep = ({ db }: Store, pollId: string, seatId: string, channel: Elector['channel']): Step =>
  step(
    db
      .updateTable('electors')
      .set({ channel })
      .where('pollId', '=', pollId)
      .where('seatId', '=', seatId)
      .where('channel', '<>', 'proxy')
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('paperSheets as p')
              .select('p.pollId')
              .where('p.pollId', '=', pollId)
              .where(({ eb, or, ref }) =>
                or([eb('p.box', '=', ''), eb('p.box', '=', ref('electors.partyId'))]),
              ),
          ),
        ),
      )
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

/** No ballot is taken after this. Sealing again changes nothing; a box that is not settled keeps the urn open. */
export const seal = async (store: Store, pollId: string): Promise<void> => {
  const { db } = store
  await store.write([
    ...urnLock(store, pollId, 'forUpdate'),
    step(
      db
        .updateTable('urns')
        .set({ state: 'sealed' })
        .where('pollId', '=', pollId)
        .where('state', '=', 'open')
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('paperSheets as p')
                .select('p.box')
                .where('p.pollId', '=', pollId)
                .groupBy('p.box')
                .having(sql<SqlBool>`count(*) <> 2 or count(distinct p.sheet) <> 1`),
            ),
          ),
        ),
    ),
  ])
}

/** Everything in the urn, ordered by seat, so that the order of casting is not kept. */
export const contents = async (store: Store, pollId: string): Promise<UrnContents> => {
  const { db } = store
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
    papers: await agreedPapers(store, pollId),
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
