// What of an update is new to whoever holds so much: the rest is cut away, deletions are in order. Runs on the worker
// thread, since an update may be as long as a book.
import { groupDeletes } from './ranges.ts'
import { everything, type Known, type Scan, type Section, scanUpdate } from './scan.ts'
import { stitch } from './stitch.ts'
import { trimSection } from './trim.ts'

/** What an update may consist of; an honest one, however long, is far below. */
export interface NewsBounds {
  readonly deletedRangesMax: number
  /** Client ids with something new. */
  readonly sectionsMax: number
  /** References between client ids with something new. */
  readonly needsMax: number
}

export const unbounded: NewsBounds = {
  deletedRangesMax: Number.POSITIVE_INFINITY,
  sectionsMax: Number.POSITIVE_INFINITY,
  needsMax: Number.POSITIVE_INFINITY,
}

/** @returns undefined for whatever does not decode or is out of bounds */
export const newsIn = (
  bytes: Uint8Array,
  clocks: ReadonlyMap<number, number>,
  { deletedRangesMax, sectionsMax, needsMax }: NewsBounds,
): Scan | undefined => {
  const whole = scanUpdate(bytes, everything, deletedRangesMax)
  if (!whole) return undefined
  const sections: Section[] = []
  for (const section of whole.sections) {
    const held = clocks.get(section.client) ?? 0
    if (section.end <= held) continue
    const fresh = section.clock < held ? trimSection(section, held) : section
    if (!fresh) return undefined
    sections.push(fresh)
    if (sections.length > sectionsMax) return undefined
  }
  const packet = stitch([{ sections, deletes: groupDeletes([whole.deletes]) }])
  const known: Known = (client) => clocks.get(client) ?? 0
  const scan = scanUpdate(packet.bytes, known, deletedRangesMax)
  if (!scan || scan.needs.length > 4 * needsMax) return undefined
  return { ...scan, isPoison: whole.isPoison }
}
