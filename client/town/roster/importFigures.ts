// What the rows of an import come to: how many are good, bad, or to be looked at. Pure.
import type { RosterImport, RosterRow } from '../../../shared/wire/http.ts'

export type RowState = 'good' | 'warn' | 'bad'

export const rowState = (row: RosterRow): RowState =>
  row.problems.some(({ level }) => level === 'error') ? 'bad' : row.problems.length > 0 ? 'warn' : 'good'

export const rowsWithProblems = (rows: readonly RosterRow[]): readonly RosterRow[] =>
  rows.filter(({ problems }) => problems.length > 0)

export const warnCount = (read: RosterImport): number =>
  read.rows.filter((row) => rowState(row) === 'warn').length
