// Amendments: drafts forked off others, whose client ids are of which of them, and texts on their way into another draft.
import { type Kysely, sql } from 'kysely'
import { createTable } from './columns.ts'

export const theForks = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema.alterTable('drafts').addColumn('baseId', 'text').execute()
  await db.schema.alterTable('draftClients').addColumn('familyId', 'text').execute()
  await db.schema.alterTable('draftClients').addColumn('homeId', 'text').execute()
  await sql`update ${sql.table('draftClients')} set ${sql.ref('familyId')} = ${sql.ref('draftId')}`.execute(
    db,
  )
  // Two drafts of a family with different edits under one client id could never be merged again.
  await db.schema
    .createIndex('draftClientsFamily')
    .on('draftClients')
    .columns(['familyId', 'clientId'])
    .unique()
    .where(sql.ref('homeId'), 'is', null)
    .execute()
  await createTable(
    db,
    'draftStates',
    [
      ['draftId', 'text'],
      ['sha256', 'text'],
      ['bytes', 'bytes'],
      ['at', 'bigint'],
    ],
    ['draftId', 'sha256'],
  )
  await createTable(
    db,
    'draftMerges',
    [
      ['draftId', 'text'],
      ['fromId', 'text'],
      ['sha256', 'text'],
      ['at', 'bigint'],
    ],
    ['draftId', 'fromId', 'sha256'],
  )
}
