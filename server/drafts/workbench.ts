// What the rooms of the drafts themselves need of a worker thread: merging, freezing, and reading long updates.
import { openBench } from '../bench.ts'
import type { DraftJob, DraftJobResult } from './draftJobs.ts'
import type { NewsBounds } from './news.ts'
import { packClocks, unpackScan } from './packed.ts'
import type { Scan } from './scan.ts'
import type { WrittenLog } from './tracing.ts'

type Result<K extends DraftJob['kind']> = Extract<DraftJobResult, { kind: K }>

export interface Workbench {
  text(updates: readonly Uint8Array[]): Promise<Result<'text'>>
  /** All of a log as one update, with who deleted and moved what. */
  merge(log: WrittenLog): Promise<Result<'merge'>>
  /** What is new in an update to whoever holds `clocks`; undefined when it does not decode or is out of bounds. */
  news(bytes: Uint8Array, clocks: ReadonlyMap<number, number>, bounds: NewsBounds): Promise<Scan | undefined>
  close(): Promise<void>
}

export const openWorkbench = (): Workbench => {
  const bench = openBench<DraftJob, DraftJobResult>(new URL('./draftWorker.ts', import.meta.url))
  return {
    text: (updates) => bench.run({ kind: 'text', updates }),
    merge: (log) => bench.run({ kind: 'merge', log }),
    news: async (bytes, clocks, bounds) => {
      const { scan } = await bench.run({ kind: 'news', bytes, clocks: packClocks(clocks), bounds })
      return scan ? unpackScan(scan) : undefined
    },
    close: bench.close,
  }
}
