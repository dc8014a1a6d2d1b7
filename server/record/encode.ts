// How events lie in the store, and how they come back.
import type { MeetingEvent, Recorded } from '../../shared/meeting/events.ts'
import { canonical } from '../../shared/record/canonical.ts'
import { linkHash } from '../../shared/record/chain.ts'
import type { Schema } from '../store/schema.ts'

export type Chained<E = MeetingEvent> = Recorded<E> & { readonly hash: string }

/** Links events behind `head` and gives them sequence numbers and hashes. */
export const chain = <E>(
  stream: string,
  head: { seq: number; hash: string },
  events: readonly Omit<Recorded<E>, 'seq'>[],
): Chained<E>[] => {
  let { seq, hash } = head
  return events.map((event) => {
    seq += 1
    hash = linkHash(hash, { stream, seq, ...event })
    return { seq, at: event.at, by: event.by, commandId: event.commandId, event: event.event, hash }
  })
}

export const rowOf = (stream: string, recorded: Chained<unknown>): Schema['events'] => ({
  stream,
  seq: recorded.seq,
  at: recorded.at,
  actor: recorded.by,
  commandId: recorded.commandId,
  body: canonical(recorded.event),
  hash: recorded.hash,
})

/** @typeParam E the events of the row's stream */
export const recordedAs = <E>(row: Schema['events']): Chained<E> => ({
  seq: row.seq,
  at: row.at,
  by: row.actor,
  commandId: row.commandId,
  event: JSON.parse(row.body),
  hash: row.hash,
})

export const recordedOf = (row: Schema['events']): Chained => recordedAs(row)
