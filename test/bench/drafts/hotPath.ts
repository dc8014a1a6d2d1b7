// What one keystroke costs the server before any socket: judge, admit, stitch; and what the log costs in one merged row
// a flush against one row an update. Run: node --import tsx test/bench/drafts/hotPath.ts
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as Y from 'yjs'
import { draftLimits } from '../../../server/drafts/draftLimits.ts'
import { judgeUpdate } from '../../../server/drafts/guard.ts'
import { admit, emptyHoldings, type Piece } from '../../../server/drafts/holdings.ts'
import { openLog } from '../../../server/drafts/log.ts'
import { scanUpdate } from '../../../server/drafts/scan.ts'
import { stitch } from '../../../server/drafts/stitch.ts'
import { openSqliteStore } from '../../../server/store/sqlite.ts'

const keystrokes = 100_000
const perFlush = 20

const doc = new Y.Doc()
const updates: Uint8Array[] = []
doc.on('update', (update: Uint8Array) => updates.push(update))
const text = doc.getText('t')
// Bursts at random places, as people type.
for (let i = 0, at = 0; i < keystrokes; i += 1, at += 1) {
  if (i % 25 === 0) at = (i * 7_919) % (text.length + 1)
  text.insert(at, 'x')
}

const writer = { owner: 'ada', mayEdit: true, settled: true }
const print = (what: string, ms: number, count: number): void => {
  console.log(
    `${what.padEnd(44)} ${((ms * 1000) / count).toFixed(2)} µs of processor each, ${Math.round(ms)} ms in all`,
  )
}
/** Processor time of all threads, as other processes share the machine. */
const cpuMs = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
const timed = (what: string, count: number, run: () => void): void => {
  const began = cpuMs()
  run()
  print(what, cpuMs() - began, count)
}

const holdings = emptyHoldings()
const pieces: Piece[] = []
timed('judge and admit a keystroke', keystrokes, () => {
  for (const update of updates) {
    const verdict = judgeUpdate(holdings, () => undefined, writer, update, draftLimits)
    if (verdict.kind !== 'piece') throw new Error(JSON.stringify(verdict))
    admit(holdings, verdict.piece)
    pieces.push(verdict.piece)
  }
})
timed(`stitch ${perFlush} keystrokes, per keystroke`, keystrokes, () => {
  for (let i = 0; i < pieces.length; i += perFlush) stitch(pieces.slice(i, i + perFlush))
})
timed(`Y.mergeUpdates of ${perFlush}, per keystroke`, keystrokes / 10, () => {
  for (let i = 0; i < updates.length / 10; i += perFlush) Y.mergeUpdates(updates.slice(i, i + perFlush))
})
const whole = Y.encodeStateAsUpdate(doc)
timed('scan the merged draft', 1, () => {
  scanUpdate(whole, () => Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY)
})
timed('Y.applyUpdate of the merged draft', 1, () => Y.applyUpdate(new Y.Doc(), whole))

const folder = await mkdtemp(join(tmpdir(), 'yishiting-hot-path-'))
const store = await openSqliteStore(join(folder, 'hall.db'))
const log = openLog(store)
const flushes = 1_000
for (const merged of [true, false, true, false]) {
  const began = cpuMs()
  for (let flush = 0; flush < flushes; flush += 1) {
    const slice = pieces.slice(flush * perFlush, (flush + 1) * perFlush)
    const rows = merged ? [stitch(slice)] : slice.map((piece) => stitch([piece]))
    await store.write(
      rows.flatMap(({ bytes }) =>
        log.appendSteps('dr_bench', { bytes, edits: 1, at: 0, provenance: null }, []),
      ),
    )
  }
  print(
    `commit ${perFlush} keystrokes, ${merged ? 'one merged row' : 'a row each'}`,
    cpuMs() - began,
    flushes,
  )
}
await store.close()
await rm(folder, { recursive: true, force: true })
