// Moves the log of a draft into its snapshot while people write on: the merging runs on the worker thread, the swap in
// one write that fails if another node was there first.
import type { Clock, Store } from '../ports.ts'
import { type Base, type History, rebase, updatesOf } from './history.ts'
import type { DraftLog } from './log.ts'
import type { Section } from './scan.ts'
import type { Workbench } from './workbench.ts'

/** @returns whether the snapshot was replaced */
export const mergeLog = async (
  draftId: string,
  history: History,
  ports: { store: Store; log: DraftLog; clock: Clock; workbench: Workbench },
): Promise<boolean> => {
  const covered = history.tail.slice()
  const rows = covered.flatMap((entry) => entry.rows)
  if (rows.length === 0) return false
  const before = history.base
  // Grows with every merging, even where a row below the last one was read late.
  const upTo = Math.max(...rows, (before?.upTo ?? -1) + 1)
  const edits = covered.reduce((sum, entry) => sum + entry.edits, before?.edits ?? 0)
  const { bytes, sections } = await ports.workbench.run('merge', updatesOf(history))
  const result = await ports.store.write(
    ports.log.snapshotSteps(draftId, { bytes, edits, at: ports.clock.now() }, rows, {
      from: before?.upTo,
      to: upTo,
    }),
  )
  if (!result.ok || history.base !== before) return false
  rebase(history, baseOf(bytes, sections, upTo, edits), covered.length)
  return true
}

const baseOf = (bytes: Uint8Array, packed: Float64Array, upTo: number, edits: number): Base => {
  const sections: Section[] = []
  for (let i = 0; i < packed.length; i += 6) {
    const [client, clock, end, structs, from, to] = packed.subarray(i, i + 6) as unknown as [
      number,
      number,
      number,
      number,
      number,
      number,
    ]
    sections.push({ bytes, client, clock, end, structs, from, to, textAt: -1, rightAt: -1, joins: false })
  }
  return { bytes, sections, deletesAt: sections[sections.length - 1]?.to ?? 1, upTo, edits }
}
