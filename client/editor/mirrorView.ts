// The read-only view of a draft for the screen: shows every change as it comes, names at the carets, and tells where
// work was seen. Nothing ever flows back into the shared document from here.
import type { Node } from '@tiptap/pm/model'
import { EditorState, Plugin } from '@tiptap/pm/state'
import { EditorView } from '@tiptap/pm/view'
import type { DraftHandle } from '../link/draft.ts'
import { makeLenient } from './lenientSchema.ts'
import { othersCarets, spotOf } from './othersCarets.ts'
import { saysWhenEmpty } from './placeholder.ts'
import { makeDraftSchema } from './schema.ts'
import { sharedText } from './together.ts'

export interface MirrorParts {
  readonly place: HTMLElement
  readonly draft: DraftHandle
  readonly label: string
  readonly whenEmpty: string
  readonly onWork: (view: EditorView, pos: number, isChange: boolean) => void
}

/** Where the text came to differ, as a position in the new text. */
const changedAt = (before: Node, after: Node): number | null => {
  const end = before.content.findDiffEnd(after.content)
  const start = before.content.findDiffStart(after.content)
  if (start === null) return null
  return Math.max(start, Math.min(end?.b ?? start, after.content.size))
}

const reportChanges = (parts: MirrorParts): Plugin =>
  new Plugin({
    view: () => ({
      update: (view, before) => {
        if (before.doc === view.state.doc) return
        // The first drawing is not work of anybody's.
        if (before.doc.content.size <= 2) return
        const pos = changedAt(before.doc, view.state.doc)
        if (pos !== null) parts.onWork(view, pos, true)
      },
    }),
  })

export const makeMirror = (
  parts: MirrorParts,
): { readonly view: EditorView; readonly destroy: () => void } => {
  const { draft } = parts
  const schema = makeLenient(makeDraftSchema())
  const view: EditorView = new EditorView(parts.place, {
    state: EditorState.create({ schema }),
    editable: () => false,
    attributes: { class: 'draft-text', 'aria-label': parts.label, role: 'document' },
    // Carets are drawn a moment after they moved; the mirror may be gone by then.
    dispatchTransaction: (transaction) => {
      if (!view.isDestroyed) view.updateState(view.state.apply(transaction))
    },
  })
  // Plugins join a view that stands, so that the shared text finds it.
  view.updateState(
    view.state.reconfigure({
      plugins: [
        ...sharedText(draft, () => false),
        othersCarets(draft),
        reportChanges(parts),
        saysWhenEmpty(() => parts.whenEmpty),
      ],
    }),
  )
  const moved = ({ updated }: { updated: readonly number[] }) => {
    // The text that moved the carets follows them at once.
    queueMicrotask(() => {
      if (view.isDestroyed) return
      for (const clientId of updated) {
        const spot = spotOf(view.state, draft.awareness, clientId)
        if (spot !== null) parts.onWork(view, spot.head, false)
      }
    })
  }
  draft.awareness.on('change', moved)
  return {
    view,
    destroy: () => {
      draft.awareness.off('change', moved)
      view.destroy()
    },
  }
}

/** The element of the smallest block at a place: a paragraph, a heading, a row of a table. */
export const blockAt = (view: EditorView, pos: number): HTMLElement | null => {
  const $pos = view.state.doc.resolve(Math.max(0, Math.min(pos, view.state.doc.content.size)))
  for (let depth = $pos.depth; depth > 0; depth -= 1) {
    const node = $pos.node(depth)
    if (!node.isTextblock && node.type.name !== 'tableRow') continue
    const dom = view.nodeDOM($pos.before(depth))
    if (dom instanceof HTMLElement) return dom
  }
  const beside = $pos.nodeAfter === null ? $pos.pos - ($pos.nodeBefore?.nodeSize ?? 0) : $pos.pos
  const dom = view.nodeDOM(beside)
  return dom instanceof HTMLElement ? dom : null
}
