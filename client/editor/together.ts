// Binds an editor to the shared document: what is typed, whose caret is where, and undo of one's own edits only.
import { Extension } from '@tiptap/core'
import type { Schema } from '@tiptap/pm/model'
import { type EditorState, Plugin } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { redo, undo, ySyncPlugin, yUndoPlugin, yUndoPluginKey } from '@tiptap/y-tiptap'
import type { AbstractType, UndoManager } from 'yjs'
import type { DraftHandle } from '../link/draft.ts'
import { bindingOf } from './binding.ts'
import { showLeastChange } from './leastChange.ts'
import { makeLenient } from './lenientSchema.ts'
import { othersCarets, tellOwnPlace } from './othersCarets.ts'
import { caretInText, readCaretInTime } from './ownCaret.ts'

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

export const undoManagerOf = (state: EditorState): UndoManager | null => {
  const mine: { undoManager?: UndoManager } | undefined = yUndoPluginKey.getState(state)
  return mine?.undoManager ?? null
}

export const canUndo = (state: EditorState): boolean => (undoManagerOf(state)?.undoStack.length ?? 0) > 0
export const canRedo = (state: EditorState): boolean => (undoManagerOf(state)?.redoStack.length ?? 0) > 0
export { redo, undo }

/** Most browsers hold what is in sight in its place; the binding would measure the page at every change to do so. */
const keepsPlace = (): boolean => CSS.supports('overflow-anchor', 'auto')

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
        showLeastChange(binding)
        if (keepsPlace()) binding._isLocalCursorInView = () => false
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
      othersCarets(draft),
      tellOwnPlace(draft),
      yUndoPlugin(),
      caretInText(),
      readCaretInTime(draft),
      waitWhileComposing(draft),
    ]
  },

  addKeyboardShortcuts() {
    const undoOwn = () => undo(this.editor.state) ?? false
    const redoOwn = () => redo(this.editor.state) ?? false
    return { 'Mod-z': undoOwn, 'Mod-y': redoOwn, 'Shift-Mod-z': redoOwn }
  },
})
