// When a comment's author last reworded it, and when they took it back.
import type { Kysely } from 'kysely'

export const theCommentChanges = async (db: Kysely<unknown>): Promise<void> => {
  for (const when of ['editedAt', 'deletedAt']) {
    await db.schema.alterTable('comments').addColumn(when, 'bigint').execute()
  }
}
