// The line to a PostgreSQL database: a connection of its own, without the hurry of those that serve people.
import { Kysely, Migrator, PostgresDialect } from 'kysely'
import { Client, Pool } from 'pg'
import { type Cell, type Column, type Line, quoted, type Row, type Table } from './line.ts'
import { migrationProvider } from './migrations.ts'
import { typeParsers } from './postgresTypes.ts'

const connectTimeoutMs = 5_000
/** A fetch brings so many bytes or so many rows at most, as far as the fetch before it tells. */
const bytesPerFetch = 4 * 1024 * 1024
const rowsPerFetchMax = 2_000
const rowsPerFetchFirst = 16

const kindOf = (type: string): Column['kind'] => {
  if (type === 'bytea') return 'bytes'
  return /^(small|big)?int|^integer|^real|^double|^numeric/.test(type) ? 'number' : 'text'
}

const tablesQuery = `
  select c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
    coalesce(array_position(i.indkey::int2[], a.attnum), -1)
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  left join pg_index i on i.indrelid = c.oid and i.indisprimary
  where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
  order by c.relname, a.attnum`

const generatedQuery = `
  select c.relname, a.attname, pg_get_serial_sequence(quote_ident(c.relname), a.attname)
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
    and pg_get_serial_sequence(quote_ident(c.relname), a.attname) is not null`

const tablesFrom = (rows: readonly Row[]): Table[] => {
  const found = new Map<string, { columns: Column[]; key: { name: string; position: number }[] }>()
  for (const [table, column, typeName, position] of rows) {
    const entry = found.get(String(table)) ?? { columns: [], key: [] }
    found.set(String(table), entry)
    const [name, type] = [String(column), String(typeName)]
    entry.columns.push({ name, type, kind: kindOf(type) })
    if (Number(position) >= 0) entry.key.push({ name, position: Number(position) })
  }
  return [...found].map(([name, { columns, key }]) => ({
    name,
    columns,
    key: key.sort((a, b) => a.position - b.position).map((part) => part.name),
  }))
}

const bytesIn = (rows: readonly Row[]): number =>
  rows.reduce((sum, row) => sum + row.reduce<number>((all, cell) => all + sizeOf(cell), 0), 0)

const sizeOf = (cell: Cell): number =>
  typeof cell === 'string' || cell instanceof Uint8Array ? cell.length : 8

export const openPostgresLine = async (url: string): Promise<Line> => {
  const client = new Client({
    connectionString: url,
    application_name: 'yishiting-keeping',
    keepAlive: true,
    connectionTimeoutMillis: connectTimeoutMs,
    types: typeParsers,
  })
  // A line that breaks shows in the statement that it was needed for.
  client.on('error', () => {})
  await client.connect()
  let cursors = 0

  const run: Line['run'] = async (sql, parameters = []) => {
    const asked = { text: sql, values: parameters.map(asParameter), rowMode: 'array' as const }
    return (await client.query<Row[]>(asked)).rows as unknown as Row[]
  }
  const generatedColumns = () => run(generatedQuery)
  return {
    dialect: 'postgres',
    run,
    stream: async function* (sql, parameters = []) {
      cursors += 1
      const cursor = `rows_${cursors}`
      await run(`declare ${cursor} no scroll cursor for ${sql}`, parameters)
      for (let count = rowsPerFetchFirst; ; ) {
        const rows = await run(`fetch ${count} from ${cursor}`)
        if (rows.length === 0) break
        yield* rows
        const fits = Math.floor((rows.length * bytesPerFetch) / (bytesIn(rows) + 1))
        count = Math.max(1, Math.min(rowsPerFetchMax, fits, count * 4))
      }
      await run(`close ${cursor}`)
    },
    beginView: async () => {
      await run('begin isolation level repeatable read read only')
      await run('select 1 from pg_class limit 1')
    },
    tables: async () => tablesFrom(await run(tablesQuery)),
    generated: async () => {
      const greatest: Record<string, number> = {}
      for (const [table, , sequence] of await generatedColumns()) {
        const [row] = await run(
          `select case when is_called then last_value else last_value - 1 end from ${sequence}`,
        )
        greatest[String(table)] = Number(row?.[0] ?? 0)
      }
      return greatest
    },
    setGenerated: async (generated) => {
      for (const [table, , sequence] of await generatedColumns()) {
        const greatest = generated[String(table)]
        if (greatest) await run('select setval($1::text::regclass, $2::bigint)', [String(sequence), greatest])
      }
    },
    insert: async (table, rows) => {
      const names = table.columns.map(({ name }) => quoted(name)).join(', ')
      const lists = table.columns.map(({ type }, i) => `$${i + 1}::${type}[]`).join(', ')
      const values = table.columns.map((_, i) => rows.map((row) => asParameter(row[i] ?? null)))
      await client.query(
        `insert into ${quoted(table.name)} (${names}) select * from unnest(${lists})`,
        values,
      )
    },
    migrateTo: async (step) => {
      const pool = new Pool({ connectionString: url, max: 1, connectionTimeoutMillis: connectTimeoutMs })
      pool.on('error', () => {})
      const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
      const { error } = await new Migrator({ db, provider: migrationProvider }).migrateTo(step)
      await db.destroy()
      if (error) throw error
    },
    // Every commit waits for the disk here.
    settle: async () => {},
    close: () => client.end(),
  }
}

const asParameter = (cell: Cell): string | number | null | Buffer =>
  cell instanceof Uint8Array ? Buffer.from(cell.buffer, cell.byteOffset, cell.byteLength) : cell
