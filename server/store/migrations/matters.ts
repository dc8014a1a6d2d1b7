// Matters, and the polls of meetings that decide links of their chains.
import type { Kysely } from 'kysely'
import { createTable } from './columns.ts'

export const theMatters = async (db: Kysely<unknown>): Promise<void> => {
  await createTable(db, 'matters', [
    ['matterId', 'text', 'primary'],
    ['unitId', 'text'],
    ['openedAt', 'bigint'],
  ])
  await db.schema.createIndex('mattersUnit').on('matters').column('unitId').execute()
  await createTable(db, 'linkPolls', [
    ['pollId', 'text', 'primary'],
    ['matterId', 'text'],
    ['code', 'text'],
    ['meetingId', 'text'],
    ['openedAt', 'bigint'],
    ['closedAt', 'bigint', 'null'],
    ['passed', 'integer'],
  ])
  await db.schema.createIndex('linkPollsMatter').on('linkPolls').column('matterId').execute()
}
