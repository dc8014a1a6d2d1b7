// Where the shared texts stand in the editor's document: the bridge between letters, which carry their author and hold
// comments, and places on the page.
import type { Node } from '@tiptap/pm/model'
import type { EditorState } from '@tiptap/pm/state'
import * as Y from 'yjs'
import type { Passage, Place } from '../../../shared/drafts/comments.ts'
import { bindingOf } from '../binding.ts'

export interface TextPlaces {
  /** Every shared text with the place of its first letter, in order. */
  readonly texts: ReadonlyMap<Y.XmlText, number>
  placeOf(place: Place): number | null
  /** The letters between two places of the document; null when there are none. */
  passageOf(from: number, to: number): Passage | null
}

export const readPlaces = (state: EditorState, doc: Node = state.doc): TextPlaces => {
  const texts = new Map<Y.XmlText, number>()
  const elementOf = new Map<Node, Y.XmlElement>()
  for (const [shared, node] of bindingOf(state)?.mapping ?? []) {
    if (shared instanceof Y.XmlElement && !Array.isArray(node)) elementOf.set(node as Node, shared)
  }
  doc.descendants((node, pos) => {
    if (!node.isTextblock) return true
    const element = elementOf.get(node)
    if (element !== undefined) readBlock(element, node, pos + 1, texts)
    return false
  })
  return {
    texts,
    placeOf: ({ text, index }) => {
      const start = texts.get(text)
      return start === undefined ? null : start + Math.min(index, text.length)
    },
    passageOf: (from, to) => passageIn(texts, from, to),
  }
}

/** A block that is shown mended does not stand letter for letter; it is left out. */
const readBlock = (element: Y.XmlElement, node: Node, start: number, texts: Map<Y.XmlText, number>): void => {
  const found: [Y.XmlText, number][] = []
  let at = start
  for (const child of element.toArray()) {
    if (child instanceof Y.XmlText) {
      found.push([child, at])
      at += child.length
    } else at += 1
  }
  if (at - start !== node.content.size) return
  for (const [text, place] of found) texts.set(text, place)
}

const passageIn = (texts: ReadonlyMap<Y.XmlText, number>, from: number, to: number): Passage | null => {
  let first: Place | null = null
  let last: Place | null = null
  for (const [text, start] of texts) {
    const head = Math.max(from, start) - start
    const end = Math.min(to, start + text.length) - start
    if (head >= end) continue
    first ??= { text, index: head }
    last = { text, index: end }
  }
  return first === null || last === null ? null : { from: first, to: last }
}
