// The drafts' worker thread: what needs a parsed document is done here, never on the event loop that serves people.
import { createHash } from 'node:crypto'
import { parentPort } from 'node:worker_threads'
import * as Y from 'yjs'
import { draftField, plainText } from '../../shared/drafts/plainText.ts'
import { everything, scanUpdate } from './scan.ts'

export type DraftJob =
  | { kind: 'merge'; updates: readonly Uint8Array[] }
  | { kind: 'text'; updates: readonly Uint8Array[] }

export type DraftJobResult =
  | {
      kind: 'merge'
      bytes: Uint8Array<ArrayBuffer>
      /** Sections without their bytes: client, clock, end, structs, from, to. */
      sections: Float64Array<ArrayBuffer>
    }
  | {
      kind: 'text'
      text: string
      sha256: string
      /** A Yjs snapshot of the same moment. */
      state: Uint8Array
    }
  | { kind: 'fault'; message: string }

/** `gc: false`: what was deleted stays, since amendments, versions and "who wrote this" need it. */
const openDocument = (updates: readonly Uint8Array[]): Y.Doc => {
  const doc = new Y.Doc({ gc: false })
  for (const update of updates) Y.applyUpdate(doc, update)
  return doc
}

const merge = (updates: readonly Uint8Array[]): DraftJobResult => {
  const doc = openDocument(updates)
  const isWhole = doc.store.pendingStructs === null && doc.store.pendingDs === null
  const encoded = isWhole ? Y.encodeStateAsUpdate(doc) : Y.mergeUpdates([...updates])
  const bytes = new Uint8Array(encoded)
  const scan = scanUpdate(bytes, everything, Number.POSITIVE_INFINITY)
  if (!scan) throw new Error('the merged draft does not decode')
  const sections = new Float64Array(scan.sections.length * 6)
  scan.sections.forEach(({ client, clock, end, structs, from, to }, i) => {
    sections.set([client, clock, end, structs, from, to], i * 6)
  })
  return { kind: 'merge', bytes, sections }
}

const extract = (updates: readonly Uint8Array[]): DraftJobResult => {
  const doc = openDocument(updates)
  const text = plainText(doc.getXmlFragment(draftField))
  const state = Y.encodeSnapshot(Y.snapshot(doc))
  return { kind: 'text', text, sha256: createHash('sha256').update(text).digest('hex'), state }
}

parentPort?.on('message', (job: DraftJob) => {
  try {
    const result = job.kind === 'merge' ? merge(job.updates) : extract(job.updates)
    parentPort?.postMessage(
      result,
      result.kind === 'merge' ? [result.bytes.buffer, result.sections.buffer] : [],
    )
  } catch (fault) {
    const message = fault instanceof Error ? fault.message : String(fault)
    parentPort?.postMessage({ kind: 'fault', message } satisfies DraftJobResult)
  }
})
