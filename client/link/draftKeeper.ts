// Writes one draft to the device's store while it is open: own edits at once, others' a little later and together.
import { mergeUpdates } from 'yjs'
import type { DraftStore } from './draftStore.ts'

const othersWaitMs = 1_000
const rowsUntilCompactMax = 400

export interface DraftKeeper {
  /** An update of so many edits of this page, of which the server has not committed `unsaved`. */
  keepOwn(update: Uint8Array, edits: number, unsaved: number): void
  keepOthers(update: Uint8Array): void
  /** The server has committed so many edits. */
  settle(edits: number): void
  markSynced(): void
  /** Resolves when everything given so far is on the device. */
  flush(): Promise<void>
  /** Writes what is left, then no more. */
  close(): void
  /** Writes no more at once. */
  abandon(): void
}

/** `kept` hears how many more edits of this page are on the device. */
export const keepDraft = (
  store: DraftStore,
  key: string,
  kept: (edits: number) => void,
  failed: (fault: unknown) => void,
): DraftKeeper => {
  let updates: Uint8Array[] = []
  let own = 0
  let unsaved = 0
  let isSynced = false
  let rows = 0
  let writing: Promise<void> | null = null
  let timer: ReturnType<typeof setTimeout> | null = null
  let isClosed = false

  const hasWork = (): boolean => updates.length > 0 || unsaved !== 0 || isSynced

  const writeOnce = async (): Promise<void> => {
    const update = updates.length > 1 ? mergeUpdates(updates) : (updates[0] ?? null)
    const entry = { update, edits: unsaved, isSynced }
    const written = own
    updates = []
    own = 0
    unsaved = 0
    isSynced = false
    await store.append(key, entry)
    if (written > 0) kept(written)
    if (update !== null) rows += 1
    if (rows < rowsUntilCompactMax) return
    rows = 0
    await store.compact(key, Number.MAX_SAFE_INTEGER)
  }

  const writeAll = async (): Promise<void> => {
    try {
      while (hasWork() && !isClosed) await writeOnce()
    } catch (fault) {
      isClosed = true
      failed(fault)
    } finally {
      writing = null
    }
  }

  const write = (): void => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    if (!isClosed && hasWork()) writing ??= writeAll()
  }

  const later = (): void => {
    timer ??= setTimeout(write, othersWaitMs)
  }

  return {
    keepOwn: (update, edits, uncommitted) => {
      updates.push(update)
      own += edits
      unsaved += uncommitted
      write()
    },
    keepOthers: (update) => {
      updates.push(update)
      later()
    },
    settle: (count) => {
      unsaved -= count
      later()
    },
    markSynced: () => {
      isSynced = true
      later()
    },
    flush: async () => {
      write()
      while (writing !== null) await writing
    },
    close: () => {
      write()
      const last = writing
      if (last === null) isClosed = true
      else void last.then(() => (isClosed = true))
    },
    abandon: () => {
      if (timer !== null) clearTimeout(timer)
      isClosed = true
    },
  }
}
