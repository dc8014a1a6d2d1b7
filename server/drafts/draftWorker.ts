// The drafts' worker thread: what needs a parsed document is done here, never on the event loop that serves people.
import { createHash } from 'node:crypto'
import { parentPort } from 'node:worker_threads'
import * as Y from 'yjs'
import { draftField, plainText } from '../../shared/drafts/plainText.ts'
import { type NewsBounds, newsIn } from './news.ts'
import { type PackedScan, type PackedSections, packScan, packSections, unpackClocks } from './packed.ts'
import { everything, scanUpdate } from './scan.ts'

export type DraftJob =
  | { kind: 'merge'; updates: readonly Uint8Array[] }
  | { kind: 'text'; updates: readonly Uint8Array[] }
  /** `clocks`: what is held already, as pairs of client and next clock. */
  | { kind: 'news'; bytes: Uint8Array; clocks: Float64Array<ArrayBuffer>; bounds: NewsBounds }

export type DraftJobResult =
  | {
      kind: 'merge'
      bytes: Uint8Array<ArrayBuffer>
      sections: PackedSections
    }
  | {
      kind: 'text'
      text: string
      sha256: string
      /** A Yjs snapshot of the same moment. */
      state: Uint8Array
    }
  /** Null for an update that does not decode. */
  | { kind: 'news'; scan: PackedScan | null }
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
  return { kind: 'merge', bytes, sections: packSections(scan.sections) }
}

const extract = (updates: readonly Uint8Array[]): DraftJobResult => {
  const doc = openDocument(updates)
  const text = plainText(doc.getXmlFragment(draftField))
  const state = Y.encodeSnapshot(Y.snapshot(doc))
  return { kind: 'text', text, sha256: createHash('sha256').update(text).digest('hex'), state }
}

const news = ({ bytes, clocks, bounds }: Extract<DraftJob, { kind: 'news' }>): DraftJobResult => {
  const scan = newsIn(bytes, unpackClocks(clocks), bounds)
  return { kind: 'news', scan: scan ? packScan(scan) : null }
}

const work = (job: DraftJob): DraftJobResult => {
  switch (job.kind) {
    case 'merge':
      return merge(job.updates)
    case 'text':
      return extract(job.updates)
    case 'news':
      return news(job)
  }
}

/** What moves over to the event loop instead of being copied. */
const movedWith = (result: DraftJobResult): ArrayBuffer[] => {
  if (result.kind === 'merge') return [result.bytes.buffer, result.sections.buffer]
  if (result.kind !== 'news' || !result.scan) return []
  const { bytes, sections, deletes, needs } = result.scan
  return [bytes.buffer, sections.buffer, deletes.buffer, needs.buffer]
}

parentPort?.on('message', (job: DraftJob) => {
  try {
    const result = work(job)
    parentPort?.postMessage(result, movedWith(result))
  } catch (fault) {
    const message = fault instanceof Error ? fault.message : String(fault)
    parentPort?.postMessage({ kind: 'fault', message } satisfies DraftJobResult)
  }
})
