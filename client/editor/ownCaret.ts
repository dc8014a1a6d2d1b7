// Keeps this page's own caret where its person put it, whatever others do around it.
import { Plugin } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import type { DraftHandle } from '../link/draft.ts'

/**
 * The browser tells of a moved caret a moment after it moved. What others do must not be drawn in between, or the
 * caret would be put back to where it was; so the view is made to look first.
 */
export const readCaret = (view: EditorView): void => {
  if (view.isDestroyed || view.composing || !view.editable || !view.hasFocus()) return
  view.dom.ownerDocument.dispatchEvent(new Event('selectionchange'))
}

export const readCaretInTime = (draft: DraftHandle): Plugin =>
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
export const caretInText = (): Plugin =>
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
        if (!inPage || !at || at.nodeType === Node.TEXT_NODE || !view.dom.contains(at)) return
        // Asking whether it is collapsed would have the whole page laid out.
        if (at !== inPage.focusNode || inPage.anchorOffset !== inPage.focusOffset) return
        // Elsewhere: the person has just moved it, and the view is about to hear of it.
        if (view.posAtDOM(at, inPage.anchorOffset) !== selection.head) return
        const { node, offset } = view.domAtPos(selection.head, -1)
        if (node.nodeType === Node.TEXT_NODE) inPage.collapse(node, offset)
      },
    }),
  })
