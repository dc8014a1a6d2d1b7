// The embedded store's writer thread: one transaction a batch, one savepoint a write, so that one bad write is
// undone alone and all good ones share an fsync.
import { parentPort, workerData } from 'node:worker_threads'
import { DatabaseSync, type StatementSyncInstance } from '@photostructure/sqlite'
import type { Step, WriteResult } from '../ports.ts'
import { assertDurable, openDatabase } from './sqliteFile.ts'

export type WriterRequest = { writes: (readonly Step[])[] } | { close: true }
export type WriterReply =
  | { kind: 'started' }
  | { kind: 'done'; results: WriteResult[] }
  | { kind: 'fault'; message: string }

const { file, fsyncDelayMs } = workerData as { file: string; fsyncDelayMs: number }
const database = openDatabase(DatabaseSync, file)
assertDurable(database)

const preparedMax = 500
const prepared = new Map<string, StatementSyncInstance>()
const prepare = (sql: string): StatementSyncInstance => {
  const known = prepared.get(sql)
  if (known) return known
  const statement = database.prepare(sql)
  if (prepared.size >= preparedMax) prepared.clear()
  prepared.set(sql, statement)
  return statement
}

type StepDone = { changes: number; rows: Record<string, unknown>[] }

const runStep = ({ sql, parameters }: Step): StepDone => {
  const statement = prepare(sql)
  if (statement.columns().length > 0) {
    const rows = statement.all(...parameters) as Record<string, unknown>[]
    return { changes: rows.length, rows }
  }
  return { changes: Number(statement.run(...parameters).changes), rows: [] }
}

const isConflict = (fault: unknown): boolean =>
  fault instanceof Error && /UNIQUE constraint|PRIMARY KEY/i.test(fault.message)

const runWrite = (steps: readonly Step[]): WriteResult => {
  const done: StepDone[] = []
  const undo = (at: number, reason: 'conflict' | 'unmet'): WriteResult => {
    database.exec('rollback to one')
    database.exec('release one')
    return { ok: false, at, reason }
  }
  database.exec('savepoint one')
  for (const [at, step] of steps.entries()) {
    try {
      const result = runStep(step)
      if (step.expect !== undefined && result.changes !== step.expect) return undo(at, 'unmet')
      done.push(result)
    } catch (fault) {
      if (!isConflict(fault)) throw fault
      return undo(at, 'conflict')
    }
  }
  database.exec('release one')
  return { ok: true, steps: done }
}

const runBatch = (writes: (readonly Step[])[]): WriterReply => {
  try {
    database.exec('begin immediate')
    const results = writes.map(runWrite)
    database.exec('commit')
    return { kind: 'done', results }
  } catch (fault) {
    if (database.isTransaction) database.exec('rollback')
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
  const reply = runBatch(request.writes)
  waitAsSlowDisk()
  parentPort?.postMessage(reply)
})
parentPort?.postMessage({ kind: 'started' } satisfies WriterReply)
