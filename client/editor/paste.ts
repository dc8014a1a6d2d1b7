// Pasting: a short piece goes the editor's own way at once; a long document is read and put in block by block between
// two pictures of the screen, so that the page lives on, others' edits come in meanwhile, and one undo takes it back.
import { type Editor, Extension } from '@tiptap/core'
import { DOMParser as DraftParser, type Fragment } from '@tiptap/pm/model'
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
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
  readonly pos: number | null
}
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
      init: () => ({ pos: null }),
      apply: (transaction, anchor) => {
        const set: Anchor | undefined = transaction.getMeta(anchorKey)
        if (set !== undefined) return set
        if (anchor.pos === null || !transaction.docChanged) return anchor
        return { pos: follow(anchor.pos, transaction) }
      },
    },
  })

const nextPicture = (): Promise<void> =>
  new Promise((settle) => {
    if (document.hidden) setTimeout(settle)
    // After the picture, so that typing and scrolling come first.
    else requestAnimationFrame(() => setTimeout(settle))
  })

/** Makes room for whole blocks at the selection: the place between two blocks where they go. */
const makeRoom = (state: EditorState): { readonly transaction: Transaction; readonly pos: number } => {
  const transaction = state.tr.deleteSelection()
  const { $from } = transaction.selection
  if (!$from.parent.isTextblock) return { transaction, pos: $from.pos }
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
  const pos = anchorKey.getState(editor.state)?.pos
  if (pos === null || pos === undefined) return false
  const transaction = editor.state.tr.insert(pos, content)
  transaction.setMeta(anchorKey, { pos: pos + content.size } satisfies Anchor)
  const { doc } = editor.state
  editor.view.dispatch(transaction)
  return editor.state.doc !== doc
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
    editor.view.dispatch(transaction.setMeta(anchorKey, { pos } satisfies Anchor))
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
    if (!editor.isDestroyed) {
      editor.view.dispatch(
        editor.state.tr.setMeta(anchorKey, { pos: null } satisfies Anchor).scrollIntoView(),
      )
    }
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
