// A database's statements, each prepared once. Rows come from the binding as arrays and get their names here: objects of
// its own making cost half as much again, and have no prototype.
import type { DatabaseSync, StatementSyncInstance } from '@photostructure/sqlite'

const preparedMax = 500

type Parameters = readonly unknown[]
export type Row = Record<string, unknown>

export interface Statement {
  /** Whether it answers with rows. */
  readonly reader: boolean
  all(parameters: Parameters): Row[]
  iterate(parameters: Parameters): IterableIterator<Row>
  run(parameters: Parameters): ReturnType<StatementSyncInstance['run']>
}

export const statementsOf = (database: InstanceType<typeof DatabaseSync>): ((sql: string) => Statement) => {
  const prepared = new Map<string, Statement>()
  return (sql) => {
    const known = prepared.get(sql)
    if (known) return known
    const statement = readied(database.prepare(sql))
    if (prepared.size >= preparedMax) prepared.clear()
    prepared.set(sql, statement)
    return statement
  }
}

const readied = (statement: StatementSyncInstance): Statement => {
  const names = statement.columns().map(({ name }) => name)
  statement.setReturnArrays(true)
  const rowOf = (values: unknown): Row => {
    const row: Row = {}
    for (const [i, name] of names.entries()) row[name] = (values as readonly unknown[])[i]
    return row
  }
  return {
    reader: names.length > 0,
    all: (parameters) => statement.all(...parameters).map(rowOf),
    *iterate(parameters) {
      for (const values of statement.iterate(...parameters)) yield rowOf(values)
    },
    run: (parameters) => statement.run(...parameters),
  }
}
