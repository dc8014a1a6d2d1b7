// What goes on around a draft: its versions, the comments on its passages, and its pictures.
import type { Kysely } from 'kysely'
import { createTable } from './columns.ts'

export const theVersions = async (db: Kysely<unknown>): Promise<void> => {
  await createTable(db, 'versions', [
    ['versionId', 'text', 'primary'],
    ['draftId', 'text'],
    ['kind', 'text'],
    ['name', 'text'],
    ['state', 'bytes'],
    ['sha256', 'text'],
    ['chars', 'integer'],
    ['by', 'text'],
    ['at', 'bigint'],
    ['commandId', 'text'],
  ])
  await db.schema
    .createIndex('versionsDraft')
    .on('versions')
    .columns(['draftId', 'commandId'])
    .unique()
    .execute()
}

export const theComments = async (db: Kysely<unknown>): Promise<void> => {
  await createTable(db, 'comments', [
    ['commentId', 'text', 'primary'],
    ['draftId', 'text'],
    ['parentId', 'text', 'null'],
    ['anchorFrom', 'text'],
    ['anchorTo', 'text'],
    ['quote', 'text'],
    ['words', 'text'],
    ['by', 'text'],
    ['at', 'bigint'],
    ['resolvedBy', 'text', 'null'],
    ['resolvedAt', 'bigint', 'null'],
    ['changedAt', 'bigint'],
    ['commandId', 'text'],
  ])
  await db.schema
    .createIndex('commentsDraft')
    .on('comments')
    .columns(['draftId', 'commandId'])
    .unique()
    .execute()
}

export const theUploads = async (db: Kysely<unknown>): Promise<void> => {
  await createTable(
    db,
    'uploads',
    [
      ['unitId', 'text'],
      ['sha256', 'text'],
      ['draftId', 'text'],
      ['mediaType', 'text'],
      ['width', 'integer'],
      ['height', 'integer'],
      ['bytes', 'bytes'],
      ['by', 'text'],
      ['at', 'bigint'],
    ],
    ['unitId', 'sha256'],
  )
  await db.schema.createIndex('uploadsDraft').on('uploads').column('draftId').execute()
}
