// What a person's seat stands for and weighs.
import type { Kysely } from 'kysely'

export const thePeopleFigures = async (db: Kysely<unknown>): Promise<void> => {
  for (const figure of ['households', 'weight']) {
    await db.schema
      .alterTable('people')
      .addColumn(figure, 'integer', (column) => column.notNull().defaultTo(1))
      .execute()
  }
}
