// Where the others' carets and selections stand in the text, drawn together with the edits that move them; and this
// page's own place, told to the others when it changes.
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'
import { absolutePositionToRelativePosition, relativePositionToAbsolutePosition } from '@tiptap/y-tiptap'
import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { DraftHandle } from '../link/draft.ts'
import { bindingOf } from './binding.ts'
import { caretElement, selectionLook } from './carets.ts'
import { readCaret } from './ownCaret.ts'
import { isFromOthers } from './schema.ts'

interface Carets {
  readonly shown: DecorationSet
  /** How many changes of the awareness they take in. */
  readonly heard: number
}
const key = new PluginKey<Carets>('othersCarets')

interface Spot {
  readonly anchor: number
  readonly head: number
}

const isRecord = (it: unknown): it is Readonly<Record<string, unknown>> =>
  typeof it === 'object' && it !== null

/** Where a client says that it is, in the document as the binding last saw it; null for nowhere. */
export const spotOf = (state: EditorState, awareness: Awareness, clientId: number): Spot | null => {
  const binding = bindingOf(state)
  const cursor: unknown = awareness.getStates().get(clientId)?.cursor
  if (binding === null || !isRecord(cursor)) return null
  const placeOf = (told: unknown): number | null => {
    const relative = Y.createRelativePositionFromJSON(told)
    const pos = relativePositionToAbsolutePosition(binding.doc, binding.type, relative, binding.mapping)
    return pos === null ? null : Math.min(pos, state.doc.content.size)
  }
  try {
    const anchor = placeOf(cursor.anchor)
    const head = placeOf(cursor.head)
    return anchor === null || head === null ? null : { anchor, head }
  } catch {
    // A caret is what another client says of itself; nonsense shows no caret.
    return null
  }
}

const decorationsOf = (user: unknown, clientId: number, { anchor, head }: Spot): Decoration[] => {
  const caret = Decoration.widget(head, () => caretElement(user, clientId), { key: `${clientId}`, side: 10 })
  if (anchor === head) return [caret]
  const [from, to] = [Math.min(anchor, head), Math.max(anchor, head)]
  const look = selectionLook(user, clientId)
  return [caret, Decoration.inline(from, to, look, { inclusiveStart: false, inclusiveEnd: true })]
}

const draw = (state: EditorState, awareness: Awareness): DecorationSet => {
  const all: Decoration[] = []
  for (const [clientId, { user }] of awareness.getStates()) {
    if (clientId === awareness.clientID) continue
    const spot = spotOf(state, awareness, clientId)
    if (spot !== null) all.push(...decorationsOf(user, clientId, spot))
  }
  return DecorationSet.create(state.doc, all)
}

interface Changes {
  readonly added: readonly number[]
  readonly updated: readonly number[]
  readonly removed: readonly number[]
}

export const othersCarets = ({ awareness }: DraftHandle): Plugin => {
  let heard = 0

  const apply = (transaction: Transaction, carets: Carets, _: EditorState, state: EditorState): Carets => {
    if (isFromOthers(transaction) || transaction.getMeta(key) !== undefined) {
      return { shown: draw(state, awareness), heard }
    }
    if (!transaction.docChanged) return carets
    return { ...carets, shown: carets.shown.map(transaction.mapping, transaction.doc) }
  }

  /** Unless an edit that came along has drawn them by now. */
  const redraw = (view: EditorView): void => {
    const isStale = (): boolean => !view.isDestroyed && key.getState(view.state)?.heard !== heard
    if (!isStale()) return
    readCaret(view)
    if (isStale()) view.dispatch(view.state.tr.setMeta(key, true))
  }

  return new Plugin<Carets>({
    key,
    state: { init: () => ({ shown: DecorationSet.empty, heard: -1 }), apply },
    props: { decorations: (state) => key.getState(state)?.shown },
    view: (view) => {
      const changed = ({ added, updated, removed }: Changes): void => {
        if ([...added, ...updated, ...removed].every((clientId) => clientId === awareness.clientID)) return
        heard += 1
        queueMicrotask(() => redraw(view))
      }
      awareness.on('change', changed)
      return { destroy: () => awareness.off('change', changed) }
    },
  })
}

const isSamePlace = (told: unknown, now: Y.RelativePosition): boolean =>
  isRecord(told) && Y.compareRelativePositions(Y.createRelativePositionFromJSON(told), now)

/** Tells the others where this page's caret is, as long as it is in the text. */
export const tellOwnPlace = ({ awareness }: DraftHandle): Plugin => {
  const tell = (view: EditorView): void => {
    const binding = bindingOf(view.state)
    const told: unknown = awareness.getLocalState()?.cursor
    if (binding === null) return
    if (!view.hasFocus()) {
      if (isRecord(told)) awareness.setLocalStateField('cursor', null)
      return
    }
    const placeOf = (pos: number): Y.RelativePosition =>
      absolutePositionToRelativePosition(pos, binding.type, binding.mapping)
    const { selection } = view.state
    const anchor = placeOf(selection.anchor)
    const head = selection.empty ? anchor : placeOf(selection.head)
    if (isRecord(told) && isSamePlace(told.anchor, anchor) && isSamePlace(told.head, head)) return
    awareness.setLocalStateField('cursor', { anchor, head })
  }

  return new Plugin({
    view: (view) => {
      const focused = (): void => tell(view)
      view.dom.addEventListener('focusin', focused)
      view.dom.addEventListener('focusout', focused)
      return {
        update: tell,
        destroy: () => {
          view.dom.removeEventListener('focusin', focused)
          view.dom.removeEventListener('focusout', focused)
          awareness.setLocalStateField('cursor', null)
        },
      }
    },
  })
}
