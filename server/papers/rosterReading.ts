// Reading a roster file in a thread of its own, one file at a time, with bounds on memory and time.
import { Worker } from 'node:worker_threads'
import type { Refusal } from '../../shared/kernel/result.ts'
import type { RosterImport, RosterRow } from '../../shared/wire/http.ts'
import type { NamedParty } from './rosterHeadings.ts'

export interface ReaderInput {
  readonly bytes: Uint8Array
  readonly parties: readonly NamedParty[]
  /** Keys of those already in the roster. */
  readonly known: readonly string[]
}

type Headings = Pick<RosterImport, 'format' | 'columns' | 'problems'> & { readonly total: number }

export type ReaderMessage =
  | ({ readonly kind: 'headings' } & Headings)
  | { readonly kind: 'rows'; readonly rows: readonly RosterRow[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'done' }

export interface ReadingListener {
  headings(headings: Headings): void
  rows(rows: readonly RosterRow[]): void
}

const heapMbMax = 384
const readingMsMax = 60_000
const waitingMax = 8

/** Built, the thread is a script beside this one; from source, it must first learn to read TypeScript. */
const startThread = (workerData: ReaderInput): Worker => {
  const resourceLimits = { maxOldGenerationSizeMb: heapMbMax }
  const here = import.meta.url
  if (!here.endsWith('.ts'))
    return new Worker(new URL('./rosterThread.js', here), { workerData, resourceLimits })
  const source = new URL('./rosterThread.ts', here).href
  const bootstrap = `import('tsx/esm/api').then(({ register }) => { register(); return import('${source}') })`
  return new Worker(bootstrap, { eval: true, workerData, resourceLimits })
}

/** Resolves with `null` when the file was read, else with why not. Whatever the thread dies of, the file is to blame. */
const readOne = (input: ReaderInput, listener: ReadingListener): Promise<Refusal | null> =>
  new Promise((resolve) => {
    const thread = startThread(input)
    const finish = (refusal: Refusal | null): void => {
      clearTimeout(timer)
      thread.removeAllListeners()
      // A thread that dies of its memory may still say so while it is being ended.
      thread.on('error', () => {})
      void thread.terminate()
      resolve(refusal)
    }
    const timer = setTimeout(() => finish(unreadable('tooSlow')), readingMsMax)
    timer.unref()
    thread.on('message', (message: ReaderMessage) => {
      if (message.kind === 'headings') listener.headings(message)
      else if (message.kind === 'rows') listener.rows(message.rows)
      else finish(message.kind === 'done' ? null : message.refusal)
    })
    thread.on('error', () => finish(unreadable('tooMuch')))
    thread.on('exit', () => finish(unreadable('tooMuch')))
  })

const unreadable = (reason: string): Refusal => ({ code: 'rosterUnreadable', detail: { reason } })

export interface RosterReader {
  readonly isFull: () => boolean
  read(input: ReaderInput, listener: ReadingListener): Promise<Refusal | null>
}

export const openRosterReader = (): RosterReader => {
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0
  return {
    isFull: () => waiting >= waitingMax,
    read: (input, listener) => {
      waiting += 1
      const reading = last
        .then(() => readOne(input, listener))
        .finally(() => {
          waiting -= 1
        })
      last = reading
      return reading
    },
  }
}
