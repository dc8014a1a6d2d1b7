// How a migration adds a table, the same on SQLite and PostgreSQL.
import { type Kysely, sql } from 'kysely'

export type Column = [
  name: string,
  type: 'text' | 'integer' | 'bigint' | 'bytes',
  ...traits: ('null' | 'primary')[],
]

/** Adds a table whose columns are required unless they say `null`. */
export const createTable = (
  db: Kysely<unknown>,
  name: string,
  columns: Column[],
  primary?: string[],
): Promise<void> => {
  let table = db.schema.createTable(name)
  const bytes = isPostgres(db) ? sql`bytea` : sql`blob`
  for (const [column, type, ...traits] of columns) {
    table = table.addColumn(column, type === 'bytes' ? bytes : type, (c) => {
      const required = traits.includes('null') ? c : c.notNull()
      return traits.includes('primary') ? required.primaryKey() : required
    })
  }
  if (primary) table = table.addPrimaryKeyConstraint(`${name}_key`, primary as never[])
  return table.execute()
}

export const isPostgres = (db: Kysely<unknown>): boolean =>
  db.getExecutor().adapter.constructor.name.startsWith('Postgres')
