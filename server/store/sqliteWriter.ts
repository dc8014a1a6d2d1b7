// The embedded store's writer thread.
import { type MessagePort, workerData } from 'node:worker_threads'
import { DatabaseSync } from '@photostructure/sqlite'
import { reasonOf } from '../../shared/kernel/reason.ts'
import { batchRunner } from './sqliteBatch.ts'
import { assertDurable, openDatabase } from './sqliteFile.ts'
import { type PackedResults, type PackedWrites, packResults, unpackWrites } from './sqlitePacking.ts'

export interface WriterWork {
  readonly file: string
  readonly fsyncDelayMs: number
  /** Requests come and replies go here. */
  readonly line: MessagePort
}
export type WriterRequest = { writes: PackedWrites } | { close: true }
export type WriterReply =
  | { kind: 'started' }
  | { kind: 'done'; results: PackedResults }
  | { kind: 'fault'; message: string }

const { file, fsyncDelayMs, line } = workerData as WriterWork
const database = openDatabase(DatabaseSync, file)
assertDurable(database)
const runBatch = batchRunner(database)

const replyTo = (writes: PackedWrites): WriterReply => {
  try {
    return { kind: 'done', results: packResults(runBatch(unpackWrites(writes))) }
  } catch (fault) {
    return { kind: 'fault', message: reasonOf(fault) }
  }
}

/** A disk as slow as a village computer's, for tests and benchmarks. */
const waitAsSlowDisk = (): void => {
  if (fsyncDelayMs > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, fsyncDelayMs)
}

line.on('message', (request: WriterRequest) => {
  if ('close' in request) {
    database.close()
    process.exit(0)
  }
  const reply = replyTo(request.writes)
  waitAsSlowDisk()
  line.postMessage(reply)
})
line.postMessage({ kind: 'started' } satisfies WriterReply)
