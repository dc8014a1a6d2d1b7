// Copies a hall into a vessel, table by table in the order of keys, and goes on where an earlier try stopped.

import { reasonOf } from '../../shared/kernel/reason.ts'
import type { Row, Table } from '../store/line.ts'
import type { Done, Vessel } from '../store/vessel.ts'
import type { View } from '../store/view.ts'
import { keyOf, LineDigest, lineOf } from './lines.ts'
import type { OnProgress } from './progress.ts'

/** What a hall is copied from: a view of a store, or a backup. */
export type Origin = Pick<View, 'steps' | 'tables' | 'generated' | 'count' | 'rows'>

const rowsPerPut = 1_000
const charsPerPut = 4 * 1024 * 1024

/** One table after the other: a line takes one question at a time. */
export const countRows = async (
  origin: Pick<Origin, 'tables' | 'count'>,
): Promise<{ counts: number[]; total: number }> => {
  const counts: number[] = []
  for (const { name } of origin.tables) counts.push(await origin.count(name))
  return { counts, total: counts.reduce((sum, n) => sum + n, 0) }
}

export interface Filled {
  /** SHA-256 of the lines of every table that was read from its first row to its last. */
  readonly digests: Map<string, string>
  /** Tables in which an earlier try had left something. */
  readonly resumed: ReadonlySet<string>
}

export const fill = async (origin: Origin, vessel: Vessel, onProgress: OnProgress): Promise<Filled> => {
  const { total } = await countRows(origin)
  const digests = new Map<string, string>()
  const resumed = new Set<string>()
  let before = 0
  for (const table of origin.tables) {
    const tell = (done: number) =>
      onProgress({ phase: 'copying', what: table.name, done: before + done, total })
    const done = await vessel.done(table.name)
    if (done) resumed.add(table.name)
    const { rows, digest } = await fillTable(origin, vessel, table, done, tell).catch(async (fault) => {
      if (!done || !isDuplicate(fault)) throw fault
      // What the earlier try copied has since gone to another row of the origin.
      await vessel.empty(table.name)
      return fillTable(origin, vessel, table, null, tell)
    })
    if (digest) digests.set(table.name, digest)
    before += rows
  }
  return { digests, resumed }
}

const isDuplicate = (fault: unknown): boolean =>
  fault instanceof Error && /unique constraint/i.test(fault.message)

const fillTable = async (
  origin: Origin,
  vessel: Vessel,
  table: Table,
  done: Done | null,
  tell: (rows: number) => void,
): Promise<{ rows: number; digest: string | null }> => {
  const digest = done ? null : new LineDigest()
  let rows = done?.rows ?? 0
  let some: Row[] = []
  let chars = 0
  tell(rows)
  const put = async (): Promise<void> => {
    const last = some.at(-1)
    if (!last) return
    rows += some.length
    const after = keyOf(table, last)
    await vessel.put(table, some, { after, rows }).catch((fault) => {
      const why = reasonOf(fault)
      throw new Error(
        `the table ${table.name} could not be copied up to the row ${JSON.stringify(after)}: ${why}`,
        {
          cause: fault,
        },
      )
    })
    some = []
    chars = 0
    tell(rows)
  }
  for await (const row of origin.rows(table, done?.after ?? null)) {
    const line = lineOf(row)
    digest?.add(line)
    some.push(row)
    chars += line.length
    if (some.length >= rowsPerPut || chars >= charsPerPut) await put()
  }
  await put()
  return { rows, digest: digest?.hex() ?? null }
}

/** Tables whose rows are not the same here and there. */
export const differing = async (
  origin: Origin,
  digests: ReadonlyMap<string, string>,
  target: View,
  onProgress: OnProgress,
): Promise<string[]> => {
  const wrong: string[] = []
  const { counts, total } = await countRows(origin)
  let before = 0
  for (const [i, table] of origin.tables.entries()) {
    onProgress({ phase: 'comparing', what: table.name, done: before, total })
    before += counts[i] ?? 0
    const expected = digests.get(table.name) ?? (await digestOf(origin, table))
    if ((await digestOf(target, table)) !== expected) wrong.push(table.name)
  }
  onProgress({ phase: 'comparing', what: 'all tables', done: total, total })
  return wrong
}

const digestOf = async (from: Pick<View, 'rows'>, table: Table): Promise<string> => {
  const digest = new LineDigest()
  for await (const row of from.rows(table, null)) digest.add(lineOf(row))
  return digest.hex()
}
