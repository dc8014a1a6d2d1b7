// The thread that reads a roster: a hostile or huge file costs this thread its memory or its life, and the hall nothing.
import { parentPort, workerData } from 'node:worker_threads'
import { type Result, refuse } from '../../shared/kernel/result.ts'
import type { RosterRow } from '../../shared/wire/http.ts'
import { isOldWorkbook, isZip, readCsv } from './rosterCsv.ts'
import type { ReaderInput, ReaderMessage } from './rosterReading.ts'
import { type Table, understand } from './rosterRows.ts'

/** Rows to one message: small, so that the hall is never busy with one for long. */
const rowsPerMessage = 200

const readTable = async (bytes: Uint8Array): Promise<Result<Table>> => {
  if (bytes.length === 0) return refuse('rosterUnreadable', { reason: 'empty' })
  if (isOldWorkbook(bytes)) return refuse('rosterUnreadable', { reason: 'oldWorkbook' })
  if (!isZip(bytes)) return readCsv(bytes)
  const { readWorkbook } = await import('./rosterWorkbook.ts')
  return readWorkbook(bytes)
}

const tell = (message: ReaderMessage): void => parentPort?.postMessage(message)

const read = async ({ bytes, parties, known }: ReaderInput): Promise<void> => {
  const table = await readTable(bytes)
  if (!table.ok) return tell({ kind: 'refused', refusal: table.refusal })
  const understood = understand(table.value, parties, new Set(known))
  if (!understood.ok) return tell({ kind: 'refused', refusal: understood.refusal })
  const { columns, problems, total, rows } = understood.value
  tell({ kind: 'headings', format: table.value.format, columns, problems, total })
  let some: RosterRow[] = []
  for (const row of rows) {
    some.push(row)
    if (some.length < rowsPerMessage) continue
    tell({ kind: 'rows', rows: some })
    some = []
  }
  tell({ kind: 'rows', rows: some })
  tell({ kind: 'done' })
}

await read(workerData as ReaderInput)
