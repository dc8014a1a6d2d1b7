// Proves the record of a whole hall: every chain, and every poll counted again, one stream in memory at a time.
import { textsNamed, verifyRecord } from '../../shared/record/verify.ts'
import { recordedOf } from '../record/encode.ts'
import type { Table } from '../store/line.ts'
import type { Schema } from '../store/schema.ts'
import type { View } from '../store/view.ts'
import { asObject } from './lines.ts'
import type { Head } from './manifest.ts'
import type { OnProgress } from './progress.ts'

export interface Proof {
  readonly events: number
  readonly heads: readonly Head[]
}

/** What is read is no unbroken record, said in words. */
class RecordBroken extends Error {}

type Events = ReturnType<typeof recordedOf>[]

/** @throws in words at the first stream that does not hold */
export const proveRecord = async (view: View, onProgress: OnProgress): Promise<Proof> => {
  const events = view.tables.find(({ name }) => name === 'events')
  const texts = view.tables.find(({ name }) => name === 'texts')
  if (!events || !texts) throw new Error('the store has no record')
  const total = await view.count('events')
  const heads: Head[] = []
  let done = 0
  for await (const { stream, found } of streamsOf(view, events)) {
    const problem = await problemOf(view, texts, stream, found)
    if (problem) throw new RecordBroken(`the record of ${stream} does not hold: ${problem}`)
    const last = found.at(-1)
    if (last) heads.push({ stream, seq: last.seq, hash: last.hash })
    done += found.length
    onProgress({ phase: 'proving', what: stream, done, total })
  }
  return { events: done, heads }
}

/** @returns what does not hold, in words */
export const findBroken = async (view: View, onProgress: OnProgress): Promise<string | null> => {
  try {
    await proveRecord(view, onProgress)
    return null
  } catch (fault) {
    if (fault instanceof RecordBroken) return fault.message
    throw fault
  }
}

const streamsOf = async function* (
  view: View,
  table: Table,
): AsyncIterable<{ stream: string; found: Events }> {
  let stream: string | null = null
  let found: Events = []
  for await (const row of view.rows(table, null)) {
    const event = asObject<Schema['events']>(table, row)
    if (stream !== null && stream !== event.stream) {
      yield { stream, found }
      found = []
    }
    stream = event.stream
    found.push(recordedOf(event))
  }
  if (stream !== null) yield { stream, found }
}

const problemOf = async (view: View, texts: Table, stream: string, found: Events): Promise<string | null> => {
  const kept: Record<string, string> = {}
  for (const { event } of found) {
    for (const { sha256 } of textsNamed(event)) {
      const row = Object.hasOwn(kept, sha256) ? null : await view.find(texts, [sha256])
      if (row) kept[sha256] = asObject<Schema['texts']>(texts, row).text
    }
  }
  const file = { format: 'yishiting-record', version: 1, stream, events: found, texts: kept }
  const finding = verifyRecord(file)
  return finding.ok ? null : `at event ${finding.seq}, ${finding.problem}`
}
