// From a table of cells to people: which column is what, and every problem of every row, in codes that faces word.
import { limits } from '../../shared/kernel/limits.ts'
import { accept, type Refusal, type Result, refuse } from '../../shared/kernel/result.ts'
import { tidyLine } from '../../shared/kernel/visibleText.ts'
import type { RosterImport, RosterProblem, RosterRow } from '../../shared/wire/http.ts'
import {
  figureOf,
  isFormula,
  isIdentityNumber,
  isPhone,
  personKey,
  type RosterField,
  tidyName,
  tidyPhone,
  unguardCell,
} from './rosterCells.ts'
import { fieldOfHeading, type NamedParty, partyFinder } from './rosterHeadings.ts'

export interface TableRow {
  /** 1 is the file's first line. */
  readonly line: number
  readonly cells: readonly string[]
  /** Columns whose cell holds a formula, where the file's format tells. */
  readonly formulas?: readonly number[]
}

export interface Table {
  readonly format: string
  /** A text file knows formulas and guards against them only by how a cell begins. */
  readonly isText: boolean
  readonly rows: readonly TableRow[]
}

export interface Understanding {
  readonly columns: RosterImport['columns']
  readonly problems: RosterProblem[]
  readonly total: number
  /** The rows one by one, so that whoever reads may rest in between. */
  readonly rows: Iterable<RosterRow>
}

type Problem = (code: RosterProblem['code'], level: RosterProblem['level'], detail?: string) => void

/** Titles and dates may stand above the headings. */
const headingLinesMax = 10
const detailCharsMax = 60
export const phoneCharsMax = 20

const isEmpty = ({ cells, formulas }: TableRow): boolean =>
  cells.every((cell) => tidyLine(cell) === '') && (formulas ?? []).length === 0

export const understand = (
  table: Table,
  parties: readonly NamedParty[],
  known: ReadonlySet<string>,
): Result<Understanding> => {
  const filled = table.rows.filter((row) => !isEmpty(row))
  if (filled.length === 0) return refuse('rosterUnreadable', { reason: 'empty' })
  const headingAt = findHeadings(filled)
  const heading = filled[headingAt]
  const body = filled.slice(headingAt + 1)
  const tooLong = refuseTooLong(body.length)
  if (tooLong) return { ok: false, refusal: tooLong }
  const { columns, places, problems } = readHeadings(heading?.cells ?? [], parties)
  const isUsable = places.name !== undefined
  return accept({
    columns,
    problems,
    total: isUsable ? body.length : 0,
    rows: isUsable ? readRows(table, body, places, parties, known) : [],
  })
}

export const refuseTooLong = (rows: number): Refusal | null =>
  rows > limits.rosterRowsMax ? { code: 'rosterTooLong', detail: { rows, max: limits.rosterRowsMax } } : null

/** The first line that has a heading for names; otherwise the line that has most headings at all. */
const findHeadings = (rows: readonly TableRow[]): number => {
  let best = 0
  let bestCount = 0
  for (const [i, { cells }] of rows.slice(0, headingLinesMax).entries()) {
    const fields = new Set(
      cells.map((cell) => fieldOfHeading(tidyLine(cell))).filter((field) => field !== null),
    )
    if (fields.has('name')) return i
    if (fields.size > bestCount) [best, bestCount] = [i, fields.size]
  }
  return best
}

type Places = Partial<Record<RosterField, number>>

const readHeadings = (cells: readonly string[], parties: readonly NamedParty[]) => {
  const places: Places = {}
  const problems: RosterProblem[] = []
  const columns = cells.map((cell, i) => {
    const heading = tidyLine(cell).slice(0, detailCharsMax)
    const field = fieldOfHeading(heading)
    if (field === null) {
      if (heading !== '') problems.push({ code: 'columnUnknown', level: 'warning', detail: heading })
      return { heading, field: null }
    }
    if (places[field] !== undefined) {
      problems.push({ code: 'columnTwice', level: 'warning', detail: heading })
      return { heading, field: null }
    }
    places[field] = i
    return { heading, field }
  })
  if (places.name === undefined) problems.push({ code: 'nameColumnMissing', level: 'error', detail: '' })
  if (places.party === undefined) {
    // With a single party nobody need say which.
    problems.push({
      code: 'partyColumnMissing',
      level: parties.length === 1 ? 'warning' : 'error',
      detail: '',
    })
  }
  return { columns, places, problems }
}

function* readRows(
  table: Table,
  rows: readonly TableRow[],
  places: Places,
  parties: readonly NamedParty[],
  known: ReadonlySet<string>,
): Generator<RosterRow> {
  const findParty = partyFinder(parties)
  const seen = new Map<string, number>()
  for (const row of rows) {
    const problems: RosterProblem[] = []
    const problem: Problem = (code, level, detail = '') =>
      problems.push({ code, level, detail: detail.slice(0, detailCharsMax) })
    const cell = (field: RosterField): string => readCell(table, row, places[field], problem)
    const name = checkName(tidyName(cell('name')), problem)
    const partyText = tidyLine(cell('party'))
    const partyId = checkParty(partyText, places.party !== undefined, parties, findParty, problem)
    const bodyRole = checkLength(tidyLine(cell('bodyRole')), problem)
    const household = checkLength(tidyLine(cell('household')), problem)
    const phone = checkPhone(tidyPhone(cell('phone')), problem)
    const households = checkFigure(tidyLine(cell('households')), problem)
    const weight = checkFigure(tidyLine(cell('weight')), problem)
    if (name !== '' && partyId !== null) {
      const key = personKey({ name, partyId, household })
      const before = seen.get(key)
      if (before !== undefined) problem('duplicateInFile', 'error', String(before))
      else if (known.has(key)) problem('alreadyInRoster', 'error', name)
      if (before === undefined) seen.set(key, row.line)
    }
    yield {
      line: row.line,
      name,
      partyId,
      partyText: partyText.slice(0, detailCharsMax),
      bodyRole,
      household,
      phone,
      households,
      weight,
      problems,
    }
  }
}

const readCell = (table: Table, row: TableRow, at: number | undefined, problem: Problem): string => {
  if (at === undefined) return ''
  const cell = row.cells[at] ?? ''
  if (row.formulas?.includes(at)) {
    problem('formula', 'error', tidyLine(cell))
    return cell
  }
  if (!table.isText) return cell
  const text = cell.trim()
  if (isFormula(text)) problem('formula', 'error', tidyLine(text))
  return unguardCell(text)
}

const checkName = (name: string, problem: Problem): string => {
  if (name === '') problem('nameMissing', 'error')
  if (name.length > limits.nameCharsMax) problem('nameTooLong', 'error', String(limits.nameCharsMax))
  return name.slice(0, limits.nameCharsMax)
}

const checkParty = (
  text: string,
  hasColumn: boolean,
  parties: readonly NamedParty[],
  findParty: (text: string) => string | null,
  problem: Problem,
): string | null => {
  if (!hasColumn && parties.length === 1) return parties[0]?.partyId ?? null
  if (text === '') {
    problem('partyMissing', 'error')
    return null
  }
  const partyId = findParty(text)
  if (partyId === null) problem('partyUnknown', 'error', text)
  return partyId
}

const checkLength = (text: string, problem: Problem): string => {
  if (text.length <= limits.nameCharsMax) return text
  problem('fieldTooLong', 'error', text)
  return text.slice(0, limits.nameCharsMax)
}

const checkFigure = (text: string, problem: Problem): number => {
  const figure = figureOf(text, limits.seatWeightMax)
  if (!Number.isNaN(figure)) return figure
  problem('figureOdd', 'error', text)
  return 1
}

const checkPhone = (phone: string, problem: Problem): string => {
  if (phone === '') return ''
  if (isIdentityNumber(phone)) {
    problem('phoneOdd', 'warning')
    return ''
  }
  if (phone.length > phoneCharsMax) {
    problem('fieldTooLong', 'error', phone)
    return phone.slice(0, phoneCharsMax)
  }
  if (!isPhone(phone)) problem('phoneOdd', 'warning', phone)
  return phone
}

/** Rows that will be saved. */
export const isGood = (row: RosterRow): boolean => row.problems.every(({ level }) => level !== 'error')
