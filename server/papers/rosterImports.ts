// The life of an import: a file is read into a preview, looked at, and saved as a whole or thrown away.
import { limits } from '../../shared/kernel/limits.ts'
import { accept, type Result, refuse } from '../../shared/kernel/result.ts'
import type { RosterImport, RosterRow, RosterSaved } from '../../shared/wire/http.ts'
import { step } from '../ports.ts'
import type { Roster, RosterDeps } from './roster.ts'
import { personKey } from './rosterCells.ts'
import { openRosterReader } from './rosterReading.ts'
import { isGood } from './rosterRows.ts'

export interface RosterImports {
  start(
    by: { unitId: string; accountId: string },
    file: { name: string; bytes: Uint8Array },
  ): Promise<Result<RosterImport>>
  /** The import as JSON text: with 5,000 rows it is sent as it is kept, neither parsed nor written anew. */
  follow(unitId: string, importId: string): Promise<Result<string>>
  /** Saves the good rows in one write; asked again, answers the same and saves nothing more. */
  confirm(unitId: string, importId: string): Promise<Result<RosterSaved>>
  drop(unitId: string, importId: string): Promise<Result<undefined>>
  /** Resolves when nothing is being read any more. */
  settled(): Promise<void>
}

/** What the table keeps of an import; after the confirmation only figures, no names. */
type Kept = Omit<RosterImport, 'importId' | 'fileName'> & { readonly saved?: RosterSaved }

/** Previews nobody confirmed hold names: they do not stay. */
const forgottenAfterMs = 24 * 60 * 60_000
/** A file that another node reads, or that a stopped process was reading. */
const readingMsMax = 120_000
const fileNameCharsMax = 120

const blank: Kept = {
  state: 'reading',
  rowsDone: 0,
  rowsTotal: null,
  format: '',
  columns: [],
  problems: [],
  rows: [],
  good: 0,
  bad: 0,
  refusal: null,
}

const blankText = JSON.stringify(blank)
const lostText = JSON.stringify({
  ...blank,
  state: 'unreadable',
  refusal: { code: 'rosterUnreadable', detail: { reason: 'interrupted' } },
})

export const openRosterImports = (
  deps: RosterDeps & { onFault: (fault: unknown) => void },
  roster: Roster,
): RosterImports => {
  const { store, clock, ids } = deps
  const { db } = store
  const reader = openRosterReader()
  const reading = new Map<string, { unitId: string; fileName: string; kept: Kept; done: Promise<void> }>()
  let confirming: Promise<unknown> = Promise.resolve()

  const keep = (importId: string, kept: Kept) =>
    step(
      db
        .updateTable('rosterImports')
        .set({ rows: JSON.stringify(kept) })
        .where('importId', '=', importId),
    )

  const read = async (unitId: string, importId: string, bytes: Uint8Array): Promise<void> => {
    const entry = reading.get(importId)
    if (!entry) return
    const rows: RosterRow[] = []
    const [parties, people] = await Promise.all([deps.parties(unitId), roster.fullPeople(unitId)])
    const refusal = await reader.read(
      { bytes, parties, known: people.map(personKey) },
      {
        headings: ({ format, columns, problems, total }) => {
          entry.kept = { ...entry.kept, format, columns, problems, rowsTotal: total }
        },
        rows: (more) => {
          rows.push(...more)
          entry.kept = { ...entry.kept, rowsDone: rows.length }
        },
      },
    )
    const good = rows.filter(isGood).length
    const read: Kept = refusal
      ? { ...blank, state: 'unreadable', refusal: { ...refusal } }
      : { ...entry.kept, state: 'ready', rows, good, bad: rows.length - good }
    // It is shown as read only once it is kept, so that whoever sees it can confirm it.
    await store.write([keep(importId, read)])
  }

  const start: RosterImports['start'] = async ({ unitId, accountId }, { name, bytes }) => {
    if (reader.isFull()) return refuse('busy')
    const importId = ids.newId('import')
    const fileName = name.slice(-fileNameCharsMax)
    const row = {
      importId,
      unitId,
      accountId,
      fileName,
      rows: blankText,
      createdAt: clock.now(),
      confirmedAt: null,
    }
    const forgotten = db
      .deleteFrom('rosterImports')
      .where('confirmedAt', 'is', null)
      .where('createdAt', '<', clock.now() - forgottenAfterMs)
    await store.write([step(forgotten), step(db.insertInto('rosterImports').values(row), { expect: 1 })])
    const entry = { unitId, fileName, kept: blank, done: Promise.resolve() }
    reading.set(importId, entry)
    entry.done = read(unitId, importId, bytes)
      .catch(deps.onFault)
      .finally(() => reading.delete(importId))
    return accept({ importId, fileName, ...entry.kept })
  }

  const find = (unitId: string, importId: string) =>
    db
      .selectFrom('rosterImports')
      .select(['fileName', 'createdAt', 'rows'])
      .where('importId', '=', importId)
      .where('unitId', '=', unitId)
      .executeTakeFirst()

  const follow: RosterImports['follow'] = async (unitId, importId) => {
    const here = reading.get(importId)
    if (here && here.unitId === unitId) {
      return accept(JSON.stringify({ importId, fileName: here.fileName, ...here.kept }))
    }
    const row = await find(unitId, importId)
    if (!row) return refuse('importUnknown')
    const isLost = row.rows === blankText && clock.now() - Number(row.createdAt) > readingMsMax
    const kept = isLost ? lostText : row.rows
    const head = JSON.stringify({ importId, fileName: row.fileName })
    return accept(`${head.slice(0, -1)},${kept.slice(1)}`)
  }

  const alreadySaved = async (unitId: string, importId: string): Promise<Result<RosterSaved>> => {
    const row = await find(unitId, importId)
    const { saved }: Partial<Kept> = row ? JSON.parse(row.rows) : {}
    return saved ? accept(saved) : refuse('importUnknown')
  }

  const save = async (unitId: string, importId: string): Promise<Result<RosterSaved>> => {
    const row = await find(unitId, importId)
    if (!row) return refuse('importUnknown')
    const preview = JSON.parse(row.rows) as Kept
    if (preview.saved) return accept(preview.saved)
    if (preview.state !== 'ready') {
      return refuse(preview.state === 'reading' ? 'busy' : 'rosterNothingToSave')
    }
    // Someone may have been added since the preview was made.
    const known = new Set((await roster.fullPeople(unitId)).map(personKey))
    const people = preview.rows.filter(isGood).flatMap((row) => {
      const { name, partyId, bodyRole, household, phone, households, weight } = row
      if (partyId === null) return []
      const person = { name, partyId, bodyRole, household, phone, households, weight }
      return known.has(personKey(person)) ? [] : [person]
    })
    if (people.length === 0) return refuse('rosterNothingToSave')
    if (known.size + people.length > limits.rosterRowsMax)
      return refuse('tooMany', { max: limits.rosterRowsMax })
    const saved = { saved: people.length, skipped: preview.rows.length - people.length }
    const kept: Kept = { ...preview, state: 'saved', rows: [], saved }
    const confirmed = db
      .updateTable('rosterImports')
      .set({ confirmedAt: clock.now(), rows: JSON.stringify(kept) })
      .where('importId', '=', importId)
      .where('confirmedAt', 'is', null)
    const written = await store.write([
      step(confirmed, { expect: 1 }),
      ...(await roster.insertSteps(unitId, people)),
    ])
    // Another node was faster, or the preview was thrown away in the meantime.
    return written.ok ? accept(saved) : alreadySaved(unitId, importId)
  }

  return {
    start,
    follow,
    // One after the other, so that two previews with the same people do not both save them.
    confirm: (unitId, importId) => {
      const done = confirming.then(() => save(unitId, importId))
      confirming = done.catch(() => {})
      return done
    },
    drop: async (unitId, importId) => {
      const dropped = db
        .deleteFrom('rosterImports')
        .where('importId', '=', importId)
        .where('unitId', '=', unitId)
        .where('confirmedAt', 'is', null)
      const written = await store.write([step(dropped, { expect: 1 })])
      return written.ok ? accept(undefined) : refuse('importUnknown')
    },
    settled: async () => {
      await Promise.all([...reading.values()].map(({ done }) => done))
    },
  }
}
