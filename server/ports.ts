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
  /** Other nodes write to it as well: memory may be behind, and a refusal takes a look before it is kept. */
  readonly isShared: boolean
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
  /** Something around a draft changed that is not its text. */
  | {
      readonly kind: 'draftNews'
      readonly meetingId: string
      readonly draftId: string
      readonly about: 'comments' | 'versions'
    }
  /** A session ended: its sockets close. */
  | { readonly kind: 'sessionEnded'; readonly sessionId: string }
  /** A node is there, said every moment, or leaves. */
  | { readonly kind: 'node'; readonly node: string; readonly leaves: boolean }
  /** Everybody who is connected to a meeting through a node. */
  | {
      readonly kind: 'presence'
      readonly node: string
      readonly meetingId: string
      readonly seats: readonly string[]
      readonly screens: readonly string[]
    }
  | DraftHint

/** What nodes tell each other of drafts. */
export type DraftHint =
  /** A row of a draft's log was committed. */
  | {
      readonly kind: 'draftRow'
      readonly draftId: string
      readonly updateId: number
      readonly edits: number
      /** The update in base64; `null` where it is large: then it is read from the store. */
      readonly bytes: string | null
      /** Client ids that it brought, and whose they are. */
      readonly clients: readonly { readonly clientId: number; readonly owner: string }[]
    }
  | {
      readonly kind: 'carets'
      readonly node: string
      readonly draftId: string
      readonly carets: readonly FarCaret[]
    }
  /** A node opened a draft and would like to know who is shown in it elsewhere. */
  | { readonly kind: 'caretsWanted'; readonly node: string; readonly draftId: string }

/** Where somebody stands in a draft: the awareness state of one client. */
export interface FarCaret {
  readonly client: number
  readonly clock: number
  readonly owner: string
  /** JSON; `null` once it left. */
  readonly state: string | null
}

/** `alone`: there is no road to other nodes at all. `down`: there is one, and it leads nowhere now. */
export type BusStatus = 'alone' | 'up' | 'down'

export interface Bus {
  publish(message: BusMessage): void
  /** Tells only this node, of what it found in the store. */
  hear(message: BusMessage): void
  subscribe(handler: BusHandler): () => void
  status(): BusStatus
  close(): Promise<void>
}
