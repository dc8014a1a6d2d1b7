// Brings a draft from the store into memory: figures for the guard, bytes for the joiners.

import { fitStored } from './guard.ts'
import { emptyHistory, type History } from './history.ts'
import { admit, emptyHoldings, type Holdings, type Piece } from './holdings.ts'
import type { StoredDraft } from './log.ts'
import { everything, type Scan, scanUpdate } from './scan.ts'
import { stitch } from './stitch.ts'

export interface LoadedDraft {
  readonly holdings: Holdings
  readonly history: History
  /** Rows that do not decode or do not follow; they stay in the store, and are not served. */
  readonly strayRows: readonly number[]
}

export const loadDraft = (stored: StoredDraft): LoadedDraft => {
  const holdings = emptyHoldings()
  const history = emptyHistory()
  for (const { clientId, owner } of stored.owners) holdings.owners.set(clientId, owner)
  const { snapshot } = stored
  if (snapshot) {
    const scan = scanStored(snapshot.bytes)
    const piece = scan && fitStored(holdings, scan, snapshot.edits)
    if (!scan || !piece) throw new Error('the snapshot of a draft does not decode')
    admit(holdings, piece)
    history.base = {
      bytes: snapshot.bytes,
      sections: scan.sections,
      deletesAt: scan.sections[scan.sections.length - 1]?.to ?? 1,
      upTo: snapshot.upTo,
      edits: snapshot.edits,
    }
  }
  const strayRows = addRows(holdings, history, stored.rows)
  return { holdings, history, strayRows }
}

const scanStored = (bytes: Uint8Array): Scan | undefined =>
  scanUpdate(bytes, everything, Number.POSITIVE_INFINITY)

/** Nodes that write at once may leave rows in another order than they depend on, so the rest is tried again. */
const addRows = (holdings: Holdings, history: History, rows: StoredDraft['rows']): number[] => {
  const pieces: Piece[] = []
  const taken: number[] = []
  let waiting = [...rows]
  let edits = 0
  for (let before = -1; waiting.length !== before; ) {
    before = waiting.length
    waiting = waiting.filter((row) => {
      const scan = scanStored(row.bytes)
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
