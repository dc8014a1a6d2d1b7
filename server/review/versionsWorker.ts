// The worker thread of the versions: opens histories, reads old texts out of them, compares, and works out what brings
// an old text back. Apart from the drafts' own worker, so that no poll waits for a comparison.
import { createHash } from 'node:crypto'
import { parentPort } from 'node:worker_threads'
import * as Y from 'yjs'
import { differenceOf, linesOf } from '../../shared/drafts/difference.ts'
import { formsOf, withForms } from '../../shared/drafts/differenceForms.ts'
import { draftField, lineForms, lineLetters, plainText } from '../../shared/drafts/plainText.ts'
import { reasonOf } from '../../shared/kernel/reason.ts'
import type { JobFault } from '../bench.ts'
import { type Provenance, writeMoved } from '../drafts/provenance.ts'
import { openDocument, trace, type WrittenLog } from '../drafts/tracing.ts'
import { broughtBack, type FateOf, fatesIn, movedIn } from './origins.ts'
import { withRemovals } from './removals.ts'
import { isSameText, restoreInto } from './restoring.ts'

/** A text of the history: a Yjs snapshot, or `null` for the present. */
export type Moment = Uint8Array | null

export type VersionsJob =
  | { readonly kind: 'mark'; readonly updates: readonly Uint8Array[] }
  | { readonly kind: 'read'; readonly updates: readonly Uint8Array[]; readonly moment: Moment }
  | { readonly kind: 'forms'; readonly updates: readonly Uint8Array[]; readonly moment: Moment }
  | {
      readonly kind: 'compare'
      readonly log: WrittenLog
      readonly before: Moment
      readonly after: Moment
    }
  | {
      readonly kind: 'restore'
      readonly updates: readonly Uint8Array[]
      readonly moment: Uint8Array
    }
  | { readonly kind: 'authors'; readonly log: WrittenLog }

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
  | {
      readonly kind: 'compare'
      readonly json: Uint8Array<ArrayBuffer>
      /** Those who took out what is gone. */
      readonly removers: readonly string[]
    }
  /** The moved letters as JSON of `MovedLetters[]`. */
  | { readonly kind: 'authors'; readonly json: Uint8Array<ArrayBuffer> }
  | {
      readonly kind: 'restore'
      /** Undefined where the text reads so already. */
      readonly update: Uint8Array | undefined
      /** Whose letters it brings back (server/drafts/provenance.ts). */
      readonly provenance: string
      readonly before: Marked
      readonly sha256: string
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
  const text = textOf(docAt(openDocument(job.updates), job.moment))
  return { kind: 'read', text, sha256: hashOf(text) }
}

const readForms = (job: Extract<VersionsJob, { kind: 'forms' }>): VersionsDone => {
  const doc = docAt(openDocument(job.updates), job.moment)
  return { kind: 'forms', forms: lineForms(doc.getXmlFragment(draftField)), sha256: hashOf(textOf(doc)) }
}

const compare = (job: Extract<VersionsJob, { kind: 'compare' }>): VersionsDone => {
  const { doc: history, provenance } = trace(job.log)
  const read = (moment: Moment): { lines: string[]; forms: string[]; fragment: Y.XmlFragment } => {
    const doc = docAt(history, moment)
    const text = textOf(doc)
    const fragment = doc.getXmlFragment(draftField)
    return { lines: linesOf(text), forms: formsOf(lineForms(fragment), text), fragment }
  }
  const [before, after] = [read(job.before), read(job.after)]
  const formed = withForms(differenceOf(before.lines, after.lines), before.forms, after.forms)
  const found = withRemovals(formed, lineLetters(before.fragment), fatesAt(history, provenance, job.after))
  const removers = new Set<string>()
  for (const block of found.blocks) {
    for (const { by } of 'removals' in block ? (block.removals ?? []) : []) if (by !== null) removers.add(by)
  }
  return { kind: 'compare', json: jsonBytes(found), removers: [...removers] }
}

const fatesAt = (history: Y.Doc, provenance: Provenance, moment: Moment): FateOf => {
  const { sv, ds } = moment === null ? Y.snapshot(history) : Y.decodeSnapshot(moment)
  return fatesIn(
    provenance,
    ({ client, clock }) => clock < (sv.get(client) ?? 0),
    ({ client, clock }) => Y.isDeleted(ds, Y.createID(client, clock)),
  )
}

const jsonBytes = (value: unknown): Uint8Array<ArrayBuffer> =>
  new Uint8Array(new TextEncoder().encode(JSON.stringify(value)))

const authors = ({ log }: Extract<VersionsJob, { kind: 'authors' }>): VersionsDone => {
  const { doc, provenance } = trace(log)
  return { kind: 'authors', json: jsonBytes(movedIn(doc.getXmlFragment(draftField), provenance.moved)) }
}

const restore = (job: Extract<VersionsJob, { kind: 'restore' }>): VersionsDone => {
  const doc = openDocument(job.updates)
  const before = markOf(doc)
  const target = docAt(doc, job.moment).getXmlFragment(draftField)
  const current = doc.getXmlFragment(draftField)
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  doc.transact(() => restoreInto(current, target))
  if (!isSameText(current, target)) throw new Error('the restored text is not the one of the version')
  const update = updates.length > 0 ? Y.mergeUpdates(updates) : undefined
  const provenance = writeMoved(broughtBack(current, target, doc.clientID))
  return { kind: 'restore', update, provenance, before, sha256: hashOf(textOf(doc)) }
}

const perform = (job: VersionsJob): VersionsDone => {
  switch (job.kind) {
    case 'mark':
      return { kind: 'mark', ...markOf(openDocument(job.updates)) }
    case 'read':
      return read(job)
    case 'forms':
      return readForms(job)
    case 'compare':
      return compare(job)
    case 'restore':
      return restore(job)
    case 'authors':
      return authors(job)
  }
}

parentPort?.on('message', (job: VersionsJob) => {
  try {
    const done = perform(job)
    parentPort?.postMessage(done, 'json' in done ? [done.json.buffer] : [])
  } catch (fault) {
    const message = reasonOf(fault)
    parentPort?.postMessage({ kind: 'fault', message } satisfies JobFault)
  }
})
