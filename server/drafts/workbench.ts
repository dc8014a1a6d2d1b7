// What the rooms of the drafts themselves need of a worker thread: merging, freezing, and reading long updates.
import { openBench } from '../bench.ts'
import type { DraftJob, DraftJobResult } from './draftJobs.ts'
import type { NewsBounds } from './news.ts'
import { packClocks, unpackScan } from './packed.ts'
import type { Scan } from './scan.ts'

type Result<K extends DraftJob['kind']> = Extract<DraftJobResult, { kind: K }>

export interface Workbench {
  run<K extends 'merge' | 'text'>(kind: K, updates: readonly Uint8Array[]): Promise<Result<K>>
  /** What is new in an update to whoever holds `clocks`; undefined when it does not decode or is out of bounds. */
  news(bytes: Uint8Array, clocks: ReadonlyMap<number, number>, bounds: NewsBounds): Promise<Scan | undefined>
  close(): Promise<void>
}

export const openWorkbench = (): Workbench => {
  const bench = openBench<DraftJob, DraftJobResult>(new URL('./draftWorker.ts', import.meta.url))
  return {
    run: (kind, updates) => bench.run({ kind, updates } as Extract<DraftJob, { kind: typeof kind }>),
    news: async (bytes, clocks, bounds) => {
      const { scan } = await bench.run({ kind: 'news', bytes, clocks: packClocks(clocks), bounds })
      return scan ? unpackScan(scan) : undefined
    },
    close: bench.close,
  }
}
