// XLSX files as a table: the first sheet, its values as text, and which of its cells are formulas.
import { readSheet } from 'read-excel-file/node'
import { accept, type Result, refuse } from '../../shared/kernel/result.ts'
import { refuseTooLong, type Table } from './rosterRows.ts'
import { type Entries, unzip, zip } from './zip.ts'

/** A roster of 5,000 rows unpacks to some 5 MB. */
const unpackedBytesMax = 48 * 1024 * 1024
const columnsMax = 1_000
/** Empty lines between people are forgiven, up to a point. */
const linesMax = 20_000

export const readWorkbook = async (bytes: Uint8Array): Promise<Result<Table>> => {
  const entries = unzip(Buffer.from(bytes), (name) => /\.(xml|rels)$/i.test(name), unpackedBytesMax)
  const path = entries && firstSheet(entries)
  const sheetXml = path && entries.get(path)?.toString('utf8')
  if (!entries || !path || !sheetXml) return refuse('rosterUnreadable', { reason: 'badWorkbook' })
  const marks = scanCells(sheetXml)
  if (marks.columns > columnsMax) return refuse('rosterUnreadable', { reason: 'badWorkbook' })
  const tooLong = refuseTooLong(marks.filledRows - headingRowsMax)
  if (marks.lastRow > linesMax) return refuse('rosterUnreadable', { reason: 'badWorkbook' })
  if (tooLong) return { ok: false, refusal: tooLong }
  try {
    const readable = new Map(entries).set(
      path,
      Buffer.from(withoutFormulas(withoutTail(sheetXml, marks.lastRow))),
    )
    const rows = await readSheet(zip(readable), 1, { parseNumber: numberText })
    return accept({
      format: 'xlsx',
      isText: false,
      rows: rows.map((cells, i) => ({
        line: i + 1,
        cells: cells.map(cellText),
        formulas: marks.formulas.get(i + 1) ?? [],
      })),
    })
  } catch {
    return refuse('rosterUnreadable', { reason: 'badWorkbook' })
  }
}

/** As many lines may stand above the people. */
const headingRowsMax = 10

/** Telephone and household numbers stay as they were typed; 1.38E10 is written out. */
const numberText = (text: string): string =>
  /e/i.test(text) && Number.isFinite(Number(text)) ? String(Number(text)) : text

const cellText = (value: unknown): string => {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  return String(value)
}

const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(`\\s${name}\\s*=\\s*"([^"]*)"`).exec(tag)?.[1]

/** The sheet that stands first in the workbook, which need not be sheet1.xml. */
const firstSheet = (entries: Entries): string => {
  const workbook = entries.get('xl/workbook.xml')?.toString('utf8') ?? ''
  const relations = entries.get('xl/_rels/workbook.xml.rels')?.toString('utf8') ?? ''
  const sheet = /<(?:\w+:)?sheet\s[^>]*>/.exec(workbook)?.[0] ?? ''
  const relation = attribute(sheet, '(?:\\w+:)?id')
  const tags = relations.match(/<(?:\w+:)?Relationship\s[^>]*>/g) ?? []
  const target = tags.find((tag) => attribute(tag, 'Id') === relation)
  const path = target && attribute(target, 'Target')
  if (path === undefined) return 'xl/worksheets/sheet1.xml'
  return path.startsWith('/') ? path.slice(1) : `xl/${path}`
}

/** Rows that only have borders may go down to the million-th line; the library would make each of them. */
const withoutTail = (xml: string, lastRow: number): string => {
  for (const row of xml.matchAll(/<(?:\w+:)?row\s(?:[^>]*\s)?r\s*=\s*"(\d+)"/g)) {
    if (Number(row[1]) <= lastRow) continue
    const end = xml.search(/<\/(?:\w+:)?sheetData>/)
    return end > row.index ? xml.slice(0, row.index) + xml.slice(end) : xml
  }
  return xml
}

/** A formula that was never worked out would make the library refuse the whole file; its row is kept out anyway. */
const withoutFormulas = (xml: string): string =>
  xml.replace(
    /<((?:\w+:)?)c(\s[^>]*[^>/])>\s*<(?:\w+:)?f[\s>/][\s\S]*?<\/\1c>/g,
    (cell: string, prefix: string, tag: string) => {
      const shown = attribute(tag, 't') === 's' ? '' : (/<(?:\w+:)?v>([^<]*)</.exec(cell)?.[1] ?? '')
      const address = `r="${attribute(tag, 'r') ?? ''}"`
      return `<${prefix}c ${address} t="inlineStr"><${prefix}is><${prefix}t>${shown}</${prefix}t></${prefix}is></${prefix}c>`
    },
  )

interface Marks {
  /** Row number → columns (from 0) with a formula. */
  readonly formulas: ReadonlyMap<number, number[]>
  readonly filledRows: number
  readonly lastRow: number
  readonly columns: number
}

/** The reading library gives the value that a formula last had; that it is one, only the file itself tells. */
const scanCells = (xml: string): Marks => {
  const formulas = new Map<number, number[]>()
  const filled = new Set<number>()
  let columns = 0
  let lastRow = 0
  for (const [, tag = '', rest = ''] of xml.matchAll(
    /<(?:\w+:)?c(\s[^>]*)>\s*(?:<(?:\w+:)?(f|v|is)[\s/>])?/g,
  )) {
    const at = /\sr\s*=\s*"([A-Z]{1,3})(\d{1,7})"/.exec(tag)
    if (!at) continue
    const column = columnNumber(at[1] ?? '')
    const row = Number(at[2])
    columns = Math.max(columns, column + 1)
    if (rest === '' || tag.endsWith('/')) continue
    filled.add(row)
    lastRow = Math.max(lastRow, row)
    if (rest === 'f') formulas.set(row, [...(formulas.get(row) ?? []), column])
  }
  return { formulas, filledRows: filled.size, lastRow, columns }
}

/** A is 0, Z 25, AA 26. */
const columnNumber = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
