// Who deleted and moved what in drafts, beside the bytes that do not tell it.
import type { Kysely } from 'kysely'

export const theProvenance = async (db: Kysely<unknown>): Promise<void> => {
  for (const table of ['draftUpdates', 'draftSnapshots', 'draftStates']) {
    await db.schema.alterTable(table).addColumn('provenance', 'text').execute()
  }
}
