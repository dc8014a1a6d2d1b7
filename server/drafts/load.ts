// Brings a draft from the store into memory: figures for the guard, bytes for the joiners.
import { fitStored } from './guard.ts'
import { emptyHistory, type History } from './history.ts'
import { admit, emptyHoldings, type Holdings, type Piece } from './holdings.ts'
import type { StoredDraft } from './log.ts'
import { unbounded } from './news.ts'
import { everything, type Scan, scanUpdate } from './scan.ts'
import { stitch } from './stitch.ts'
import type { Workbench } from './workbench.ts'

export interface LoadedDraft {
  readonly holdings: Holdings
  readonly history: History
  /** Rows that do not decode or do not follow; they stay in the store, and are not served. */
  readonly strayRows: readonly number[]
}

/** From so many bytes on. Nobody is in the draft yet, and whoever comes first after a start would wait for the thread too. */
const longBytes = 512 * 1024

/** Long parts are read on the worker thread. */
export const loadDraftAside = async (stored: StoredDraft, workbench: Workbench): Promise<LoadedDraft> => {
  const parts = [...(stored.snapshot ? [stored.snapshot] : []), ...stored.rows]
  const long = parts.filter(({ bytes }) => bytes.length >= longBytes)
  const scans = new Map<Uint8Array, Scan | undefined>()
  for (const { bytes } of long) scans.set(bytes, await workbench.news(bytes, new Map(), unbounded))
  return loadDraft(stored, (bytes) => (scans.has(bytes) ? scans.get(bytes) : scanStored(bytes)))
}

type ScanStored = (bytes: Uint8Array) => Scan | undefined

const scanStored: ScanStored = (bytes) => scanUpdate(bytes, everything, Number.POSITIVE_INFINITY)

export const loadDraft = (stored: StoredDraft, scanOf: ScanStored = scanStored): LoadedDraft => {
  const holdings = emptyHoldings()
  const history = emptyHistory()
  for (const { clientId, owner } of stored.owners) holdings.owners.set(clientId, owner)
  const { snapshot } = stored
  if (snapshot) {
    const scan = scanOf(snapshot.bytes)
    const piece = scan && fitStored(holdings, scan, snapshot.edits)
    if (!scan || !piece) throw new Error('the snapshot of a draft does not decode')
    admit(holdings, piece)
    history.base = {
      bytes: scan.bytes,
      sections: scan.sections,
      deletesAt: scan.sections[scan.sections.length - 1]?.to ?? 1,
      upTo: snapshot.upTo,
      edits: snapshot.edits,
    }
  }
  const strayRows = addRows(holdings, history, stored.rows, scanOf)
  history.clocks = new Map(holdings.clocks)
  return { holdings, history, strayRows }
}

/** Nodes that write at once may leave rows in another order than they depend on, so the rest is tried again. */
const addRows = (
  holdings: Holdings,
  history: History,
  rows: StoredDraft['rows'],
  scanOf: ScanStored,
): number[] => {
  const pieces: Piece[] = []
  const taken: number[] = []
  let waiting = [...rows]
  let edits = 0
  for (let before = -1; waiting.length !== before; ) {
    before = waiting.length
    waiting = waiting.filter((row) => {
      const scan = scanOf(row.bytes)
      const piece = scan && fitStored(holdings, scan, row.edits)
      if (!piece) return true
      admit(holdings, piece)
      pieces.push(piece)
      taken.push(row.updateId)
      edits += row.edits
      return false
    })
  }
  if (pieces.length > 0) {
    taken.sort((a, b) => a - b)
    history.tail.push({ packet: stitch(pieces), rows: taken, edits })
  }
  return waiting.map(({ updateId }) => updateId)
}
