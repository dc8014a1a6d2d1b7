// The rows that every append brings: its events, and the answer to the order that called for them.
import type { Result } from '../../shared/kernel/result.ts'
import type { Actor } from '../../shared/meeting/deciding.ts'
import type { Done } from '../../shared/wire/live.ts'
import { type Step, type Store, step } from '../ports.ts'
import { statement } from '../statement.ts'
import type { Schema } from '../store/schema.ts'
import { type Chained, rowOf } from './encode.ts'

const eventRowsPerInsert = 200

const eventStatement = statement<Schema['events']>(
  ['stream', 'seq', 'at', 'actor', 'commandId', 'body', 'hash'],
  ({ db }, row) => db.insertInto('events').values(row),
)

export const eventSteps = (store: Store, stream: string, events: readonly Chained<unknown>[]): Step[] => {
  const [first] = events
  if (first && events.length === 1) return [eventStatement(store, rowOf(stream, first))]
  const steps: Step[] = []
  for (let i = 0; i < events.length; i += eventRowsPerInsert) {
    const rows = events.slice(i, i + eventRowsPerInsert).map((event) => rowOf(stream, event))
    steps.push(step(store.db.insertInto('events').values(rows)))
  }
  return steps
}

const answerStatement = statement<Schema['commands']>(
  ['stream', 'commandId', 'actor', 'bodyHash', 'answer', 'at'],
  ({ db }, row) => db.insertInto('commands').values(row),
)

/** The answer is stored with the events, so that the same order sent again is answered the same. */
export const answerStep = (
  store: Store,
  stream: string,
  asked: { commandId: string; bodyHash: string; actor: Actor },
  result: Result<Done>,
  at: number,
): Step =>
  answerStatement(store, {
    stream,
    commandId: asked.commandId,
    actor: asked.actor.actorId,
    bodyHash: asked.bodyHash,
    answer: JSON.stringify(result),
    at,
  })
