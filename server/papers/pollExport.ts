// A poll sheet as a file: CSV with a part for each sheet, or a workbook.
import writeXlsxFile from 'write-excel-file/node'
import { csvText, xlsxText } from './cells.ts'
import type { Cell, PollSheet } from './pollSheet.ts'

const columnWidth = 18
const firstColumnWidth = 26

/** UTF-8 with the mark by which spreadsheets know it. */
export const pollCsv = (sheets: readonly PollSheet[]): Uint8Array => {
  const parts = sheets.map(({ name, rows }) => [[`[${name}]`], ...rows])
  const rows = parts.flatMap((part, i) => (i === 0 ? part : [[], ...part]))
  return new TextEncoder().encode(`\ufeff${csvText(rows.map((row) => row.map(String)))}`)
}

const xlsxCell = (cell: Cell) => {
  if (cell === '') return null
  if (typeof cell === 'number') return { value: cell, type: Number }
  return { value: xlsxText(cell), type: String, format: '@' }
}

export const pollXlsx = async (sheets: readonly PollSheet[]): Promise<Uint8Array> => {
  const wide = (rows: PollSheet['rows']) => Math.max(1, ...rows.map((row) => row.length))
  return writeXlsxFile(
    sheets.map(({ name, rows }) => ({
      sheet: name,
      data: rows.map((row) => row.map(xlsxCell)),
      columns: Array.from({ length: wide(rows) }, (_, i) => ({
        width: i === 0 ? firstColumnWidth : columnWidth,
      })),
    })),
  ).toBuffer()
}
