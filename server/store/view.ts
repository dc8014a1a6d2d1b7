// One consistent view of a hall's tables, row by row in the order of their keys, the same order on either database.
import { type Cell, type Line, quoted, type Row, type Table } from './line.ts'
import { fillingTable } from './opening.ts'

const migrationTables = ['kysely_migration', 'kysely_migration_lock']

export interface View {
  readonly dialect: Line['dialect']
  /** Names of the steps that the shape was built by, in order. */
  readonly steps: readonly string[]
  readonly tables: readonly Table[]
  /** The greatest number ever generated for a table's key, by table. */
  readonly generated: Readonly<Record<string, number>>
  count(table: string): Promise<number>
  /** @param after the key behind which to begin; `null` for all rows */
  rows(table: Table, after: Row | null): AsyncIterable<Row>
  find(table: Table, key: Row): Promise<Row | null>
  close(): Promise<void>
}

/** Bytes of UTF-8 decide, as in SQLite, whatever the database's own order of letters is. */
const keyParts = (dialect: Line['dialect'], table: Table): string[] =>
  table.key.map((name) => {
    const isText = table.columns.find((column) => column.name === name)?.kind === 'text'
    return dialect === 'postgres' && isText ? `${quoted(name)} collate "C"` : quoted(name)
  })

const marks = (cells: readonly Cell[]): string => cells.map((_, i) => `$${i + 1}`).join(', ')

export const stepsOf = async (line: Line, tables: readonly Table[]): Promise<string[]> => {
  if (!tables.some(({ name }) => name === 'kysely_migration')) return []
  const rows = await line.run('select name from kysely_migration order by name')
  return rows.map(([name]) => String(name))
}

/** The tables of a hall among those of a database. */
export const hallTables = (tables: readonly Table[]): Table[] =>
  tables
    .filter(({ name }) => name !== fillingTable && !migrationTables.includes(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))

export const openView = async (line: Line): Promise<View> => {
  await line.beginView()
  const found = await line.tables()
  const tables = hallTables(found)
  const keyless = tables.find(({ key }) => key.length === 0)
  if (keyless) throw new Error(`the table ${keyless.name} has no primary key and cannot be copied in order`)
  const columnsOf = (table: Table) => table.columns.map(({ name }) => quoted(name)).join(', ')
  return {
    dialect: line.dialect,
    steps: await stepsOf(line, found),
    tables,
    generated: await line.generated(),
    count: async (table) => Number((await line.run(`select count(*) from ${quoted(table)}`))[0]?.[0] ?? 0),
    rows: (table, after) => {
      const order = keyParts(line.dialect, table).join(', ')
      const from = `select ${columnsOf(table)} from ${quoted(table.name)}`
      if (!after) return line.stream(`${from} order by ${order}`)
      return line.stream(`${from} where (${order}) > (${marks(after)}) order by ${order}`, after)
    },
    find: async (table, key) => {
      const is = table.key.map((name, i) => `${quoted(name)} = $${i + 1}`).join(' and ')
      const [row] = await line.run(`select ${columnsOf(table)} from ${quoted(table.name)} where ${is}`, key)
      return row ?? null
    },
    close: () => line.close(),
  }
}
