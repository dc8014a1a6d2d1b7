// What another draft of the family holds that this one does not. The hall does this by itself, for people who were
// judged when they wrote: no bound of the guard applies, but nothing that does not follow gets in.
import { fitStored } from './guard.ts'
import { sliceBase } from './history.ts'
import type { Holdings, Piece } from './holdings.ts'
import { everything, scanUpdate } from './scan.ts'

/** Undefined where it does not decode, or builds on what is not here. */
export const newsIn = (holdings: Holdings, bytes: Uint8Array): Piece | undefined => {
  const whole = scanUpdate(bytes, everything, Number.POSITIVE_INFINITY)
  if (!whole) return undefined
  const { sections } = whole
  const deletesAt = sections[sections.length - 1]?.to ?? 1
  const news = sliceBase({ bytes, sections, deletesAt, upTo: 0, edits: 0 }, holdings.clocks)
  const scan = scanUpdate(news, everything, Number.POSITIVE_INFINITY)
  return scan && fitStored(holdings, scan, 1)
}
