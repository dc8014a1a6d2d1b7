// A place that is being filled with a hall. A mark stands in it from the first moment until all is there and proved,
// and with the mark the journal of what is done: what is put in and what is noted are one transaction.
import { type Line, quoted, type Row, type Table } from './line.ts'
import { fillingTable } from './opening.ts'
import { hallTables, stepsOf } from './view.ts'

const filling = quoted(fillingTable)
/** The journal's line that tells where the hall comes from. */
const originLine = '*'

export interface Done {
  readonly after: Row
  readonly rows: number
}

export interface Vessel {
  /** Where the copying that was begun here before comes from; `null` where nothing was begun. */
  readonly begunFrom: string | null
  /** Marks the place and gives it the shape of these steps. */
  begin(origin: string, steps: readonly string[]): Promise<void>
  done(table: string): Promise<Done | null>
  put(table: Table, rows: readonly Row[], done: Done): Promise<void>
  /** Forgets what was copied of a table. */
  empty(table: string): Promise<void>
  /** Takes the mark away, durably: from here on the place may be served. */
  finish(generated: Readonly<Record<string, number>>): Promise<void>
  close(): Promise<void>
}

const inOne = async <T>(line: Line, work: () => Promise<T>): Promise<T> => {
  await line.run('begin')
  try {
    const result = await work()
    await line.run('commit')
    return result
  } catch (fault) {
    await line.run('rollback').catch(() => {})
    throw fault
  }
}

const assertEmpty = async (line: Line, tables: readonly Table[]): Promise<void> => {
  for (const { name } of hallTables(tables)) {
    const [row] = await line.run(`select count(*) from ${quoted(name)}`)
    if (Number(row?.[0]) > 0)
      throw new Error(
        `the target is not empty: its table ${name} holds ${row?.[0]} rows. Nothing was changed; name a place that is new or empty`,
      )
  }
}

export const openVessel = async (line: Line): Promise<Vessel> => {
  const tables = await line.tables()
  const isBegun = tables.some(({ name }) => name === fillingTable)
  if (!isBegun) await assertEmpty(line, tables)
  const [origin] = isBegun ? await line.run(`select after from ${filling} where name = $1`, [originLine]) : []
  let shapes = new Map<string, Table>()

  /** The target's own shape: it may know a type by another name or keep its columns in another order. */
  const shapeOf = (table: Table): Table => {
    const own = shapes.get(table.name)
    const columns = table.columns.map(({ name }) => own?.columns.find((column) => column.name === name))
    const isSame = own && own.columns.length === columns.length
    if (!isSame || columns.includes(undefined)) {
      throw new Error(`the table ${table.name} has another shape in the target`)
    }
    return { ...own, columns: columns.flatMap((column) => column ?? []) }
  }

  return {
    begunFrom: origin ? String(origin[0]) : null,
    begin: async (from, steps) => {
      await line.run(
        `create table if not exists ${filling} (name text primary key, after text not null, rows bigint not null)`,
      )
      await line.run(
        `insert into ${filling} (name, after, rows) values ($1, $2, 0) on conflict (name) do nothing`,
        [originLine, from],
      )
      const last = steps.at(-1)
      if (last === undefined) throw new Error('there is no hall to copy')
      await line.migrateTo(last)
      const found = await line.tables()
      const own = await stepsOf(line, found)
      if (own.join() !== steps.join())
        throw new Error(`the target is at step ${own.at(-1)} and the hall to copy at ${last}`)
      shapes = new Map(hallTables(found).map((table) => [table.name, table]))
      // Steps may bring rows of their own; the hall that is copied has its own.
      for (const { name } of shapes.values()) {
        const [noted] = await line.run(`select 1 from ${filling} where name = $1`, [name])
        if (!noted) await line.run(`delete from ${quoted(name)}`)
      }
    },
    done: async (table) => {
      const [row] = await line.run(`select after, rows from ${filling} where name = $1`, [table])
      return row ? { after: JSON.parse(String(row[0])), rows: Number(row[1]) } : null
    },
    put: (table, rows, { after, rows: count }) =>
      inOne(line, async () => {
        await line.insert(shapeOf(table), rows)
        await line.run(
          `insert into ${filling} (name, after, rows) values ($1, $2, $3)
           on conflict (name) do update set after = excluded.after, rows = excluded.rows`,
          [table.name, JSON.stringify(after), count],
        )
      }),
    empty: (table) =>
      inOne(line, async () => {
        await line.run(`delete from ${quoted(table)}`)
        await line.run(`delete from ${filling} where name = $1`, [table])
      }),
    finish: async (generated) => {
      await inOne(line, () => line.setGenerated(generated))
      await line.settle()
      await line.run(`drop table ${filling}`)
      await line.settle()
    },
    close: () => line.close(),
  }
}
