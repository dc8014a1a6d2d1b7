// The worker thread of the versions: opens histories, reads old texts out of them, compares, and works out what brings
// an old text back. Apart from the drafts' own worker, so that no poll waits for a comparison.
import { createHash } from 'node:crypto'
import { parentPort } from 'node:worker_threads'
import * as Y from 'yjs'
import { differenceOf, linesOf } from '../../shared/drafts/difference.ts'
import { formsOf, withForms } from '../../shared/drafts/differenceForms.ts'
import { draftField, lineForms, plainText } from '../../shared/drafts/plainText.ts'
import type { JobFault } from '../bench.ts'
import { isSameText, restoreInto } from './restoring.ts'

/** A text of the history: a Yjs snapshot, or `null` for the present. */
export type Moment = Uint8Array | null

export type VersionsJob =
  | { readonly kind: 'mark'; readonly updates: readonly Uint8Array[] }
  | { readonly kind: 'read'; readonly updates: readonly Uint8Array[]; readonly moment: Moment }
  | { readonly kind: 'forms'; readonly updates: readonly Uint8Array[]; readonly moment: Moment }
  | {
      readonly kind: 'compare'
      readonly updates: readonly Uint8Array[]
      readonly before: Moment
      readonly after: Moment
    }
  | {
      readonly kind: 'restore'
      readonly updates: readonly Uint8Array[]
      readonly moment: Uint8Array
    }

export interface Marked {
  readonly state: Uint8Array
  readonly sha256: string
  readonly chars: number
}

export type VersionsDone =
  | ({ readonly kind: 'mark' } & Marked)
  | { readonly kind: 'read'; readonly text: string; readonly sha256: string }
  /** The forms of the lines of a text with this hash (see plainText.ts). */
  | { readonly kind: 'forms'; readonly forms: string; readonly sha256: string }
  /** The difference as JSON, as it goes out: writing it takes as long as finding it. */
  | { readonly kind: 'compare'; readonly json: Uint8Array<ArrayBuffer> }
  | {
      readonly kind: 'restore'
      /** Undefined where the text reads so already. */
      readonly update: Uint8Array | undefined
      readonly before: Marked
      readonly sha256: string
    }

const openHistory = (updates: readonly Uint8Array[]): Y.Doc => {
  const doc = new Y.Doc({ gc: false })
  for (const update of updates) Y.applyUpdate(doc, update)
  return doc
}

const docAt = (history: Y.Doc, moment: Moment): Y.Doc =>
  moment === null ? history : Y.createDocFromSnapshot(history, Y.decodeSnapshot(moment))

const textOf = (doc: Y.Doc): string => plainText(doc.getXmlFragment(draftField))

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

const markOf = (doc: Y.Doc): Marked => {
  const text = textOf(doc)
  return {
    state: Y.encodeSnapshot(Y.snapshot(doc)),
    sha256: hashOf(text),
    chars: Array.from(text).length,
  }
}

const read = (job: Extract<VersionsJob, { kind: 'read' }>): VersionsDone => {
  const text = textOf(docAt(openHistory(job.updates), job.moment))
  return { kind: 'read', text, sha256: hashOf(text) }
}

const readForms = (job: Extract<VersionsJob, { kind: 'forms' }>): VersionsDone => {
  const doc = docAt(openHistory(job.updates), job.moment)
  return { kind: 'forms', forms: lineForms(doc.getXmlFragment(draftField)), sha256: hashOf(textOf(doc)) }
}

const compare = (job: Extract<VersionsJob, { kind: 'compare' }>): VersionsDone => {
  const history = openHistory(job.updates)
  const read = (moment: Moment): { lines: string[]; forms: string[] } => {
    const doc = docAt(history, moment)
    const text = textOf(doc)
    return { lines: linesOf(text), forms: formsOf(lineForms(doc.getXmlFragment(draftField)), text) }
  }
  const [before, after] = [read(job.before), read(job.after)]
  const found = withForms(differenceOf(before.lines, after.lines), before.forms, after.forms)
  return { kind: 'compare', json: new Uint8Array(new TextEncoder().encode(JSON.stringify(found))) }
}

const restore = (job: Extract<VersionsJob, { kind: 'restore' }>): VersionsDone => {
  const doc = openHistory(job.updates)
  const before = markOf(doc)
  const target = docAt(doc, job.moment).getXmlFragment(draftField)
  const current = doc.getXmlFragment(draftField)
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  doc.transact(() => restoreInto(current, target))
  if (!isSameText(current, target)) throw new Error('the restored text is not the one of the version')
  const update = updates.length > 0 ? Y.mergeUpdates(updates) : undefined
  return { kind: 'restore', update, before, sha256: hashOf(textOf(doc)) }
}

const perform = (job: VersionsJob): VersionsDone => {
  switch (job.kind) {
    case 'mark':
      return { kind: 'mark', ...markOf(openHistory(job.updates)) }
    case 'read':
      return read(job)
    case 'forms':
      return readForms(job)
    case 'compare':
      return compare(job)
    case 'restore':
      return restore(job)
  }
}

parentPort?.on('message', (job: VersionsJob) => {
  try {
    const done = perform(job)
    parentPort?.postMessage(done, done.kind === 'compare' ? [done.json.buffer] : [])
  } catch (fault) {
    const message = fault instanceof Error ? fault.message : String(fault)
    parentPort?.postMessage({ kind: 'fault', message } satisfies JobFault)
  }
})
