// Pasting: a short piece goes the editor's own way at once; a long document is read and put in block by block between
// two pictures of the screen, so that the page lives on, others' edits come in meanwhile, and one undo takes it back.
import { type Editor, Extension } from '@tiptap/core'
import { DOMParser as DraftParser, type Fragment, type ResolvedPos } from '@tiptap/pm/model'
import { type EditorState, Plugin, PluginKey, TextSelection, type Transaction } from '@tiptap/pm/state'
import { limits } from '../../shared/kernel/limits.ts'
import { blocksOf, cleanPastedHtml, picturesLeftOut, readPasted, readPastedText } from './pasteHtml.ts'
import { isFromOthers } from './schema.ts'
import { sizeOfText, textSize } from './textSize.ts'
import { undoManagerOf } from './together.ts'

const longCharsMin = 40_000
const chunkBlocksMax = 60
const chunkCharsMax = 8_000
const onePasteMs = 600_000

export interface PasteProgress {
  readonly done: number
  readonly total: number
  readonly stop: () => void
}

export interface PasteOptions {
  readonly onProgress: (progress: PasteProgress | null) => void
  readonly onTooLong: (bytes: number) => void
  /** The words go in without so many pictures. */
  readonly onPicturesLeftOut: (count: number) => void
  /** Not taken: a long document is still going in. */
  readonly onBusy: () => void
}

interface Anchor {
  /** Where the next blocks go. */
  readonly pos: number | null
  /** Where the caret was left; it goes along unless it was put elsewhere meanwhile. */
  readonly caret: number | null
}
const nowhere: Anchor = { pos: null, caret: null }
const anchorKey = new PluginKey<Anchor>('pasteAnchor')

/** Where a place went: own changes say so, others' replace the whole text and are compared with what was there. */
const follow = (pos: number, transaction: Transaction): number => {
  if (!isFromOthers(transaction)) return transaction.mapping.map(pos)
  const before = transaction.before.content
  const after = transaction.doc.content
  const start = before.findDiffStart(after)
  const end = before.findDiffEnd(after)
  if (start === null || end === null || pos <= start) return pos
  return pos >= end.a ? pos + end.b - end.a : Math.min(start, transaction.doc.content.size)
}

const anchorPlugin = () =>
  new Plugin<Anchor>({
    key: anchorKey,
    state: {
      init: () => nowhere,
      apply: (transaction, anchor) => {
        const set: Anchor | undefined = transaction.getMeta(anchorKey)
        if (set !== undefined) return set
        if (anchor.pos === null || !transaction.docChanged) return anchor
        const { pos, caret } = anchor
        return { pos: follow(pos, transaction), caret: caret === null ? null : follow(caret, transaction) }
      },
    },
  })

const nextPicture = (): Promise<void> =>
  new Promise((settle) => {
    if (document.hidden) setTimeout(settle)
    // After the picture, so that typing and scrolling come first.
    else requestAnimationFrame(() => setTimeout(settle))
  })

/** How deep the outermost item of a list is that holds the place, within its cell if it is in one; else 0. */
const outermostItem = ($from: ResolvedPos): number => {
  let found = 0
  for (let depth = $from.depth; depth > 0 && $from.node(depth).type.spec.isolating !== true; depth -= 1) {
    if ($from.node(depth).type.name === 'listItem') found = depth
  }
  return found
}

/** Makes room for whole blocks at the selection: the place between two blocks where they go. A list is parted by them. */
const makeRoom = (state: EditorState): { readonly transaction: Transaction; readonly pos: number } => {
  const transaction = state.tr.deleteSelection()
  const { $from } = transaction.selection
  if (!$from.parent.isTextblock) return { transaction, pos: $from.pos }
  const item = outermostItem($from)
  if (item > 0) {
    const pos = $from.after(item)
    if (pos === $from.end(item - 1)) return { transaction, pos: $from.after(item - 1) }
    return { transaction: transaction.split(pos), pos: pos + 1 }
  }
  if ($from.parent.content.size === 0 && $from.node(-1).childCount > 1) {
    const pos = $from.before()
    return { transaction: transaction.delete(pos, $from.after()), pos }
  }
  if ($from.parentOffset === 0) return { transaction, pos: $from.before() }
  if ($from.parentOffset === $from.parent.content.size) return { transaction, pos: $from.after() }
  return { transaction: transaction.split($from.pos), pos: $from.pos + 1 }
}

/** The next blocks that fit one step; at least one. */
const takeChunk = (waiting: ChildNode[]): readonly ChildNode[] => {
  const chunk: ChildNode[] = []
  let chars = 0
  while (chunk.length < chunkBlocksMax && chars < chunkCharsMax) {
    const block = waiting.shift()
    if (block === undefined) break
    chars += block.textContent?.length ?? 0
    chunk.push(block)
  }
  return chunk
}

const read = (editor: Editor, chunk: readonly ChildNode[]): Fragment => {
  const box = chunk[0]?.ownerDocument?.createElement('div') ?? document.createElement('div')
  box.append(...chunk)
  return DraftParser.fromSchema(editor.schema).parse(box).content
}

const insertAtAnchor = (editor: Editor, content: Fragment): boolean => {
  const { pos, caret } = anchorKey.getState(editor.state) ?? nowhere
  if (pos === null) return false
  const transaction = editor.state.tr.insert(pos, content)
  transaction.setMeta(anchorKey, {
    pos: pos + content.size,
    caret: caret === null ? null : transaction.mapping.map(caret, -1),
  } satisfies Anchor)
  const { doc } = editor.state
  editor.view.dispatch(transaction)
  return editor.state.doc !== doc
}

/** The paste is over: the caret stands behind it, unless it was put elsewhere meanwhile. */
const leaveAnchor = (editor: Editor): void => {
  const { pos, caret } = anchorKey.getState(editor.state) ?? nowhere
  const { tr, selection } = editor.state
  if (pos !== null && selection.empty && selection.head === caret)
    tr.setSelection(TextSelection.near(tr.doc.resolve(pos), -1))
  editor.view.dispatch(tr.setMeta(anchorKey, nowhere).scrollIntoView())
}

const pasteLong = async (editor: Editor, body: HTMLElement, options: PasteOptions): Promise<void> => {
  const waiting = blocksOf(body)
  const total = waiting.length
  let isStopped = false
  const stop = () => {
    isStopped = true
  }
  const undoManager = undoManagerOf(editor.state)
  const captureTimeout = undoManager?.captureTimeout ?? 0
  undoManager?.stopCapturing()
  if (undoManager !== null) undoManager.captureTimeout = onePasteMs
  try {
    const { transaction, pos } = makeRoom(editor.state)
    const caret = transaction.selection.head
    editor.view.dispatch(transaction.setMeta(anchorKey, { pos, caret } satisfies Anchor))
    while (waiting.length > 0 && !isStopped && !editor.isDestroyed && editor.isEditable) {
      if (!insertAtAnchor(editor, read(editor, takeChunk(waiting)))) break
      options.onProgress({ done: total - waiting.length, total, stop })
      await nextPicture()
    }
  } finally {
    if (undoManager !== null) {
      undoManager.captureTimeout = captureTimeout
      undoManager.stopCapturing()
    }
    if (!editor.isDestroyed) leaveAnchor(editor)
    options.onProgress(null)
  }
}

type Pasted =
  | { readonly kind: 'short' }
  | { readonly kind: 'long'; readonly body: HTMLElement }
  | { readonly kind: 'tooLong'; readonly bytes: number }

const measure = (state: EditorState, html: string, text: string): Pasted => {
  const isLong = html.length > longCharsMin || text.length > longCharsMin
  const { bytes } = textSize(state.doc)
  if (!isLong && bytes + text.length * 3 < limits.draftTextBytesMax) return { kind: 'short' }
  const body = html === '' ? readPastedText(text) : readPasted(html)
  const after = bytes + sizeOfText(body.textContent ?? '').bytes
  if (after > limits.draftTextBytesMax) return { kind: 'tooLong', bytes: after }
  return isLong ? { kind: 'long', body } : { kind: 'short' }
}

/** @returns whether it was seen to; what is short goes the editor's own way */
const takePaste = (editor: Editor, data: DataTransfer | null, options: PasteOptions): boolean => {
  const html = data?.getData('text/html') ?? ''
  const pasted = measure(editor.state, html, data?.getData('text/plain') ?? '')
  const leftOut = pasted.kind === 'tooLong' ? 0 : picturesLeftOut(html)
  if (leftOut > 0) options.onPicturesLeftOut(leftOut)
  if (pasted.kind === 'tooLong') options.onTooLong(pasted.bytes)
  if (pasted.kind === 'long') void pasteLong(editor, pasted.body, options)
  return pasted.kind !== 'short'
}

export const Paste = Extension.create<PasteOptions>({
  name: 'draftPaste',
  addOptions: () => ({
    onProgress: () => {},
    onTooLong: () => {},
    onPicturesLeftOut: () => {},
    onBusy: () => {},
  }),
  addProseMirrorPlugins() {
    const { editor, options } = this
    let isPasting = false
    const once: PasteOptions = {
      ...options,
      onProgress: (progress) => {
        isPasting = progress !== null
        options.onProgress(progress)
      },
    }
    return [
      anchorPlugin(),
      new Plugin({
        props: {
          transformPastedHTML: cleanPastedHtml,
          handleDOMEvents: {
            paste: (view, event) => {
              if (!view.editable) return false
              if (isPasting) options.onBusy()
              else if (!takePaste(editor, event.clipboardData, once)) return false
              event.preventDefault()
              return true
            },
          },
        },
      }),
    ]
  },
})
