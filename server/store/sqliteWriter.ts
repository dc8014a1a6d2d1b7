// The embedded store's writer thread.
import { parentPort, workerData } from 'node:worker_threads'
import { DatabaseSync } from '@photostructure/sqlite'
import { batchRunner } from './sqliteBatch.ts'
import { assertDurable, openDatabase } from './sqliteFile.ts'
import { type PackedResults, type PackedWrites, packResults, unpackWrites } from './sqlitePacking.ts'

export type WriterRequest = { writes: PackedWrites } | { close: true }
export type WriterReply =
  | { kind: 'started' }
  | { kind: 'done'; results: PackedResults }
  | { kind: 'fault'; message: string }

const { file, fsyncDelayMs } = workerData as { file: string; fsyncDelayMs: number }
const database = openDatabase(DatabaseSync, file)
assertDurable(database)
const runBatch = batchRunner(database)

const replyTo = (writes: PackedWrites): WriterReply => {
  try {
    return { kind: 'done', results: packResults(runBatch(unpackWrites(writes))) }
  } catch (fault) {
    return { kind: 'fault', message: fault instanceof Error ? fault.message : String(fault) }
  }
}

/** A disk as slow as a village computer's, for tests and benchmarks. */
const waitAsSlowDisk = (): void => {
  if (fsyncDelayMs > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, fsyncDelayMs)
}

parentPort?.on('message', (request: WriterRequest) => {
  if ('close' in request) {
    database.close()
    process.exit(0)
  }
  const reply = replyTo(request.writes)
  waitAsSlowDisk()
  parentPort?.postMessage(reply)
})
parentPort?.postMessage({ kind: 'started' } satisfies WriterReply)
