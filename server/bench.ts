// A worker thread that does jobs one after the other; started with the first job, and again after a crash.
import { basename } from 'node:path'
import { Worker } from 'node:worker_threads'

/** What a thread says of a job that failed. */
export interface JobFault {
  readonly kind: 'fault'
  readonly message: string
}

export interface Bench<Job extends { readonly kind: string }, Done extends { readonly kind: string }> {
  /** Rejects when the job fails or the thread dies. */
  run<K extends Job['kind']>(
    job: Extract<Job, { readonly kind: K }>,
  ): Promise<Extract<Done, { readonly kind: K }>>
  close(): Promise<void>
}

interface Waiting {
  resolve: (result: never) => void
  reject: (fault: Error) => void
}

/** Built, the threads' scripts stand side by side; from source, a thread must first learn to read TypeScript. */
const startThread = (source: URL): Worker => {
  const here = import.meta.url
  if (!here.endsWith('.ts')) return new Worker(new URL(`./${basename(source.pathname, '.ts')}.js`, here))
  const bootstrap = `import('tsx/esm/api').then(({ register }) => { register(); return import('${source.href}') })`
  return new Worker(bootstrap, { eval: true })
}

/** @param source where the thread's script stands in the source; it is an entry of the server's build */
export const openBench = <Job extends { readonly kind: string }, Done extends { readonly kind: string }>(
  source: URL,
): Bench<Job, Done> => {
  let worker: Worker | undefined
  let waiting: Waiting[] = []
  const fail = (fault: Error): void => {
    worker = undefined
    const lost = waiting
    waiting = []
    for (const { reject } of lost) reject(fault)
  }
  const start = (): Worker => {
    const thread = startThread(source)
    thread.unref()
    thread.on('message', (result: Done | JobFault) => {
      const job = waiting.shift()
      if (result.kind === 'fault') {
        const { message } = result as JobFault
        job?.reject(new Error(`a job failed: ${message}`))
      } else job?.resolve(result as never)
      if (waiting.length === 0) thread.unref()
    })
    thread.on('error', fail)
    thread.on('exit', () => {
      if (worker === thread) fail(new Error('a worker thread ended'))
    })
    return thread
  }
  return {
    run: (job) =>
      new Promise((resolve, reject) => {
        worker ??= start()
        worker.ref()
        waiting.push({ resolve, reject })
        worker.postMessage(job)
      }),
    close: async () => {
      await worker?.terminate()
    },
  }
}
