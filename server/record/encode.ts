// How events lie in the store, and how they come back.
import type { Recorded } from '../../shared/meeting/events.ts'
import { canonical } from '../../shared/record/canonical.ts'
import { linkHash } from '../../shared/record/chain.ts'
import type { Schema } from '../store/schema.ts'

export type Chained = Recorded & { readonly hash: string }

/** Links events behind `head` and gives them sequence numbers and hashes. */
export const chain = (
  stream: string,
  head: { seq: number; hash: string },
  events: readonly Omit<Recorded, 'seq'>[],
): Chained[] => {
  let { seq, hash } = head
  return events.map((event) => {
    seq += 1
    hash = linkHash(hash, { stream, seq, ...event })
    return { seq, at: event.at, by: event.by, commandId: event.commandId, event: event.event, hash }
  })
}

export const rowOf = (stream: string, recorded: Chained): Schema['events'] => ({
  stream,
  seq: recorded.seq,
  at: recorded.at,
  actor: recorded.by,
  commandId: recorded.commandId,
  body: canonical(recorded.event),
  hash: recorded.hash,
})

export const recordedOf = (row: Schema['events']): Chained => ({
  seq: row.seq,
  at: row.at,
  by: row.actor,
  commandId: row.commandId,
  event: JSON.parse(row.body),
  hash: row.hash,
})
