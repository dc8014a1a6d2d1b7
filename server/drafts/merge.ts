// Moves the log of a draft into its snapshot while people write on: the merging runs on the worker thread, the swap in
// one write that fails if another node was there first.
import type { Clock, Store } from '../ports.ts'
import { type Base, type History, rebase, tailBytes } from './history.ts'
import type { DraftLog } from './log.ts'
import { type PackedSections, unpackSections } from './packed.ts'
import type { RoomPorts } from './roomPorts.ts'
import type { Workbench } from './workbench.ts'
import { readWrittenLog } from './writtenLog.ts'

/** The log is measured at every so many commits. */
const measureEveryCommits = 32

export interface Merging {
  underWay(): Promise<void> | undefined
  /** Call it after every commit. */
  mergeWhenLong(): void
  /** Merges when the log has `rows` and more. */
  mergeFrom(rows: number): Promise<void>
}

/** @param onBehind another node was there first, or wrote what is not known here */
export const openMerging = (
  draftId: string,
  history: History,
  ports: RoomPorts,
  onBehind: () => void,
): Merging => {
  const { figures, limits, logger, nodes, timing } = ports
  // Nodes that share a draft would otherwise all merge it at the same row.
  let rowsToMergeAt = limits.logRowsMax * (nodes ? 1 + timing.random() / 2 : 1)
  let commits = 0
  let underWay: Promise<void> | undefined

  const logRows = (): number => history.tail.reduce((sum, { rows }) => sum + rows.length, 0)

  const merge = (): Promise<void> => {
    underWay ??= mergeLog(draftId, history, ports)
      .then((isMerged) => {
        // That is read, and then tried again.
        if (!isMerged && nodes) onBehind()
        else rowsToMergeAt = isMerged ? limits.logRowsMax : rowsToMergeAt * 2
        if (isMerged) figures.merges += 1
      })
      .catch((fault: Error) => {
        rowsToMergeAt *= 2
        logger.warn({ draftId, err: fault }, 'the log of a draft could not be merged')
      })
      .finally(() => {
        underWay = undefined
      })
    return underWay
  }

  return {
    underWay: () => underWay,
    mergeWhenLong: () => {
      commits += 1
      if (underWay || commits % Math.min(measureEveryCommits, limits.logRowsMax) !== 0) return
      const bytesMax = Math.max(limits.logBytesMax, (history.base?.bytes.length ?? 0) / 2)
      if (logRows() >= rowsToMergeAt || tailBytes(history) >= bytesMax) void merge()
    },
    mergeFrom: async (rows) => {
      if (logRows() >= rows) await merge()
    },
  }
}

/** @returns whether the snapshot was replaced */
const mergeLog = async (
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
  // As they were written: in memory rows are joined, and who wrote and deleted together can no longer be told.
  const written = await readWrittenLog(ports.store, draftId, before?.bytes)
  const covers = new Set(rows)
  const log = { ...written, rows: written.rows.filter(({ updateId }) => covers.has(updateId)) }
  if (log.rows.length < rows.length || log.upTo !== before?.upTo) return false
  const { bytes, sections, provenance } = await ports.workbench.merge(log)
  const result = await ports.store.write(
    ports.log.snapshotSteps(draftId, { bytes, provenance, edits, at: ports.clock.now() }, rows, {
      from: before?.upTo,
      to: upTo,
    }),
  )
  if (!result.ok || history.base !== before) return false
  rebase(history, baseOf(bytes, sections, upTo, edits), covered.length)
  return true
}

const baseOf = (bytes: Uint8Array, packed: PackedSections, upTo: number, edits: number): Base => {
  const sections = unpackSections(bytes, packed)
  return { bytes, sections, deletesAt: sections[sections.length - 1]?.to ?? 1, upTo, edits }
}
