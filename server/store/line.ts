// A plain line to a database, for whoever copies whole tables: the same few verbs on SQLite and PostgreSQL.

export type Cell = string | number | null | Uint8Array
export type Row = readonly Cell[]

export interface Column {
  readonly name: string
  readonly kind: 'text' | 'number' | 'bytes'
  /** As the database calls it. */
  readonly type: string
}

export interface Table {
  readonly name: string
  readonly columns: readonly Column[]
  /** The columns of the primary key, in its order. */
  readonly key: readonly string[]
}

export interface Line {
  readonly dialect: 'sqlite' | 'postgres'
  /** One statement with parameters `$1`, `$2`… */
  run(sql: string, parameters?: readonly Cell[]): Promise<readonly Row[]>
  /** Rows as they are asked for; never more than a few of them in memory. */
  stream(sql: string, parameters?: readonly Cell[]): AsyncIterable<Row>
  /** Begins a consistent view that writes of others do not change. */
  beginView(): Promise<void>
  /** Every table but the database's own. */
  tables(): Promise<readonly Table[]>
  /** The greatest number that was ever generated for a table's key, by table. */
  generated(): Promise<Readonly<Record<string, number>>>
  /** From here on the numbers generated for these tables are greater. */
  setGenerated(generated: Readonly<Record<string, number>>): Promise<void>
  insert(table: Table, rows: readonly Row[]): Promise<void>
  /** Brings an empty database to the shape that it has after this step. */
  migrateTo(step: string): Promise<void>
  /** What was written is on disk when this resolves, whatever happens to the power. */
  settle(): Promise<void>
  close(): Promise<void>
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
