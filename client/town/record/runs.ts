// Many arrivals in a row are one line of the story, which opens into its single entries. Pure.
import type { ChronicleEntry } from '../../../shared/views/chronicle.ts'

export type Told =
  | { readonly kind: 'entry'; readonly entry: ChronicleEntry }
  | { readonly kind: 'checkIns'; readonly entries: readonly ChronicleEntry[] }

const runMin = 4

export const runsOf = (entries: readonly ChronicleEntry[]): Told[] => {
  const told: Told[] = []
  let run: ChronicleEntry[] = []
  const flush = () => {
    if (run.length >= runMin) told.push({ kind: 'checkIns', entries: run })
    else told.push(...run.map((entry): Told => ({ kind: 'entry', entry })))
    run = []
  }
  for (const entry of entries) {
    if (entry.type === 'seatCheckedIn') run.push(entry)
    else {
      flush()
      told.push({ kind: 'entry', entry })
    }
  }
  flush()
  return told
}
