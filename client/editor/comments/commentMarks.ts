// Shows in the text where comments hang, finds them anew when the text changes, and tells which one was pressed.
import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'
import {
  type Anchor,
  anchorOf,
  findPassage,
  findWords,
  type Passage,
} from '../../../shared/drafts/comments.ts'
import { limits } from '../../../shared/kernel/limits.ts'
import { readPlaces, type TextPlaces } from '../authors/textPlaces.ts'
import { bindingOf } from '../binding.ts'

/** What of a comment the text needs to know. */
export interface Hung {
  readonly commentId: string
  readonly anchor: Anchor
  readonly quote: string
}

export interface Spot {
  readonly from: number
  readonly to: number
  /** Its own letters are gone; the same words were found elsewhere. */
  readonly isMoved: boolean
}

export interface CommentMarksState {
  readonly hung: readonly Hung[]
  readonly activeId: string | null
  /** Where each comment hangs; without an entry, its words are gone. */
  readonly spots: ReadonlyMap<string, Spot>
  readonly shown: DecorationSet
}

interface Asked {
  readonly hung?: readonly Hung[]
  readonly activeId?: string | null
}

const key = new PluginKey<CommentMarksState>('commentMarks')
const renewAfterMs = 400
/** Looking for words goes through the whole text. */
const wordSearchesMax = 40

const none: CommentMarksState = { hung: [], activeId: null, spots: new Map(), shown: DecorationSet.empty }

const spotOf = (places: TextPlaces, passage: Passage | undefined, isMoved: boolean): Spot | undefined => {
  if (passage === undefined) return undefined
  const [from, to] = [places.placeOf(passage.from), places.placeOf(passage.to)]
  return from === null || to === null || from >= to ? undefined : { from, to, isMoved }
}

const findSpots = (state: EditorState, doc: Node, hung: readonly Hung[]): ReadonlyMap<string, Spot> => {
  const spots = new Map<string, Spot>()
  const fragment = bindingOf(state)?.type
  const shared = fragment?.doc
  if (hung.length === 0 || fragment === undefined || !shared) return spots
  const places = readPlaces(state, doc)
  let searches = 0
  for (const { commentId, anchor, quote } of hung) {
    let spot = spotOf(places, findPassage(shared, anchor), false)
    if (spot === undefined && searches < wordSearchesMax) {
      searches += 1
      spot = spotOf(places, findWords(fragment, quote), true)
    }
    if (spot !== undefined) spots.set(commentId, spot)
  }
  return spots
}

const draw = (doc: Node, spots: ReadonlyMap<string, Spot>, activeId: string | null): DecorationSet =>
  DecorationSet.create(
    doc,
    [...spots].map(([commentId, { from, to }]) =>
      Decoration.inline(
        from,
        to,
        { class: commentId === activeId ? 'draft-comment draft-comment-active' : 'draft-comment' },
        { commentId, inclusiveStart: false, inclusiveEnd: false },
      ),
    ),
  )

const apply = (
  transaction: Transaction,
  state: CommentMarksState,
  before: EditorState,
): CommentMarksState => {
  const asked: Asked | undefined = transaction.getMeta(key)
  if (asked === undefined) {
    if (!transaction.docChanged || state.hung.length === 0) return state
    return { ...state, shown: state.shown.map(transaction.mapping, transaction.doc) }
  }
  const hung = asked.hung ?? state.hung
  const activeId = asked.activeId === undefined ? state.activeId : asked.activeId
  const spots = findSpots(before, transaction.doc, hung)
  return { hung, activeId, spots, shown: draw(transaction.doc, spots, activeId) }
}

/** The marks move with the text at once; a moment later they are found anew by their letters. */
const renew = () => {
  let timer: ReturnType<typeof setTimeout> | null = null
  const later = (view: EditorView): void => {
    timer = null
    if (view.isDestroyed) return
    if (view.composing) timer = setTimeout(() => later(view), renewAfterMs)
    else view.dispatch(view.state.tr.setMeta(key, {}))
  }
  return {
    update: (view: EditorView, before: EditorState) => {
      if (before.doc === view.state.doc || marksOf(view.state).hung.length === 0) return
      timer ??= setTimeout(() => later(view), renewAfterMs)
    },
    destroy: () => {
      if (timer !== null) clearTimeout(timer)
    },
  }
}

export const marksOf = (state: EditorState): CommentMarksState => key.getState(state) ?? none

export const hangComments = (view: EditorView, hung: readonly Hung[]): void => {
  if (!view.isDestroyed) view.dispatch(view.state.tr.setMeta(key, { hung } satisfies Asked))
}

/** Lights a comment up in the text. */
export const activate = (view: EditorView, activeId: string | null): void => {
  if (!view.isDestroyed && marksOf(view.state).activeId !== activeId) {
    view.dispatch(view.state.tr.setMeta(key, { activeId } satisfies Asked))
  }
}

export interface Selected {
  readonly anchor: Anchor
  readonly quote: string
}

/** What is selected, as something to comment on; null when there is no letter in it. */
export const selectedPassage = (state: EditorState): Selected | null => {
  const { from, to } = state.selection
  const passage = from < to ? readPlaces(state).passageOf(from, to) : null
  const anchor = passage === null ? undefined : anchorOf(passage)
  if (anchor === undefined) return null
  const words = state.doc.textBetween(from, to, '\n', '').trim()
  return { anchor, quote: Array.from(words).slice(0, limits.commentQuoteCharsMax).join('') }
}

/** Brings the comment's passage, or else the selected one, to where neither the heads nor the list cover it. */
export const bringPassageUp = (view: EditorView): void => {
  const { selection } = view.state
  const mark = view.dom.querySelector('.draft-comment-active')
  const { node } = view.domAtPos(selection.from)
  const selected = node instanceof Element ? node : node.parentElement
  const passage = mark ?? (selection.empty ? null : selected)
  passage?.scrollIntoView({ block: 'nearest' })
}

export interface CommentMarksOptions {
  /** The keys for commenting on what is selected. */
  readonly onAsk: () => void
  /** A commented passage was pressed. */
  readonly onPressed: (commentId: string) => void
}

export const CommentMarks = Extension.create<CommentMarksOptions>({
  name: 'commentMarks',
  addOptions: () => ({ onAsk: () => {}, onPressed: () => {} }),
  addKeyboardShortcuts() {
    const { onAsk } = this.options
    return {
      'Mod-Alt-m': () => {
        onAsk()
        return true
      },
    }
  },
  addProseMirrorPlugins() {
    const { onPressed } = this.options
    return [
      new Plugin<CommentMarksState>({
        key,
        state: { init: () => none, apply },
        props: {
          decorations: (state) => marksOf(state).shown,
          handleClick: (view, pos) => {
            const [pressed] = marksOf(view.state).shown.find(pos, pos)
            const commentId: unknown = pressed?.spec.commentId
            if (typeof commentId === 'string') onPressed(commentId)
            return false
          },
        },
        view: renew,
      }),
    ]
  },
})
