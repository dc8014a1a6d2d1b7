// Cells on their way into files: quoted for CSV, kept from being run as formulas, escaped for workbooks.
import { guardCell } from './rosterCells.ts'

const quoted = (cell: string): string =>
  /[",\r\n;\t]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell

/** Lines end as RFC 4180 says. */
export const csvText = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map((cell) => quoted(guardCell(cell))).join(',')}\r\n`).join('')

/**
 * XLSX's own escape. The writing library takes neither a text that looks like one, nor a text that is the name of an
 * object's built-in property (`valueOf`), which it loses; both are written with their first character escaped.
 */
export const xlsxText = (cell: string): string => {
  const escaped = cell.replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
  if (!(escaped in {})) return escaped
  return `_x${escaped.charCodeAt(0).toString(16).padStart(4, '0')}_${escaped.slice(1)}`
}
