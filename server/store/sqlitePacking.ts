// How a batch of writes and its results go between the threads. Structured clone pays for every object and every
// buffer, so both go as a few flat arrays.
import type { Step, WriteResult } from '../ports.ts'

export interface PackedWrites {
  /** Each statement once. */
  readonly sqls: readonly string[]
  /** Of each write the number of its steps, and of each step: its statement, how many parameters, `expect` or −1. */
  readonly shape: Int32Array
  /** The parameters of all steps; null where bytes stand. */
  readonly parameters: readonly unknown[]
  /** Which parameters are bytes, each followed by its length. */
  readonly blobs: Int32Array
  readonly bytes: Uint8Array<ArrayBuffer>
}

export interface PackedResults {
  readonly failed: readonly { write: number; at: number; reason: 'conflict' | 'unmet' }[]
  /** Of each write the number of its steps (0 when it failed), and of each step: its changes, its rows, their columns. */
  readonly shape: Int32Array
  /** Each list of names once. */
  readonly columns: readonly (readonly string[])[]
  readonly values: readonly unknown[]
}

/** Numbers what it is given, the same thing always the same. */
const numbering = <Key>() => {
  const known = new Map<Key, number>()
  return (key: Key): number => {
    const number = known.get(key) ?? known.size
    known.set(key, number)
    return number
  }
}

export const packWrites = (writes: readonly (readonly Step[])[]): PackedWrites => {
  const sqls: string[] = []
  const shape: number[] = []
  const parameters: unknown[] = []
  const blobs: number[] = []
  const parts: Uint8Array[] = []
  const numberOf = numbering<string>()
  let length = 0
  for (const steps of writes) {
    shape.push(steps.length)
    for (const step of steps) {
      const sql = numberOf(step.sql)
      sqls[sql] = step.sql
      shape.push(sql, step.parameters.length, step.expect ?? -1)
      for (const parameter of step.parameters) {
        if (parameter instanceof Uint8Array) {
          blobs.push(parameters.length, parameter.length)
          parts.push(parameter)
          length += parameter.length
          parameters.push(null)
        } else parameters.push(parameter)
      }
    }
  }
  const bytes = new Uint8Array(length)
  let end = 0
  for (const part of parts) {
    bytes.set(part, end)
    end += part.length
  }
  return { sqls, shape: Int32Array.from(shape), parameters, blobs: Int32Array.from(blobs), bytes }
}

export const unpackWrites = (packed: PackedWrites): Step[][] => {
  const { sqls, shape, blobs, bytes } = packed
  const parameters = [...packed.parameters]
  for (let i = 0, end = 0; i < blobs.length; i += 2) {
    const length = blobs[i + 1] ?? 0
    parameters[blobs[i] ?? 0] = bytes.subarray(end, end + length)
    end += length
  }
  const writes: Step[][] = []
  let taken = 0
  for (let at = 0; at < shape.length; ) {
    const steps: Step[] = []
    for (let left = shape[at++] ?? 0; left > 0; left -= 1) {
      const sql = sqls[shape[at++] ?? 0] ?? ''
      const count = shape[at++] ?? 0
      const expect = shape[at++] ?? -1
      const own = parameters.slice(taken, taken + count)
      taken += count
      steps.push(expect < 0 ? { sql, parameters: own } : { sql, parameters: own, expect })
    }
    writes.push(steps)
  }
  return writes
}

export const packResults = (results: readonly WriteResult[]): PackedResults => {
  const failed: PackedResults['failed'][number][] = []
  const shape: number[] = []
  const columns: string[][] = []
  const values: unknown[] = []
  const numberOf = numbering<string>()
  for (const [write, result] of results.entries()) {
    if (!result.ok) {
      failed.push({ write, at: result.at, reason: result.reason })
      shape.push(0)
      continue
    }
    shape.push(result.steps.length)
    for (const { changes, rows } of result.steps) {
      const names = rows[0] === undefined ? [] : Object.keys(rows[0])
      const named = numberOf(names.join('\n'))
      columns[named] = names
      shape.push(changes, rows.length, named)
      for (const row of rows) for (const name of names) values.push(row[name])
    }
  }
  return { failed, shape: Int32Array.from(shape), columns, values }
}

export const unpackResults = ({ failed, shape, columns, values }: PackedResults): WriteResult[] => {
  const results: WriteResult[] = []
  let taken = 0
  for (let at = 0; at < shape.length; ) {
    const steps: { changes: number; rows: Record<string, unknown>[] }[] = []
    for (let left = shape[at++] ?? 0; left > 0; left -= 1) {
      const changes = shape[at++] ?? 0
      const count = shape[at++] ?? 0
      const names = columns[shape[at++] ?? 0] ?? []
      const rows = Array.from({ length: count }, () => {
        const row: Record<string, unknown> = {}
        for (const name of names) row[name] = values[taken++]
        return row
      })
      steps.push({ changes, rows })
    }
    results.push({ ok: true, steps })
  }
  for (const { write, at, reason } of failed) results[write] = { ok: false, at, reason }
  return results
}
