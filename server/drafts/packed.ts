// Scans and clocks as they travel between the event loop and the worker thread: lists of numbers, nothing to clone.
import type { Scan, Section } from './scan.ts'

/** Client, clock, end, structs, from, to of each section; the bytes travel once. */
export type PackedSections = Float64Array<ArrayBuffer>

export interface PackedScan extends Pick<Scan, 'textBytes' | 'emptyUnits' | 'isPoison'> {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly sections: PackedSections
  readonly deletes: Float64Array<ArrayBuffer>
  readonly needs: Float64Array<ArrayBuffer>
}

const perSection = 6

export const packSections = (sections: readonly Section[]): PackedSections => {
  const packed = new Float64Array(sections.length * perSection)
  sections.forEach(({ client, clock, end, structs, from, to }, i) => {
    packed.set([client, clock, end, structs, from, to], i * perSection)
  })
  return packed
}

export const unpackSections = (bytes: Uint8Array, packed: PackedSections): Section[] => {
  const at = (i: number): number => packed[i] as number
  return Array.from({ length: packed.length / perSection }, (_, index) => {
    const i = index * perSection
    const [client, clock, end] = [at(i), at(i + 1), at(i + 2)]
    const [structs, from, to] = [at(i + 3), at(i + 4), at(i + 5)]
    return { bytes, client, clock, end, structs, from, to, textAt: -1, rightAt: -1, joins: false }
  })
}

export const packScan = (scan: Scan): PackedScan => ({
  bytes: new Uint8Array(scan.bytes),
  sections: packSections(scan.sections),
  deletes: Float64Array.from(scan.deletes),
  needs: Float64Array.from(scan.needs),
  textBytes: scan.textBytes,
  emptyUnits: scan.emptyUnits,
  isPoison: scan.isPoison,
})

export const unpackScan = (packed: PackedScan): Scan => ({
  ...packed,
  sections: unpackSections(packed.bytes, packed.sections),
  deletes: Array.from(packed.deletes),
  needs: Array.from(packed.needs),
})

/** Pairs client, next clock. */
export const packClocks = (clocks: ReadonlyMap<number, number>): Float64Array<ArrayBuffer> => {
  const packed = new Float64Array(clocks.size * 2)
  let i = 0
  for (const [client, clock] of clocks) {
    packed[i] = client
    packed[i + 1] = clock
    i += 2
  }
  return packed
}

export const unpackClocks = (packed: Float64Array): Map<number, number> => {
  const clocks = new Map<number, number>()
  for (let i = 0; i < packed.length; i += 2) clocks.set(packed[i] as number, packed[i + 1] as number)
  return clocks
}
