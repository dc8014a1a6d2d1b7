// What one draft holds, in figures: clocks, deletions, whose client ids, sizes. The guard judges by it.
import type { DraftLimits } from './draftLimits.ts'
import { addMissing, noRanges, type Ranges } from './ranges.ts'
import type { Section } from './scan.ts'

/** An update as it was let in: only what is new. */
export interface Piece {
  readonly sections: readonly Section[]
  /** Triples client, from, to; grouped by client, in order, none of them held. */
  readonly deletes: readonly number[]
  /** All that it deletes, where some of it others had deleted just before: what is put elsewhere twice came from there. */
  readonly again?: readonly number[]
  readonly textBytes: number
  readonly edits: number
  /** Client ids seen for the first time. */
  readonly freshClients: readonly number[]
}

export interface Holdings {
  readonly clocks: Map<number, number>
  readonly deleted: Map<number, Ranges>
  /** Client id to the seat or account that first wrote under it. */
  readonly owners: Map<number, string>
  edits: number
  storedBytes: number
  insertedBytes: number
  insertedUnits: number
  deletedUnits: number
}

export const emptyHoldings = (): Holdings => ({
  clocks: new Map(),
  deleted: new Map(),
  owners: new Map(),
  edits: 0,
  storedBytes: 0,
  insertedBytes: 0,
  insertedUnits: 0,
  deletedUnits: 0,
})

export const knownClock = (holdings: Holdings, client: number): number => holdings.clocks.get(client) ?? 0

/** Takes a piece in. Its sections must begin where the clocks end. */
export const admit = (holdings: Holdings, piece: Piece): void => {
  for (const { client, clock, end, from, to } of piece.sections) {
    holdings.clocks.set(client, end)
    holdings.insertedUnits += end - clock
    holdings.storedBytes += to - from
  }
  admitDeletes(holdings, piece.deletes)
  holdings.insertedBytes += piece.textBytes
  holdings.edits += piece.edits
}

const admitDeletes = (holdings: Holdings, deletes: readonly number[]): void => {
  for (let i = 0; i < deletes.length; ) {
    const client = deletes[i] as number
    const pairs: number[] = []
    for (; i < deletes.length && deletes[i] === client; i += 3) {
      pairs.push(deletes[i + 1] as number, deletes[i + 2] as number)
    }
    let set = holdings.deleted.get(client)
    if (!set) {
      set = noRanges()
      holdings.deleted.set(client, set)
    }
    holdings.deletedUnits += addMissing(set, pairs)
  }
}

/**
 * UTF-8 bytes of the text that stands, estimated: the hall keeps no parsed document, so it takes deleted letters to be
 * as wide as the others.
 */
export const standingTextBytes = (
  { insertedBytes, insertedUnits, deletedUnits }: Holdings,
  goingUnits = 0,
): number =>
  insertedUnits === 0 ? 0 : Math.round(insertedBytes * (1 - (deletedUnits + goingUnits) / insertedUnits))

/**
 * Whether so much more would go over a bound.
 * @param deletes what goes at the same time, as triples client, from, to: a text replaced by another makes room for it
 */
export const isFull = (
  holdings: Holdings,
  textBytes: number,
  storedBytes: number,
  limits: DraftLimits,
  deletes: readonly number[] = [],
): boolean =>
  holdings.edits + 1 > limits.editsMax ||
  holdings.storedBytes + storedBytes > limits.storedBytesMax ||
  standingTextBytes(holdings, unitsOf(deletes)) + textBytes > limits.textBytesMax

/** @param deletes triples client, from, to */
export const unitsOf = (deletes: readonly number[]): number => {
  let units = 0
  for (let i = 0; i < deletes.length; i += 3) units += (deletes[i + 2] as number) - (deletes[i + 1] as number)
  return units
}
