// Binds an editor to the shared document: what is typed, whose caret is where, and undo of one's own edits only.
import { Extension } from '@tiptap/core'
import type { Schema } from '@tiptap/pm/model'
import { type EditorState, Plugin } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import {
  type ProsemirrorBinding,
  redo,
  undo,
  yCursorPlugin,
  yCursorPluginKey,
  ySyncPlugin,
  ySyncPluginKey,
  yUndoPlugin,
  yUndoPluginKey,
} from '@tiptap/y-tiptap'
import type { AbstractType, UndoManager } from 'yjs'
import type { DraftHandle } from '../link/draft.ts'
import { caretElement, selectionLook } from './carets.ts'
import { makeLenient } from './lenientSchema.ts'

/** An input method left open for longer no longer keeps others' edits waiting. */
const composingMsMax = 15_000
const composingAskMs = 20

/**
 * Which block stands for which shared type. The binding empties its own map at every remote change and then builds
 * every block anew; it needs not, since it strikes out what changed just before. Kept, a change costs what it
 * touches, and the blocks around a word being composed stay the very same.
 */
class LastingMapping<V> extends Map<AbstractType<unknown>, V> {
  override clear(): void {}
}

export const bindingOf = (state: EditorState): ProsemirrorBinding | null => {
  const shared: unknown = ySyncPluginKey.getState(state)
  return typeof shared === 'object' && shared !== null && 'binding' in shared
    ? (shared.binding as ProsemirrorBinding)
    : null
}

export const undoManagerOf = (state: EditorState): UndoManager | null => {
  const mine: { undoManager?: UndoManager } | undefined = yUndoPluginKey.getState(state)
  return mine?.undoManager ?? null
}

export const canUndo = (state: EditorState): boolean => (undoManagerOf(state)?.undoStack.length ?? 0) > 0
export const canRedo = (state: EditorState): boolean => (undoManagerOf(state)?.redoStack.length ?? 0) > 0
export { redo, undo }

/** The plugins that show the shared document; `mayWrite` is asked before anything flows back into it. */
export const sharedText = (draft: DraftHandle, mayWrite: () => boolean): readonly Plugin[] => [
  ySyncPlugin(draft.fragment, { mapping: new LastingMapping() }),
  new Plugin({
    view: (view) => {
      const binding = bindingOf(view.state)
      if (binding !== null) {
        const write = binding._prosemirrorChanged.bind(binding)
        binding._prosemirrorChanged = (doc) => {
          if (mayWrite()) write(doc)
        }
        binding._forceRerender()
      }
      return {}
    },
  }),
]

/** Others' edits wait while an input method composes a word here, or the word would tear. */
const waitWhileComposing = (draft: DraftHandle): Plugin => {
  let timer: ReturnType<typeof setTimeout> | null = null
  let heldSince = 0

  const release = (): void => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    draft.holdOthers(false)
  }
  const releaseWhenDone = (view: EditorView): void => {
    // The view reads the composed word a moment after the input method says that it is done.
    const isOver = view.isDestroyed || !view.composing || performance.now() - heldSince > composingMsMax
    if (isOver) release()
    else timer = setTimeout(() => releaseWhenDone(view), composingAskMs)
  }
  return new Plugin({
    props: {
      handleDOMEvents: {
        compositionstart: (view) => {
          draft.holdOthers(true)
          heldSince = performance.now()
          timer ??= setTimeout(() => releaseWhenDone(view), composingAskMs)
          return false
        },
        compositionupdate: () => {
          heldSince = performance.now()
          return false
        },
      },
    },
    view: () => ({ destroy: release }),
  })
}

/**
 * The browser tells of a moved caret a moment after it moved. What others do must not be drawn in between, or the
 * caret would be put back to where it was; so the view is made to look first.
 */
const readCaret = (view: EditorView): void => {
  if (view.isDestroyed || view.composing || !view.editable || !view.hasFocus()) return
  view.dom.ownerDocument.dispatchEvent(new Event('selectionchange'))
}

const readCaretInTime = (draft: DraftHandle): Plugin =>
  new Plugin({
    props: {
      handleDOMEvents: {
        // The same between two quick keys: End and then Backspace must not delete where the caret was before.
        keydown: (view) => {
          readCaret(view)
          return false
        },
      },
    },
    view: (view) => ({ destroy: draft.onBeforeOthers(() => readCaret(view)) }),
  })

/**
 * Keeps the browser's caret in text. Where others' carets stand beside it, redrawing them leaves it between elements,
 * and Chromium then puts the next letter on their far side: one's own letters would change places.
 */
const caretInText = (): Plugin =>
  new Plugin({
    view: () => ({
      update: (view) => {
        const { selection } = view.state
        if (view.composing || !view.editable || !view.hasFocus()) return
        if (
          !selection.empty ||
          !selection.$head.parent.isTextblock ||
          selection.$head.parent.content.size === 0
        )
          return
        const inPage = view.dom.ownerDocument.getSelection()
        const at = inPage?.anchorNode
        if (!inPage?.isCollapsed || !at || at.nodeType === Node.TEXT_NODE || !view.dom.contains(at)) return
        // Elsewhere: the person has just moved it, and the view is about to hear of it.
        if (view.posAtDOM(at, inPage.anchorOffset) !== selection.head) return
        const { node, offset } = view.domAtPos(selection.head, -1)
        if (node.nodeType === Node.TEXT_NODE) inPage.collapse(node, offset)
      },
    }),
  })

export const Together = Extension.create<{ draft: DraftHandle | null }>({
  name: 'together',
  // Before the keys of any other extension.
  priority: 1_000,
  addOptions: () => ({ draft: null }),

  onBeforeCreate() {
    makeLenient(this.editor.schema as Schema)
  },

  addProseMirrorPlugins() {
    const { draft } = this.options
    if (draft === null) return []
    return [
      ...sharedText(draft, () => draft.status().mayEdit),
      yCursorPlugin(draft.awareness, { cursorBuilder: caretElement, selectionBuilder: selectionLook }),
      yUndoPlugin(),
      caretInText(),
      readCaretInTime(draft),
      waitWhileComposing(draft),
    ]
  },

  dispatchTransaction({ transaction, next }) {
    const { view } = this.editor
    const carets: unknown = transaction.getMeta(yCursorPluginKey)
    if (carets === undefined || transaction.docChanged || this.editor.isDestroyed) {
      next(transaction)
      return
    }
    // Others' carets moved: drawn over what this page has by now.
    const before = view.state
    readCaret(view)
    next(view.state === before ? transaction : view.state.tr.setMeta(yCursorPluginKey, carets))
  },

  addKeyboardShortcuts() {
    const undoOwn = () => undo(this.editor.state) ?? false
    const redoOwn = () => redo(this.editor.state) ?? false
    return { 'Mod-z': undoOwn, 'Mod-y': redoOwn, 'Shift-Mod-z': redoOwn }
  },
})
