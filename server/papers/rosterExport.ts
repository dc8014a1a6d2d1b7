// The roster as a file that the import reads back without a difference.
import writeXlsxFile from 'write-excel-file/node'
import { csvText, xlsxText } from './cells.ts'
import { encodeGb18030 } from './gb18030.ts'
import type { RosterPerson } from './roster.ts'
import { type RosterField, rosterFields } from './rosterCells.ts'
import type { NamedParty } from './rosterHeadings.ts'

const headings: Readonly<Record<RosterField, string>> = {
  name: '姓名',
  party: '界别',
  bodyRole: '会议身份',
  household: '户',
  phone: '手机',
  households: '代表户数',
  weight: '票权',
}

const widths: Readonly<Record<RosterField, number>> = {
  name: 16,
  party: 10,
  bodyRole: 16,
  household: 16,
  phone: 18,
  households: 10,
  weight: 10,
}

const rowsOf = (people: readonly RosterPerson[], parties: readonly NamedParty[]): string[][] => {
  const names = new Map(parties.map(({ partyId, name }) => [partyId, name.zh]))
  return people.map(({ name, partyId, bodyRole, household, phone, households, weight }) => {
    const cells: Record<RosterField, string> = {
      name,
      party: names.get(partyId) ?? '',
      bodyRole,
      household,
      phone,
      households: String(households),
      weight: String(weight),
    }
    return rosterFields.map((field) => cells[field])
  })
}

/** UTF-8 carries the mark by which spreadsheets know it; GB18030 is what older ones in China expect. */
export const rosterCsv = (
  people: readonly RosterPerson[],
  parties: readonly NamedParty[],
  encoding: 'utf-8' | 'gb18030',
): Uint8Array => {
  const rows = [rosterFields.map((field) => headings[field]), ...rowsOf(people, parties)]
  const text = csvText(rows)
  return encoding === 'gb18030' ? encodeGb18030(text) : new TextEncoder().encode(`\ufeff${text}`)
}

export const rosterXlsx = async (
  people: readonly RosterPerson[],
  parties: readonly NamedParty[],
): Promise<Uint8Array> => {
  const heading = rosterFields.map((field) => ({
    value: headings[field],
    type: String,
    fontWeight: 'bold' as const,
  }))
  const body = rowsOf(people, parties).map((row) =>
    row.map((cell) => (cell === '' ? null : { value: xlsxText(cell), type: String, format: '@' })),
  )
  const columns = rosterFields.map((field) => ({ width: widths[field] }))
  return writeXlsxFile([heading, ...body], { columns, sheet: '名册', stickyRowsCount: 1 }).toBuffer()
}
