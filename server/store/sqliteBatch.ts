// Many writes in one transaction of SQLite, each behind a savepoint: one that fails is undone alone, and all good ones
// share an fsync.
import type { DatabaseSync } from '@photostructure/sqlite'
import type { Step, WriteResult } from '../ports.ts'
import { type Row, statementsOf } from './sqliteStatements.ts'

type StepDone = { changes: number; rows: Row[] }

const isConflict = (fault: unknown): boolean =>
  fault instanceof Error && /UNIQUE constraint|PRIMARY KEY/i.test(fault.message)

/** Throws when the transaction as a whole failed: then nothing of it was kept. */
export type RunBatch = (writes: readonly (readonly Step[])[]) => WriteResult[]

export const batchRunner = (database: InstanceType<typeof DatabaseSync>): RunBatch => {
  const prepare = statementsOf(database)
  const say = (sql: string): unknown => prepare(sql).run([])

  const runStep = ({ sql, parameters }: Step): StepDone => {
    const statement = prepare(sql)
    if (statement.reader) {
      const rows = statement.all(parameters)
      return { changes: rows.length, rows }
    }
    return { changes: Number(statement.run(parameters).changes), rows: [] }
  }

  const runWrite = (steps: readonly Step[]): WriteResult => {
    const done: StepDone[] = []
    // A statement that fails undoes itself; nothing else could have to be undone here.
    const isAlone = steps.length === 1 && steps[0]?.expect === undefined
    const undo = (at: number, reason: 'conflict' | 'unmet'): WriteResult => {
      if (!isAlone) {
        say('rollback to one')
        say('release one')
      }
      return { ok: false, at, reason }
    }
    if (!isAlone) say('savepoint one')
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
    if (!isAlone) say('release one')
    return { ok: true, steps: done }
  }

  return (writes) => {
    try {
      say('begin immediate')
      const results = writes.map(runWrite)
      say('commit')
      return results
    } catch (fault) {
      if (database.isTransaction) say('rollback')
      throw fault
    }
  }
}
