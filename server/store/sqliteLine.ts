// The line to an embedded database: a connection of its own, beside whatever serves it.
import { DatabaseSync, type StatementSyncInstance } from '@photostructure/sqlite'
import { Kysely, Migrator, SqliteDialect } from 'kysely'
import { type Cell, type Column, type Line, quoted, type Row, type Table } from './line.ts'
import { migrationProvider } from './migrations.ts'
import { asKyselyDatabase } from './sqliteKysely.ts'

const kindOf = (type: string): Column['kind'] => {
  if (/int|real|num|floa|doub/i.test(type)) return 'number'
  return /blob/i.test(type) ? 'bytes' : 'text'
}

const tablesIn = (rows: (sql: string, ...parameters: Cell[]) => Row[]): Table[] =>
  rows("select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\'").map(
    ([tableName]) => {
      const name = String(tableName)
      const found = rows('select name, type, pk from pragma_table_info(?1)', name).map(
        ([column, type, pk]) => ({
          column: { name: String(column), type: String(type), kind: kindOf(String(type)) },
          position: Number(pk),
        }),
      )
      const key = found.filter(({ position }) => position > 0).sort((a, b) => a.position - b.position)
      return {
        name,
        columns: found.map(({ column }) => column),
        key: key.map(({ column }) => column.name),
      }
    },
  )

/** @param use `read` changes nothing; `fill` writes without waiting for the disk until `settle`. */
export const openSqliteLine = (file: string, use: 'read' | 'fill'): Line => {
  const database = new DatabaseSync(file)
  database.exec('pragma busy_timeout = 10000')
  database.exec(use === 'read' ? 'pragma query_only = on' : 'pragma journal_mode = wal')
  if (use === 'fill') database.exec('pragma synchronous = normal')
  const prepared = new Map<string, StatementSyncInstance>()
  /** An iterator does not hold its statement: one that is collected meanwhile takes the process with it. */
  const reading = new Set<StatementSyncInstance>()
  const prepare = (sql: string): StatementSyncInstance => {
    const known = prepared.get(sql)
    if (known) return known
    const statement = database.prepare(sql.replace(/\$(\d+)/g, '?$1'))
    statement.setReturnArrays(true)
    prepared.set(sql, statement)
    return statement
  }
  const rows = (sql: string, ...parameters: readonly Cell[]): Row[] => {
    const statement = prepare(sql)
    if (statement.columns().length > 0) return statement.all(...parameters) as unknown as Row[]
    statement.run(...parameters)
    return []
  }
  return {
    dialect: 'sqlite',
    run: async (sql, parameters = []) => rows(sql, ...parameters),
    stream: async function* (sql, parameters = []) {
      const statement = database.prepare(sql.replace(/\$(\d+)/g, '?$1'))
      statement.setReturnArrays(true)
      reading.add(statement)
      try {
        yield* statement.iterate(...parameters) as unknown as Iterable<Row>
      } finally {
        reading.delete(statement)
      }
    },
    beginView: async () => {
      database.exec('begin')
      // The view begins with the first reading.
      rows('select count(*) from sqlite_master')
    },
    tables: async () => tablesIn(rows),
    generated: async () => {
      const counts = rows("select 1 from sqlite_master where name = 'sqlite_sequence'").length > 0
      const found = counts ? rows('select name, seq from sqlite_sequence') : []
      return Object.fromEntries(found.map(([name, seq]) => [String(name), Number(seq)]))
    },
    setGenerated: async (generated) => {
      for (const [name, seq] of Object.entries(generated)) {
        rows('delete from sqlite_sequence where name = $1', name)
        rows('insert into sqlite_sequence (name, seq) values ($1, $2)', name, seq)
      }
    },
    insert: async (table, some) => {
      const names = table.columns.map(({ name }) => quoted(name)).join(', ')
      const marks = table.columns.map((_, i) => `$${i + 1}`).join(', ')
      const statement = prepare(`insert into ${quoted(table.name)} (${names}) values (${marks})`)
      for (const row of some) statement.run(...row)
    },
    migrateTo: async (step) => {
      const db = new Kysely<unknown>({
        dialect: new SqliteDialect({ database: { ...asKyselyDatabase(database), close: () => {} } }),
      })
      const { error } = await new Migrator({ db, provider: migrationProvider }).migrateTo(step)
      if (error) throw error
    },
    settle: async () => {
      database.exec('pragma synchronous = full')
      database.exec('pragma wal_checkpoint(truncate)')
    },
    close: async () => {
      // A connection that is closed within a transaction goes on holding it until its statements are collected.
      if (database.isTransaction) database.exec('rollback')
      database.close()
    },
  }
}
