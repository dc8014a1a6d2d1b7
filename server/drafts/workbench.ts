// What the rooms of the drafts themselves need of a worker thread: merging and freezing.
import { openBench } from '../bench.ts'
import type { DraftJob, DraftJobResult } from './draftWorker.ts'

type Result<K extends DraftJob['kind']> = Extract<DraftJobResult, { kind: K }>

export interface Workbench {
  run<K extends DraftJob['kind']>(kind: K, updates: readonly Uint8Array[]): Promise<Result<K>>
  close(): Promise<void>
}

export const openWorkbench = (): Workbench => {
  const bench = openBench<DraftJob, DraftJobResult>(new URL('./draftWorker.ts', import.meta.url))
  return {
    run: (kind, updates) => bench.run({ kind, updates } as Extract<DraftJob, { kind: typeof kind }>),
    close: bench.close,
  }
}
