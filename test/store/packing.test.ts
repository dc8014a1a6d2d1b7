// Writes and results as they go between the store's threads.
import { expect, test } from 'vitest'
import type { Step, WriteResult } from '../../server/ports.ts'
import { packResults, packWrites, unpackResults, unpackWrites } from '../../server/store/sqlitePacking.ts'

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values)

test('a batch of writes comes out as it went in, and each statement goes once', () => {
  const writes: Step[][] = [
    [
      { sql: 'a', parameters: ['one', bytes(1, 2, 3), null, 2n ** 60n], expect: 1 },
      { sql: 'b', parameters: [] },
    ],
    [],
    [{ sql: 'a', parameters: [1.5, bytes(), 'two', bytes(9)], expect: 0 }],
  ]
  const packed = packWrites(writes)
  expect(packed.sqls).toEqual(['a', 'b'])
  expect(unpackWrites(structuredClone(packed))).toEqual(writes)
})

test('what is handed over is a copy, since the buffer leaves the thread', () => {
  const own = bytes(1, 2, 3)
  const packed = packWrites([[{ sql: 'a', parameters: [own] }]])
  structuredClone(packed, { transfer: [packed.bytes.buffer] })
  expect(own).toEqual(bytes(1, 2, 3))
})

test('results come out as they went in, those that failed in their place', () => {
  const results: WriteResult[] = [
    { ok: true, steps: [{ changes: 1, rows: [{ updateId: 7 }] }] },
    { ok: false, at: 1, reason: 'unmet' },
    {
      ok: true,
      steps: [
        { changes: 0, rows: [] },
        {
          changes: 2,
          rows: [
            { id: 'x', bytes: bytes(5), at: null },
            { id: 'y', bytes: null, at: 2n ** 60n },
          ],
        },
      ],
    },
    { ok: true, steps: [] },
    { ok: false, at: 0, reason: 'conflict' },
  ]
  expect(unpackResults(structuredClone(packResults(results)))).toEqual(results)
})
