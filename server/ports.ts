// What the rooms need from the outside world, as interfaces: time, randomness, the store and the bus.
import type { Compilable, Kysely } from 'kysely'
import type { NewId } from '../shared/kernel/ids.ts'
import type { Schema } from './store/schema.ts'

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
}

export interface Ids {
  readonly newId: NewId
  /** Unguessable text, base64url, `bytes` random bytes long. */
  secret(bytes: number): string
  /** `length` characters of A–Z and 2–9 without look-alikes, for codes that people type. */
  code(length: number): string
}

/** One compiled statement of an atomic write, with the number of rows it must change. */
export interface Step {
  readonly sql: string
  readonly parameters: readonly unknown[]
  /** The write is undone and answers `unmet` when another number of rows changes. */
  readonly expect?: number
}

/** `step(db.insertInto(…), { expect: 1 })` */
export const step = (query: Compilable, options: { expect?: number } = {}): Step => {
  const { sql, parameters } = query.compile()
  return options.expect === undefined ? { sql, parameters } : { sql, parameters, expect: options.expect }
}

export type WriteResult =
  | {
      readonly ok: true
      /** One entry a step. `rows` holds what a RETURNING clause gave. */
      readonly steps: readonly {
        readonly changes: number
        readonly rows: readonly Record<string, unknown>[]
      }[]
    }
  /** Nothing of this write was kept: step `at` broke a unique key (`conflict`) or missed its `expect` (`unmet`). */
  | { readonly ok: false; readonly at: number; readonly reason: 'conflict' | 'unmet' }

/**
 * The truth. `db` builds statements and runs reads; every change goes through `write`.
 *
 * `write` is atomic and durable when it resolves (after the fsync). Writes that arrive while a commit runs share the
 * next one, in order of arrival; one that fails is undone alone. It rejects (a fault) when the disk or the connection fails, and
 * then nothing of it was kept or its fate is unknown: the caller must read before it says anything to anybody.
 */
export interface Store {
  readonly dialect: 'sqlite' | 'postgres'
  readonly db: Kysely<Schema>
  write(steps: readonly Step[]): Promise<WriteResult>
  /** Resolves when the store answers; rejects when it does not. */
  ping(): Promise<void>
  close(): Promise<void>
}

export type BusHandler = (message: BusMessage) => void

/** Hints between rooms and between nodes. Losing one costs time, never truth. */
export type BusMessage =
  | { readonly kind: 'appended'; readonly stream: string; readonly seq: number }
  | { readonly kind: 'ballots'; readonly meetingId: string; readonly pollId: string }
  | { readonly kind: 'desk'; readonly meetingId: string }
  | { readonly kind: 'names'; readonly meetingId: string }
  | { readonly kind: 'screens'; readonly meetingId: string }
  /** A session ended: its sockets close. */
  | { readonly kind: 'sessionEnded'; readonly sessionId: string }

export interface Bus {
  publish(message: BusMessage): void
  subscribe(handler: BusHandler): () => void
  close(): Promise<void>
}
