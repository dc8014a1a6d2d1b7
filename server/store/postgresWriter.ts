// Writing to PostgreSQL: writes that arrive while a commit runs share the next transaction, each behind a savepoint, so
// that one that fails is undone alone and all good ones share an fsync.
import { setTimeout as pause } from 'node:timers/promises'
import { type Client, DatabaseError, type QueryResult } from 'pg'
import { reasonOf } from '../../shared/kernel/reason.ts'
import type { Step, WriteResult } from '../ports.ts'

export interface PostgresWriter {
  write(steps: readonly Step[]): Promise<WriteResult>
  /** Resolves when what was asked before is written. */
  close(): Promise<void>
}

interface Waiting {
  readonly steps: readonly Step[]
  readonly resolve: (result: WriteResult) => void
  readonly reject: (fault: Error) => void
}

/** What became of one write of a batch; an Error when the fault is its own, such as a statement that took too long. */
type Outcome = WriteResult | Error

const writesPerBatchMax = 512
const firstPauseMs = 20
const pauseMsMax = 500

const uniqueViolation = '23505'
/** The server became a standby, or was told to take no writes: another connection may lead to the primary. */
const readOnly = '25006'

/** The line is gone and the server's word with it; `mayBeKept` once the commit was on its way. */
class LineLost extends Error {
  readonly mayBeKept: boolean
  constructor(mayBeKept: boolean, cause: unknown) {
    const fate = mayBeKept ? 'whether it was kept is unknown' : 'nothing was kept'
    super(`the store could not write: ${fate}`, { cause })
    this.mayBeKept = mayBeKept
  }
}

/** The server undid the transaction, for a serialization failure or a deadlock: it may be tried again. */
class Undone extends Error {}

/** An ERROR undoes a statement; FATAL, PANIC or no word from the server at all ends the connection. */
const isStatementFault = (fault: unknown): fault is DatabaseError =>
  fault instanceof DatabaseError && fault.severity === 'ERROR' && fault.code !== readOnly

const isUndone = (fault: DatabaseError): boolean => fault.code?.startsWith('40') === true

const asFault = (fault: unknown): Error => {
  if (fault instanceof LineLost) return fault
  const why = reasonOf(fault)
  return new Error(`the store could not write: ${why}`, { cause: fault })
}

/** @throws LineLost, Undone */
const runBatch = async (client: Client, writes: readonly (readonly Step[])[]): Promise<Outcome[]> => {
  const outcomes: Outcome[] = []
  // Sent ahead of the first write on the same pipelined line; its failure shows in what follows.
  client.query('begin').catch(() => {})
  for (const steps of writes) outcomes.push(await runWrite(client, steps))
  let answer: QueryResult
  try {
    answer = await client.query('commit')
  } catch (fault) {
    // An ERROR comes before the commit record is written.
    if (!isStatementFault(fault)) throw new LineLost(true, fault)
    if (isUndone(fault)) throw new Undone('the commit was undone', { cause: fault })
    return writes.map(() => asFault(fault))
  }
  if (answer.command !== 'COMMIT') throw new Undone('the transaction had failed')
  return outcomes
}

const runWrite = async (client: Client, steps: readonly Step[]): Promise<Outcome> => {
  const results = await Promise.allSettled([
    client.query('savepoint one'),
    ...steps.map(({ sql, parameters }) => client.query(sql, [...parameters])),
  ])
  const [savepoint, ...answers] = results
  if (savepoint?.status === 'rejected') throw new LineLost(false, savepoint.reason)
  const failed = answers.findIndex(
    (answer, i) =>
      answer.status === 'rejected' ||
      (steps[i]?.expect !== undefined && answer.value.rowCount !== steps[i].expect),
  )
  if (failed === -1) {
    client.query('release savepoint one').catch(() => {})
    const done = answers.map((answer) =>
      answer.status === 'fulfilled'
        ? { changes: answer.value.rowCount ?? 0, rows: answer.value.rows }
        : { changes: 0, rows: [] },
    )
    return { ok: true, steps: done }
  }
  const answer = answers[failed]
  const outcome = answer?.status === 'rejected' ? outcomeOf(answer.reason, failed) : null
  await client.query('rollback to savepoint one').catch((fault) => {
    throw new LineLost(false, fault)
  })
  client.query('release savepoint one').catch(() => {})
  return outcome ?? { ok: false, at: failed, reason: 'unmet' }
}

const outcomeOf = (fault: unknown, at: number): Outcome => {
  if (!isStatementFault(fault)) throw new LineLost(false, fault)
  if (isUndone(fault)) throw new Undone('the transaction was undone', { cause: fault })
  return fault.code === uniqueViolation ? { ok: false, at, reason: 'conflict' } : asFault(fault)
}

/**
 * @param connect opens a pipelined connection to the primary
 * @param retryForMs no try begins later than this after the first
 */
export const openPostgresWriter = (connect: () => Promise<Client>, retryForMs: number): PostgresWriter => {
  const waiting: Waiting[] = []
  let running: Promise<void> | null = null
  let line: Client | null = null
  let isClosed = false

  const hangUp = (): void => {
    line?.end().catch(() => {})
    line = null
  }

  const open = async (): Promise<Client> => {
    if (line) return line
    const client = await connect().catch((fault) => {
      throw new LineLost(false, fault)
    })
    client.once('end', () => {
      if (line === client) line = null
    })
    line = client
    return client
  }

  /** Tries again only what certainly left no trace. */
  const settle = async (writes: readonly (readonly Step[])[]): Promise<Outcome[]> => {
    const until = performance.now() + retryForMs
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMsMax, pauseMs * 2)) {
      try {
        return await runBatch(await open(), writes)
      } catch (fault) {
        if (fault instanceof Undone) await line?.query('rollback').catch(hangUp)
        else hangUp()
        const isCertain = fault instanceof Undone || (fault instanceof LineLost && !fault.mayBeKept)
        const jitteredMs = pauseMs * (0.5 + Math.random())
        if (!isCertain || performance.now() + jitteredMs > until) throw fault
        await pause(jitteredMs)
      }
    }
  }

  const run = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, writesPerBatchMax)
      try {
        const outcomes = await settle(batch.map(({ steps }) => steps))
        for (const [i, { resolve, reject }] of batch.entries()) {
          const outcome = outcomes[i]
          if (outcome === undefined || outcome instanceof Error) reject(outcome ?? asFault('no answer'))
          else resolve(outcome)
        }
      } catch (fault) {
        // Who waited behind it would only wait as long again.
        const behind = fault instanceof LineLost && !fault.mayBeKept ? waiting.splice(0) : []
        for (const { reject } of [...batch, ...behind]) reject(asFault(fault))
      }
    }
  }

  const start = (): void => {
    running ??= Promise.resolve()
      .then(run)
      .finally(() => {
        running = null
        if (waiting.length > 0) start()
      })
  }

  return {
    write: (steps) => {
      if (isClosed) return Promise.reject(new Error('the store is closed'))
      return new Promise((resolve, reject) => {
        waiting.push({ steps, resolve, reject })
        start()
      })
    },
    close: async () => {
      isClosed = true
      while (running) await running
      const last = line
      line = null
      await last?.end()
    },
  }
}
