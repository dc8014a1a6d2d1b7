// Judges an update before anything of it is kept: who may write under which client id, no gaps, no claims beyond what
// was sent, bounds. Pure: it reads the holdings and changes nothing.
import type { DraftCloseReason } from '../../shared/drafts/wire.ts'
import type { DraftLimits } from './draftLimits.ts'
import { type Holdings, isFull, knownClock, type Piece, unitsOf } from './holdings.ts'
import { forEachMissing, inOrder, pairsByClient } from './ranges.ts'
import { isOrderable, type Scan, type Section, scanUpdate } from './scan.ts'
import { trimSection } from './trim.ts'

export interface Writer {
  readonly owner: string
  readonly mayEdit: boolean
  /**
   * Its answer to the server's first question has arrived. Until then an honest client may already send what it types
   * on top of edits that the server has not seen: such an update is passed over, since the answer will hold it again.
   */
  readonly settled: boolean
}

/** Owner of a client id that is taken: it was written under, or it is on show in a live connection. */
export type OwnerOf = (client: number) => string | undefined

export type Verdict =
  | { readonly kind: 'piece'; readonly piece: Piece }
  | { readonly kind: 'nothingNew' }
  /** See `Writer.settled`. */
  | { readonly kind: 'early' }
  | { readonly kind: 'refused'; readonly reason: DraftCloseReason }

const nothingNew: Verdict = { kind: 'nothingNew' }
const early: Verdict = { kind: 'early' }
const refused = (reason: DraftCloseReason): Verdict => ({ kind: 'refused', reason })

export const judgeUpdate = (
  holdings: Holdings,
  ownerOf: OwnerOf,
  writer: Writer,
  bytes: Uint8Array,
  limits: DraftLimits,
): Verdict => {
  if (isEmptyUpdate(bytes)) return nothingNew
  const scan = scanUpdate(bytes, (client) => knownClock(holdings, client), limits.deletedRangesPerUpdateMax)
  return judgeScan(holdings, ownerOf, writer, scan, bytes.length, limits)
}

/** @param scan undefined for what does not decode; its needs are those that the holdings do not meet */
export const judgeScan = (
  holdings: Holdings,
  ownerOf: OwnerOf,
  writer: Writer,
  scan: Scan | undefined,
  bytesLength: number,
  limits: DraftLimits,
): Verdict => {
  if (!scan || scan.isPoison) return refused('malformed')
  const sections: Section[] = []
  const freshClients: number[] = []
  let beyond = false
  for (const section of scan.sections) {
    const held = knownClock(holdings, section.client)
    if (section.end <= held) continue
    const owner = ownerOf(section.client)
    if (owner !== undefined && owner !== writer.owner) return refused('clientTaken')
    // One that is only on show so far is not written down yet.
    if (!holdings.owners.has(section.client)) freshClients.push(section.client)
    if (section.end > limits.clockMax) return refused('runTooLong')
    if (section.clock > held) beyond = true
    const fresh = section.clock < held ? trimSection(section, held) : section
    if (!fresh) return refused('malformed')
    sections.push(fresh)
  }
  if (scan.emptyUnits > limits.deletedUnitsPerUpdateMax) return refused('runTooLong')
  if (freshClients.length > limits.freshClientsPerUpdateMax) return refused('tooLarge')
  if (sections.length > 0 && !writer.mayEdit) return refused('draftReadOnly')
  if (beyond || !isOrderable(scan)) return writer.settled ? refused('clockGap') : early

  const deletes = freshDeletes(holdings, scan)
  if (!deletes) return writer.settled ? refused('deleteBeyond') : early
  if (sections.length === 0 && deletes.length === 0) return nothingNew
  // Yjs itself deletes in a reader's document (superseded attributes, idle format marks): no offence, and not kept.
  if (!writer.mayEdit) return nothingNew
  if (sections.length > 0 && isFull(holdings, scan.textBytes, bytesLength, limits, deletes))
    return refused('draftFull')
  const piece: Piece = { sections, deletes, textBytes: scan.textBytes, edits: 1, freshClients }
  return { kind: 'piece', piece: deletesAgain(piece, scan) ? { ...piece, again: scan.deletes } : piece }
}

/** An honest edit deletes less; who was away for long says all that was ever deleted. */
const againRangesMax = 200

const deletesAgain = ({ sections, deletes }: Piece, scan: Scan): boolean =>
  sections.length > 0 && scan.deletes.length <= 3 * againRangesMax && unitsOf(deletes) < unitsOf(scan.deletes)

/** A scan made against older holdings, with the needs that remain. */
export const upToDate = (holdings: Holdings, scan: Scan): Scan => {
  const needs: number[] = []
  for (let i = 0; i < scan.needs.length; i += 4) {
    const [client, clock] = [scan.needs[i + 2] as number, scan.needs[i + 3] as number]
    if (clock < knownClock(holdings, client)) continue
    needs.push(scan.needs[i] as number, scan.needs[i + 1] as number, client, clock)
  }
  return { ...scan, needs }
}

/** The usual answer of a client that has nothing to say. */
const isEmptyUpdate = (bytes: Uint8Array): boolean => bytes.length === 2 && bytes[0] === 0 && bytes[1] === 0

/** What it deletes that still stands, in order; undefined when it deletes what does not exist. */
const freshDeletes = (holdings: Holdings, { sections, deletes }: Scan): number[] | undefined => {
  let ends: Map<number, number> | undefined
  for (let i = 0; i < deletes.length; i += 3) {
    const client = deletes[i] as number
    const to = deletes[i + 2] as number
    if (to > knownClock(holdings, client)) {
      ends ??= new Map(sections.map((section) => [section.client, section.end]))
      if (to > (ends.get(client) ?? 0)) return undefined
    }
  }
  const fresh: number[] = []
  for (const [client, pairs] of pairsByClient([deletes])) {
    forEachMissing(holdings.deleted.get(client), inOrder(pairs), (from, to) => fresh.push(client, from, to))
  }
  return fresh
}

/**
 * Fits what the store holds (rows of the log, of this node or another) to the holdings: what is held already is cut off.
 * Undefined when it does not follow yet.
 */
export const fitStored = (holdings: Holdings, scan: Scan, edits: number): Piece | undefined => {
  const sections: Section[] = []
  for (const section of scan.sections) {
    const held = knownClock(holdings, section.client)
    if (section.end <= held) continue
    if (section.clock > held) return undefined
    const fresh = section.clock < held ? trimSection(section, held) : section
    if (!fresh) return undefined
    sections.push(fresh)
  }
  const deletes = freshDeletes(holdings, scan)
  if (!deletes) return undefined
  return { sections, deletes, textBytes: scan.textBytes, edits, freshClients: [] }
}
