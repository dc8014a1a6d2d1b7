// People who write into one draft as the editor does: through ProseMirror and the binding's own way of putting a change
// into the shared document, with its undo. What they send is written down as the hall writes it, batch by batch.
import { joinBackward, splitBlock } from '@tiptap/pm/commands'
import type { Node, Slice } from '@tiptap/pm/model'
import { EditorState, TextSelection, type Transaction } from '@tiptap/pm/state'
import {
  defaultDeleteFilter,
  defaultProtectedNodes,
  initProseMirrorDoc,
  updateYFragment,
} from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import { makeDraftSchema } from '../../client/editor/schema.ts'
import { draftLimits } from '../../server/drafts/draftLimits.ts'
import { judgeUpdate } from '../../server/drafts/guard.ts'
import { admit, emptyHoldings, type Piece } from '../../server/drafts/holdings.ts'
import { type Deletions, noteDeletions, writeRowProvenance } from '../../server/drafts/provenance.ts'
import { stitch } from '../../server/drafts/stitch.ts'
import type { WrittenRow } from '../../server/drafts/tracing.ts'
import { fragmentOf } from './people.ts'

const schema = makeDraftSchema()

/** The draft as the hall keeps it: a row a batch, nothing merged. */
export class WritingHall {
  readonly rows: WrittenRow[] = []
  readonly owners: { clientId: number; owner: string }[] = []
  /** As on the server: what was deleted stays. */
  readonly doc = new Y.Doc({ gc: false })
  readonly #holdings = emptyHoldings()

  /** What came in one window: updates with who sent them. */
  commit(sent: readonly { readonly owner: string; readonly update: Uint8Array }[]): void {
    const pieces: Piece[] = []
    const deletions: Deletions = new Map()
    const again: Deletions = new Map()
    for (const { owner, update } of sent) {
      const writer = { owner, mayEdit: true, settled: true }
      const ownerOf = (client: number) => this.#holdings.owners.get(client)
      const verdict = judgeUpdate(this.#holdings, ownerOf, writer, update, draftLimits)
      if (verdict.kind === 'nothingNew') continue
      if (verdict.kind !== 'piece') throw new Error('an update was not let in')
      const { piece } = verdict
      admit(this.#holdings, piece)
      pieces.push(piece)
      if (piece.deletes.length > 0) noteDeletions(deletions, owner, piece.deletes)
      if (piece.again) noteDeletions(again, owner, piece.again)
    }
    if (pieces.length === 0) return
    const { bytes } = stitch(pieces)
    this.rows.push({ bytes, provenance: writeRowProvenance(deletions, again, []) })
    Y.applyUpdate(this.doc, bytes)
  }

  person(owner: string, clientId: number): Writer {
    this.owners.push({ clientId, owner })
    return new Writer(this, owner, clientId)
  }
}

/** The editor's hand on a document. */
export class EditorPen {
  readonly doc: Y.Doc
  readonly #undo: Y.UndoManager
  clipboard: Slice | null = null

  constructor(doc: Y.Doc) {
    this.doc = doc
    this.#undo = new Y.UndoManager(fragmentOf(doc), {
      trackedOrigins: new Set([this]),
      deleteFilter: (item) => defaultDeleteFilter(item, defaultProtectedNodes),
      captureTimeout: 0,
    })
  }

  /** Each block of text, from before its first letter to behind its last. */
  get blocks(): { readonly from: number; readonly to: number }[] {
    const blocks: { from: number; to: number }[] = []
    this.#read().descendants((node, pos) => {
      if (node.isTextblock) blocks.push({ from: pos + 1, to: pos + 1 + node.content.size })
      return !node.isTextblock
    })
    return blocks
  }

  /** Where words stand. */
  find(words: string): { readonly from: number; readonly to: number } {
    let from = -1
    this.#read().descendants((node, pos) => {
      const at = node.isTextblock ? node.textContent.indexOf(words) : -1
      if (at >= 0 && from < 0) from = pos + 1 + at
      return !node.isTextblock
    })
    if (from < 0) throw new Error(`${words} stands nowhere`)
    return { from, to: from + words.length }
  }

  type(at: number, words: string): void {
    this.#change((state) => state.tr.insertText(words, at))
  }

  /** The Enter key. */
  enter(at: number): void {
    this.#command(at, splitBlock)
  }

  /** The backspace key at the beginning of a block. */
  joinBefore(at: number): void {
    this.#command(at, joinBackward)
  }

  delete(from: number, to: number): void {
    this.#change((state) => select(state, from, to).deleteSelection())
  }

  cut(from: number, to: number): void {
    this.clipboard = this.#read().slice(from, to)
    this.delete(from, to)
  }

  paste(at: number): void {
    const { clipboard } = this
    if (clipboard) this.#change((state) => select(state, at, at).replaceSelection(clipboard))
  }

  heading(at: number): void {
    this.#change((state) => state.tr.setBlockType(at, at, schema.nodes.heading as never, { level: 2 }))
  }

  /** @returns whether there was anything to undo */
  undo(): boolean {
    return this.#undo.undo() !== null
  }

  redo(): boolean {
    return this.#undo.redo() !== null
  }

  #read(): Node {
    return initProseMirrorDoc(fragmentOf(this.doc), schema).doc
  }

  #command(at: number, command: (state: EditorState, dispatch: (tr: Transaction) => void) => boolean): void {
    this.#change((state) => {
      let done = state.tr
      const there = state.apply(select(state, at, at))
      command(there, (tr) => {
        done = tr
      })
      return done
    })
  }

  #change(make: (state: EditorState) => Transaction): void {
    const fragment = fragmentOf(this.doc)
    const { doc, meta } = initProseMirrorDoc(fragment, schema)
    const changed = make(EditorState.create({ doc }))
    if (!changed.docChanged) return
    this.doc.transact(() => updateYFragment(this.doc, fragment, changed.doc, meta), this)
  }
}

/** Somebody who writes into the hall's draft without a line between. */
export class Writer extends EditorPen {
  readonly owner: string
  readonly #hall: WritingHall
  #unsent: Uint8Array[] = []

  constructor(hall: WritingHall, owner: string, clientId: number) {
    super(new Y.Doc())
    this.owner = owner
    this.#hall = hall
    this.doc.clientID = clientId
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(hall.doc), hall)
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== hall) this.#unsent.push(update)
    })
  }

  /** What was written since, to be committed. @param isOneUpdate as after having been away */
  send(isOneUpdate = false): { owner: string; update: Uint8Array }[] {
    const { owner } = this
    const unsent = this.#unsent
    this.#unsent = []
    if (!isOneUpdate) return unsent.map((update) => ({ owner, update }))
    return [{ owner, update: Y.encodeStateAsUpdate(this.doc, Y.encodeStateVector(this.#hall.doc)) }]
  }

  hear(): void {
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(this.#hall.doc, Y.encodeStateVector(this.doc)), this.#hall)
  }
}

const select = (state: EditorState, from: number, to: number): Transaction =>
  state.tr.setSelection(TextSelection.create(state.doc, from, to))
