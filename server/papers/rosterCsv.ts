// Which kind of file it is, and text files as a table: whichever encoding and separator a spreadsheet on a village
// computer wrote.
import { parse } from 'csv-parse/sync'
import { accept, type Result, refuse } from '../../shared/kernel/result.ts'
import type { Table } from './rosterRows.ts'

export const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b
/** The older XLS, and encrypted workbooks. */
export const isOldWorkbook = (bytes: Uint8Array): boolean => bytes[0] === 0xd0 && bytes[1] === 0xcf

interface Decoded {
  readonly text: string
  readonly encoding: string
}

/** UTF-8 is tried first and strictly: GB18030 would make something of nearly any bytes. */
const decode = (bytes: Uint8Array): Decoded | null => {
  const [a, b] = bytes
  const asked: readonly [string, string][] =
    a === 0xff && b === 0xfe
      ? [['utf-16le', 'UTF-16']]
      : a === 0xfe && b === 0xff
        ? [['utf-16be', 'UTF-16']]
        : [
            ['utf-8', 'UTF-8'],
            ['gb18030', 'GB18030'],
          ]
  for (const [label, encoding] of asked) {
    try {
      return { text: new TextDecoder(label, { fatal: true }).decode(bytes), encoding }
    } catch {}
  }
  return null
}

/** The separator that stands most often in the first line that has text, outside of quotes. */
const delimiterOf = (text: string): string => {
  const start = text.search(/\S/)
  const end = text.slice(start).search(/[\r\n]/)
  const line = text.slice(start, end < 0 ? undefined : start + end).replace(/"[^"]*"/g, '')
  const counts = [',', ';', '\t', '，'].map((mark) => ({ mark, count: line.split(mark).length }))
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).mark
}

export const readCsv = (bytes: Uint8Array): Result<Table> => {
  const decoded = decode(bytes)
  // A file with zero bytes is no text, whatever decodes it.
  if (!decoded || decoded.text.includes('\u0000')) return refuse('rosterUnreadable', { reason: 'notText' })
  if (decoded.text.trim() === '') return refuse('rosterUnreadable', { reason: 'empty' })
  try {
    const records: { record: string[]; info: { lines: number } }[] = parse(decoded.text, {
      delimiter: delimiterOf(decoded.text),
      relax_column_count: true,
      relax_quotes: true,
      info: true,
    }) as never
    let line = 1
    const rows = records.map(({ record, info }) => {
      const row = { line, cells: record }
      line = info.lines + 1
      return row
    })
    return accept({ format: `csv, ${decoded.encoding}`, isText: true, rows })
  } catch {
    return refuse('rosterUnreadable', { reason: 'badCsv' })
  }
}
