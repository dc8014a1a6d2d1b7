// The boxes of papers of a poll: what two tellers entered without seeing each other's, and where they agree.
import { sql } from 'kysely'
import type { PaperSheet } from '../../shared/meeting/commands.ts'
import { paperCount } from '../../shared/meeting/paper.ts'
import type { PaperBox } from '../../shared/meeting/state.ts'
import { canonical } from '../../shared/record/canonical.ts'
import type { PaperTally } from '../../shared/wire/live.ts'
import { type Step, type Store, step } from '../ports.ts'
import { clerksTurn, urnLock } from './locks.ts'

const tellersMax = 2

export interface PaperEntry {
  readonly pollId: string
  readonly partyId: string | null
  /** In its sorted form: equal counts are equal texts. */
  readonly sheet: PaperSheet
  readonly teller: string
  readonly enteredAt: number
}

const boxKey = (partyId: string | null): string => partyId ?? ''

/**
 * Stores a teller's sheet while the urn is open, the box is not agreed, no two others count it, and the papers handed
 * out fit the seats that vote on paper. A teller who counts again replaces the own sheet.
 */
export const paperSteps = (store: Store, entry: PaperEntry): Step[] => {
  const { db } = store
  const { pollId, partyId, teller, enteredAt } = entry
  const box = boxKey(partyId)
  const row = { sheet: canonical(entry.sheet), handedOut: entry.sheet.handedOut, enteredAt }
  const guarded = db
    .selectFrom('urns as u')
    .select([
      sql<string>`cast(${pollId} as text)`.as('pollId'),
      sql<string>`cast(${box} as text)`.as('box'),
      sql<string>`cast(${teller} as text)`.as('teller'),
      sql<string>`cast(${row.sheet} as text)`.as('sheet'),
      sql<number>`cast(${row.handedOut} as integer)`.as('handedOut'),
      sql<number>`cast(${enteredAt} as bigint)`.as('enteredAt'),
    ])
    .where('u.pollId', '=', pollId)
    .where('u.state', '=', 'open')
    .where(({ eb, selectFrom }) =>
      eb(
        selectFrom('electors as e')
          .select(({ fn }) => fn.countAll<number>().as('n'))
          .where('e.pollId', '=', pollId)
          .where('e.channel', '=', 'paper')
          .$if(partyId !== null, (query) => query.where('e.partyId', '=', box)),
        '>=',
        row.handedOut,
      ),
    )
    .where(({ eb, selectFrom }) =>
      eb(
        selectFrom('paperSheets as o')
          .select(({ fn }) => fn.countAll<number>().as('n'))
          .where('o.pollId', '=', pollId)
          .where('o.box', '=', box)
          .where('o.teller', '<>', teller),
        '<',
        tellersMax,
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('paperSheets as a')
            .select('a.box')
            .where('a.pollId', '=', pollId)
            .where('a.box', '=', box)
            .groupBy('a.box')
            .having(sql<boolean>`count(*) = 2 and count(distinct a.sheet) = 1`),
        ),
      ),
    )
  const upsert = db
    .insertInto('paperSheets')
    .columns(['pollId', 'box', 'teller', 'sheet', 'handedOut', 'enteredAt'])
    .expression(guarded)
    .onConflict((conflict) => conflict.columns(['pollId', 'box', 'teller']).doUpdateSet(row))
  return [...clerksTurn(store, pollId), ...urnLock(store, pollId), step(upsert, { expect: 1 })]
}

/** Takes both sheets of a box away, to be counted again from the start. */
export const discardSteps = (store: Store, pollId: string, partyId: string | null): Step[] => [
  ...clerksTurn(store, pollId),
  ...urnLock(store, pollId),
  step(
    store.db
      .updateTable('urns')
      .set({ state: 'open' })
      .where('pollId', '=', pollId)
      .where('state', '=', 'open'),
    { expect: 1 },
  ),
  step(store.db.deleteFrom('paperSheets').where('pollId', '=', pollId).where('box', '=', boxKey(partyId))),
]

interface Entered {
  readonly partyId: string | null
  readonly teller: string
  readonly text: string
}

/** Sheets of a poll by box, tellers in order of their ids. */
const enteredIn = async ({ db }: Store, pollId: string): Promise<Entered[][]> => {
  const rows = await db
    .selectFrom('paperSheets')
    .select(['box', 'teller', 'sheet'])
    .where('pollId', '=', pollId)
    .orderBy('box')
    .orderBy('teller')
    .execute()
  const boxes = new Map<string, Entered[]>()
  for (const { box, teller, sheet } of rows) {
    const entered = { partyId: box === '' ? null : box, teller, text: sheet }
    boxes.set(box, [...(boxes.get(box) ?? []), entered])
  }
  return [...boxes.values()]
}

const isAgreed = ([one, other]: readonly Entered[]): boolean =>
  one !== undefined && other !== undefined && one.text === other.text

/** The boxes on which two tellers agree. */
export const agreedPapers = async (store: Store, pollId: string): Promise<PaperBox[]> => {
  const boxes = await enteredIn(store, pollId)
  return boxes.filter(isAgreed).map((sheets) => ({
    ...(JSON.parse(sheets[0]?.text ?? '{}') as PaperSheet),
    partyId: sheets[0]?.partyId ?? null,
    tellers: sheets.map(({ teller }) => teller),
  }))
}

/** How far the counting of each box has come. Until two tellers agree, nobody is told what either counted. */
export const paperTally = async (store: Store, pollId: string): Promise<PaperTally[]> => {
  const boxes = await enteredIn(store, pollId)
  return boxes.map((sheets) => {
    const [one, other] = sheets.map(({ text }) => JSON.parse(text) as PaperSheet)
    const agreed = isAgreed(sheets)
    return {
      partyId: sheets[0]?.partyId ?? null,
      state: agreed ? 'agreed' : other === undefined ? 'oneIn' : 'recount',
      tellers: sheets.map(({ teller }) => teller),
      differs: one !== undefined && other !== undefined && !agreed ? differingLines(one, other) : [],
      sheet: agreed && one !== undefined ? one : null,
    }
  })
}

/** The lines on which two sheets differ: option ids, or what else is counted. */
const differingLines = (one: PaperSheet, other: PaperSheet): string[] => {
  const lines = [one, other].map((sheet) => {
    const { options, ...rest } = paperCount(sheet)
    return new Map<string, number>(Object.entries({ ...options, ...rest, handedOut: sheet.handedOut }))
  })
  const keys = new Set(lines.flatMap((line) => [...line.keys()]))
  return [...keys].filter((key) => (lines[0]?.get(key) ?? 0) !== (lines[1]?.get(key) ?? 0))
}

/** What is in the way of a sheet that the store would not take. */
export const paperState = async (store: Store, pollId: string, partyId: string | null, teller: string) => {
  const sheets = (await enteredIn(store, pollId)).find(([first]) => first?.partyId === partyId) ?? []
  const others = sheets.filter((sheet) => sheet.teller !== teller).length
  if (isAgreed(sheets)) return 'agreed'
  return others >= tellersMax ? 'tellers' : 'handedOut'
}
