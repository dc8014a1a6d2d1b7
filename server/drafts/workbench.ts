// Hands jobs to the drafts' worker thread, one after the other; started with the first job, and again after a crash.
import { Worker } from 'node:worker_threads'
import type { DraftJob, DraftJobResult } from './draftWorker.ts'

type Result<K extends DraftJob['kind']> = Extract<DraftJobResult, { kind: K }>

export interface Workbench {
  /** Rejects when the job fails or the thread dies. */
  run<K extends DraftJob['kind']>(kind: K, updates: readonly Uint8Array[]): Promise<Result<K>>
  close(): Promise<void>
}

interface Waiting {
  resolve: (result: DraftJobResult) => void
  reject: (fault: Error) => void
}

/** Built, the thread is a script beside this one; from source, it must first learn to read TypeScript. */
const startThread = (): Worker => {
  const here = import.meta.url
  if (!here.endsWith('.ts')) return new Worker(new URL('./draftWorker.js', here))
  const source = new URL('./draftWorker.ts', here).href
  const bootstrap = `import('tsx/esm/api').then(({ register }) => { register(); return import('${source}') })`
  return new Worker(bootstrap, { eval: true })
}

export const openWorkbench = (): Workbench => {
  let worker: Worker | undefined
  let waiting: Waiting[] = []
  const fail = (fault: Error): void => {
    worker = undefined
    const lost = waiting
    waiting = []
    for (const { reject } of lost) reject(fault)
  }
  const start = (): Worker => {
    const thread = startThread()
    thread.unref()
    thread.on('message', (result: DraftJobResult) => {
      const job = waiting.shift()
      if (result.kind === 'fault') job?.reject(new Error(`a draft could not be processed: ${result.message}`))
      else job?.resolve(result)
      if (waiting.length === 0) thread.unref()
    })
    thread.on('error', fail)
    thread.on('exit', () => {
      if (worker === thread) fail(new Error('the drafts worker ended'))
    })
    return thread
  }
  return {
    run: (kind, updates) =>
      new Promise((resolve, reject) => {
        worker ??= start()
        worker.ref()
        waiting.push({ resolve: (result) => resolve(result as Result<typeof kind>), reject })
        worker.postMessage({ kind, updates } satisfies DraftJob)
      }),
    close: async () => {
      await worker?.terminate()
    },
  }
}
