// Goes through the log of a draft row by row and finds who deleted what, and which letters are others moved. Runs on
// worker threads only. What it finds is the same wherever the log was merged on the way.
import * as Y from 'yjs'
import type { ClockMap } from './clockMap.ts'
import { forEachLetters, type LettersOf } from './letterRuns.ts'
import { findMoves, notMoved } from './moves.ts'
import { nothingKnown, type Provenance, type RowProvenance, readProvenance } from './provenance.ts'
import { isOrderable, type Scan, scanUpdate } from './scan.ts'

/** A row of the log, or its snapshot. */
export interface WrittenRow {
  readonly bytes: Uint8Array
  /** See provenance.ts. */
  readonly provenance: string | null
}

export interface WrittenLog {
  readonly base: WrittenRow | undefined
  /** In order. */
  readonly rows: readonly WrittenRow[]
  /** Whose the client ids are that write in this draft itself; letters of others of its family are followed there. */
  readonly owners: readonly { readonly clientId: number; readonly owner: string }[]
}

export interface Traced {
  readonly doc: Y.Doc
  readonly provenance: Provenance
  /** Rows that do not follow from those before them; they are not in the document. */
  readonly strays: readonly WrittenRow[]
}

/** `gc: false`: what was deleted stays, since amendments, versions and "who wrote this" need it. */
export const openDocument = (updates: readonly Uint8Array[]): Y.Doc => {
  const doc = new Y.Doc({ gc: false })
  for (const update of updates) Y.applyUpdate(doc, update)
  return doc
}

export const trace = ({ base, rows, owners }: WrittenLog): Traced => {
  const doc = openDocument(base ? [base.bytes] : [])
  const provenance = nothingKnown()
  readProvenance(base?.provenance ?? null, provenance)
  const ownerOf = new Map(owners.map(({ clientId, owner }) => [clientId, owner]))
  // Nodes that write at once may leave rows in another order than they depend on, so the rest is tried again.
  let waiting = [...rows]
  for (let before = -1; waiting.length !== before; ) {
    before = waiting.length
    waiting = waiting.filter((row) => !takeRow(doc, provenance, ownerOf, row))
  }
  return { doc, provenance, strays: waiting }
}

/** @returns whether it follows; nothing is changed where it does not */
const takeRow = (
  doc: Y.Doc,
  provenance: Provenance,
  ownerOf: ReadonlyMap<number, string>,
  { bytes, provenance: written }: WrittenRow,
): boolean => {
  const known = (client: number): number => Y.getState(doc.store, client)
  const scan = scanUpdate(bytes, known, Number.POSITIVE_INFINITY)
  if (!scan || !follows(scan, known)) return false
  const told = nothingKnown()
  const { deleter, again } = readProvenance(written, told)
  const begins = new Map(scan.sections.map(({ client }) => [client, known(client)]))
  const came: LettersOf[] = []
  for (const { client, clock, end } of scan.sections) {
    const by = ownerOf.get(client)
    const from = Math.max(clock, known(client))
    if (by !== undefined && from < end) came.push({ client, clock: from, length: end - from, by })
  }
  const deleted = apply(doc, bytes)
  for (const [client, from, to, source] of told.moved.entries())
    provenance.moved.put(client, from, to, source)
  const went = noteDeletions(doc, provenance, deleted, told, deleter)
  const beginsAt = (client: number): number => begins.get(client) ?? Number.POSITIVE_INFINITY
  const before = (span: LettersOf): LettersOf[] => {
    const length = Math.min(span.length, beginsAt(span.client) - span.clock)
    return length > 0 ? [{ ...span, length }] : []
  }
  findMoves(doc, provenance, {
    came: came.flatMap((span) => notMoved(provenance, span)),
    went: went.flatMap(before),
    again: again.flatMap(before),
    stoodBefore: ({ client, clock }) => clock < beginsAt(client),
  })
  return true
}

const follows = (scan: Scan, known: (client: number) => number): boolean => {
  const ends = new Map(scan.sections.map(({ client, end }) => [client, end]))
  const { deletes } = scan
  for (let i = 0; i < deletes.length; i += 3) {
    const client = deletes[i] as number
    if ((deletes[i + 2] as number) > Math.max(known(client), ends.get(client) ?? 0)) return false
  }
  return scan.sections.every(({ client, clock }) => clock <= known(client)) && isOrderable(scan)
}

type DeleteSet = Y.Transaction['deleteSet']

const apply = (doc: Y.Doc, bytes: Uint8Array): DeleteSet => {
  let deleted: DeleteSet | undefined
  doc.once('afterTransaction', (transaction: Y.Transaction) => {
    deleted = transaction.deleteSet
  })
  Y.applyUpdate(doc, bytes)
  if (!deleted) throw new Error('an update was applied in no transaction')
  return deleted
}

/** Notes who deleted what a row deleted. @returns what was deleted in this draft, and not in another of its family */
const noteDeletions = (
  doc: Y.Doc,
  provenance: Provenance,
  deleted: DeleteSet,
  told: Provenance,
  deleter: RowProvenance['deleter'],
): LettersOf[] => {
  const went: LettersOf[] = []
  const note = (client: number, from: number, to: number, by: string): void => {
    provenance.deleted.put(client, from, to, by)
    went.push({ client, clock: from, length: to - from, by })
  }
  const noteOwn = (client: number, from: number, to: number): void => {
    if (deleter === undefined) return
    if (typeof deleter === 'string') {
      note(client, from, to, deleter)
      return
    }
    deleter.forEach(client, from, to, (start, end, by) => {
      if (by !== undefined) {
        note(client, start, end, by)
        return
      }
      // What somebody wrote into a paragraph that another deleted at the same moment went with it.
      forEachLetters(doc, { client, clock: start, length: end - start }, (item, _, first, last) => {
        const around = whoDeletedAround(item, deleter)
        if (around !== undefined) note(client, first, last, around)
      })
    })
  }
  for (const [client, ranges] of deleted.clients) {
    for (const { clock, len } of ranges) {
      told.deleted.forEach(client, clock, clock + len, (from, to, by) => {
        if (by === undefined) noteOwn(client, from, to)
        else provenance.deleted.put(client, from, to, by)
      })
    }
  }
  return went
}

const whoDeletedAround = (item: Y.Item, deleter: ClockMap<string>): string | undefined => {
  for (let at = parentOf(item); at; at = parentOf(at)) {
    const by = deleter.at(at.id.client, at.id.clock)
    if (by !== undefined) return by
  }
  return undefined
}

const parentOf = ({ parent }: Y.Item): Y.Item | null =>
  parent instanceof Y.AbstractType ? parent._item : null
