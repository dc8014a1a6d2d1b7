// Many writes in one transaction of SQLite, each behind a savepoint: one that fails is undone alone, and all good ones
// share an fsync.
import type { DatabaseSync, StatementSyncInstance } from '@photostructure/sqlite'
import type { Step, WriteResult } from '../ports.ts'

const preparedMax = 500

type StepDone = { changes: number; rows: Record<string, unknown>[] }

const isConflict = (fault: unknown): boolean =>
  fault instanceof Error && /UNIQUE constraint|PRIMARY KEY/i.test(fault.message)

/** Throws when the transaction as a whole failed: then nothing of it was kept. */
export type RunBatch = (writes: readonly (readonly Step[])[]) => WriteResult[]

export const batchRunner = (database: InstanceType<typeof DatabaseSync>): RunBatch => {
  const prepared = new Map<string, { statement: StatementSyncInstance; answers: boolean }>()
  const prepare = (sql: string) => {
    const known = prepared.get(sql)
    if (known) return known
    const statement = database.prepare(sql)
    const ready = { statement, answers: statement.columns().length > 0 }
    if (prepared.size >= preparedMax) prepared.clear()
    prepared.set(sql, ready)
    return ready
  }
  const say = (sql: string): unknown => prepare(sql).statement.run()

  const runStep = ({ sql, parameters }: Step): StepDone => {
    const { statement, answers } = prepare(sql)
    if (answers) {
      const rows = statement.all(...parameters) as Record<string, unknown>[]
      return { changes: rows.length, rows }
    }
    return { changes: Number(statement.run(...parameters).changes), rows: [] }
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
