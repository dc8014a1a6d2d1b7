// The tables the hall began with.
import { type Kysely, sql } from 'kysely'
import { createTable, isPostgres } from './columns.ts'

export const theRecord = async (db: Kysely<unknown>): Promise<void> => {
  await createTable(
    db,
    'events',
    [
      ['stream', 'text'],
      ['seq', 'integer'],
      ['at', 'bigint'],
      ['actor', 'text'],
      ['commandId', 'text'],
      ['body', 'text'],
      ['hash', 'text'],
    ],
    ['stream', 'seq'],
  )
  await createTable(
    db,
    'commands',
    [
      ['stream', 'text'],
      ['commandId', 'text'],
      ['actor', 'text'],
      ['bodyHash', 'text'],
      ['answer', 'text'],
      ['at', 'bigint'],
    ],
    ['stream', 'commandId'],
  )
  await createTable(db, 'texts', [
    ['sha256', 'text', 'primary'],
    ['text', 'text'],
    ['at', 'bigint'],
  ])
}

export const theUrns = async (db: Kysely<unknown>): Promise<void> => {
  await createTable(db, 'urns', [
    ['pollId', 'text', 'primary'],
    ['meetingId', 'text'],
    ['state', 'text'],
    ['changeable', 'integer'],
    ['openedAt', 'bigint'],
  ])
  await createTable(
    db,
    'electors',
    [
      ['pollId', 'text'],
      ['seatId', 'text'],
      ['partyId', 'text'],
      ['channel', 'text'],
    ],
    ['pollId', 'seatId'],
  )
  await createTable(
    db,
    'ballots',
    [
      ['pollId', 'text'],
      ['seatId', 'text'],
      ['partyId', 'text'],
      ['choice', 'text'],
      ['source', 'text'],
      ['castBy', 'text'],
      ['castAt', 'bigint'],
      ['receipt', 'text'],
      ['commandId', 'text'],
    ],
    ['pollId', 'seatId'],
  )
  await createTable(
    db,
    'handCounts',
    [
      ['pollId', 'text'],
      ['partyId', 'text'],
      ['counts', 'text'],
      ['hands', 'integer'],
      ['countedBy', 'text'],
      ['witness', 'text'],
      ['countedAt', 'bigint'],
    ],
    ['pollId', 'partyId'],
  )
}

export const thePeople = async (db: Kysely<unknown>): Promise<void> => {
  await createTable(db, 'hall', [
    ['hallId', 'text', 'primary'],
    ['name', 'text'],
    ['setupTokenHash', 'text', 'null'],
    ['readyAt', 'bigint', 'null'],
  ])
  await createTable(db, 'units', [
    ['unitId', 'text', 'primary'],
    ['parentId', 'text', 'null'],
    ['nameZh', 'text'],
    ['nameEn', 'text'],
  ])
  await createTable(
    db,
    'parties',
    [
      ['partyId', 'text'],
      ['unitId', 'text'],
      ['nameZh', 'text'],
      ['nameEn', 'text'],
      ['position', 'integer'],
    ],
    ['unitId', 'partyId'],
  )
  await createTable(db, 'accounts', [
    ['accountId', 'text', 'primary'],
    ['unitId', 'text'],
    ['login', 'text'],
    ['name', 'text'],
    ['passwordHash', 'text'],
    ['role', 'text'],
    ['createdAt', 'bigint'],
    ['endedAt', 'bigint', 'null'],
  ])
  await db.schema.createIndex('accountsLogin').on('accounts').column('login').unique().execute()
  await createTable(db, 'people', [
    ['personId', 'text', 'primary'],
    ['unitId', 'text'],
    ['name', 'text'],
    ['partyId', 'text'],
    ['bodyRole', 'text'],
    ['household', 'text'],
    ['phone', 'text'],
    ['createdAt', 'bigint'],
    ['removedAt', 'bigint', 'null'],
  ])
  await db.schema.createIndex('peopleUnit').on('people').column('unitId').execute()
  await createTable(db, 'rosterImports', [
    ['importId', 'text', 'primary'],
    ['unitId', 'text'],
    ['accountId', 'text'],
    ['fileName', 'text'],
    ['rows', 'text'],
    ['createdAt', 'bigint'],
    ['confirmedAt', 'bigint', 'null'],
  ])
}

export const theDoors = async (db: Kysely<unknown>): Promise<void> => {
  await createTable(db, 'meetings', [
    ['meetingId', 'text', 'primary'],
    ['unitId', 'text'],
    ['title', 'text'],
    ['startsAt', 'bigint'],
    ['phase', 'text'],
    ['roomCode', 'text'],
    ['createdAt', 'bigint'],
  ])
  await db.schema.createIndex('meetingsRoomCode').on('meetings').column('roomCode').unique().execute()
  await createTable(
    db,
    'seatNames',
    [
      ['meetingId', 'text'],
      ['seatId', 'text'],
      ['personId', 'text', 'null'],
      ['name', 'text'],
      ['household', 'text'],
    ],
    ['meetingId', 'seatId'],
  )
  await createTable(db, 'cards', [
    ['cardId', 'text', 'primary'],
    ['tokenHash', 'text'],
    ['meetingId', 'text'],
    ['seatId', 'text', 'null'],
    ['role', 'text'],
    ['reusable', 'integer'],
    ['issuedAt', 'bigint'],
    ['usedAt', 'bigint', 'null'],
    ['usedBySession', 'text', 'null'],
    ['withdrawnAt', 'bigint', 'null'],
  ])
  await db.schema.createIndex('cardsToken').on('cards').column('tokenHash').unique().execute()
  await db.schema.createIndex('cardsMeeting').on('cards').column('meetingId').execute()
  await createTable(db, 'sessions', [
    ['sessionId', 'text', 'primary'],
    ['tokenHash', 'text'],
    ['kind', 'text'],
    ['accountId', 'text', 'null'],
    ['role', 'text', 'null'],
    ['meetingId', 'text', 'null'],
    ['seatId', 'text', 'null'],
    ['screenId', 'text', 'null'],
    ['deskEntryId', 'text', 'null'],
    ['device', 'text'],
    ['createdAt', 'bigint'],
    ['seenAt', 'bigint'],
    ['endedAt', 'bigint', 'null'],
  ])
  await db.schema.createIndex('sessionsToken').on('sessions').column('tokenHash').unique().execute()
  await db.schema.createIndex('sessionsMeeting').on('sessions').column('meetingId').execute()
  await createTable(db, 'screens', [
    ['screenId', 'text', 'primary'],
    ['code', 'text', 'null'],
    ['codeUntil', 'bigint', 'null'],
    ['meetingId', 'text', 'null'],
    ['pairedBy', 'text', 'null'],
    ['createdAt', 'bigint'],
  ])
  await db.schema.createIndex('screensCode').on('screens').column('code').unique().execute()
  await createTable(db, 'deskEntries', [
    ['deskEntryId', 'text', 'primary'],
    ['meetingId', 'text'],
    ['kind', 'text'],
    ['name', 'text'],
    ['seatId', 'text', 'null'],
    ['state', 'text'],
    ['at', 'bigint'],
  ])
  await db.schema.createIndex('deskEntriesMeeting').on('deskEntries').column('meetingId').execute()
}

export const theDrafts = async (db: Kysely<unknown>): Promise<void> => {
  await createTable(db, 'drafts', [
    ['draftId', 'text', 'primary'],
    ['meetingId', 'text', 'null'],
    ['unitId', 'text'],
    ['title', 'text'],
    ['createdAt', 'bigint'],
  ])
  const updates = db.schema.createTable('draftUpdates')
  await (isPostgres(db)
    ? updates.addColumn('updateId', 'bigserial', (c) => c.primaryKey())
    : updates.addColumn('updateId', 'integer', (c) => c.primaryKey().autoIncrement())
  )
    .addColumn('draftId', 'text', (c) => c.notNull())
    .addColumn('bytes', isPostgres(db) ? sql`bytea` : sql`blob`, (c) => c.notNull())
    .addColumn('edits', 'integer', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('draftUpdatesDraft')
    .on('draftUpdates')
    .columns(['draftId', 'updateId'])
    .execute()
  await createTable(db, 'draftSnapshots', [
    ['draftId', 'text', 'primary'],
    ['upTo', 'bigint'],
    ['bytes', 'bytes'],
    ['edits', 'integer'],
    ['at', 'bigint'],
  ])
  await createTable(
    db,
    'draftClients',
    [
      ['draftId', 'text'],
      ['clientId', 'bigint'],
      ['owner', 'text'],
    ],
    ['draftId', 'clientId'],
  )
}
