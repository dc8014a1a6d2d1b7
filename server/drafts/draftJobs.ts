// What needs a parsed document, or reads a long update: the jobs of the drafts' worker thread.
import { createHash } from 'node:crypto'
import * as Y from 'yjs'
import { draftField, plainText } from '../../shared/drafts/plainText.ts'
import { type NewsBounds, newsIn } from './news.ts'
import { type PackedScan, type PackedSections, packScan, packSections, unpackClocks } from './packed.ts'
import { writeProvenance } from './provenance.ts'
import { everything, scanUpdate } from './scan.ts'
import { openDocument, trace, type WrittenLog } from './tracing.ts'

export type DraftJob =
  | { kind: 'merge'; log: WrittenLog }
  | { kind: 'text'; updates: readonly Uint8Array[] }
  /** `clocks`: what is held already, as pairs of client and next clock. */
  | { kind: 'news'; bytes: Uint8Array; clocks: Float64Array<ArrayBuffer>; bounds: NewsBounds }

export type DraftJobResult =
  | {
      kind: 'merge'
      bytes: Uint8Array<ArrayBuffer>
      sections: PackedSections
      /** See provenance.ts. */
      provenance: string
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

const merge = (log: WrittenLog): DraftJobResult => {
  const { doc, provenance, strays } = trace(log)
  const strayBytes = strays.map(({ bytes: stray }) => stray)
  const state = Y.encodeStateAsUpdate(doc)
  const bytes = new Uint8Array(strays.length === 0 ? state : Y.mergeUpdates([state, ...strayBytes]))
  const scan = scanUpdate(bytes, everything, Number.POSITIVE_INFINITY)
  if (!scan) throw new Error('the merged draft does not decode')
  return {
    kind: 'merge',
    bytes,
    sections: packSections(scan.sections),
    provenance: writeProvenance(provenance),
  }
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

export const workOn = (job: DraftJob): DraftJobResult => {
  switch (job.kind) {
    case 'merge':
      return merge(job.log)
    case 'text':
      return extract(job.updates)
    case 'news':
      return news(job)
  }
}
