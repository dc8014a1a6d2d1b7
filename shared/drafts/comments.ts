// Where a comment hangs: on its first letter and its last, by their ids in the shared text, so that it moves with them
// whatever is written around. When they are gone, their words may still stand elsewhere, as when a block was split.
import * as Y from 'yjs'

/** A place in the shared text. */
export interface Place {
  readonly text: Y.XmlText
  /** In UTF-16 units. */
  readonly index: number
}

export interface Passage {
  readonly from: Place
  readonly to: Place
}

/** As it travels: Yjs relative positions in their own JSON. */
export interface Anchor {
  readonly from: unknown
  readonly to: unknown
}

/** Undefined for a passage without a letter. */
export const anchorOf = ({ from, to }: Passage): Anchor | undefined => {
  if (from.text === to.text && from.index >= to.index) return undefined
  const toJson = ({ text, index }: Place, side: 0 | -1): unknown =>
    Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, index, side))
  return { from: toJson(from, 0), to: toJson(to, -1) }
}

/** The passage as it stands now; undefined when no letter of it is left. */
export const findPassage = (doc: Y.Doc, anchor: Anchor): Passage | undefined => {
  const [from, to] = [placeOf(doc, anchor.from), placeOf(doc, anchor.to)]
  // A passage over several blocks may have lost its first or its last one.
  const start = from ?? (to && { text: to.text, index: 0 })
  const end = to ?? (from && { text: from.text, index: from.text.length })
  if (!start || !end) return undefined
  if (start.text === end.text && start.index >= end.index) return undefined
  return { from: start, to: end }
}

const placeOf = (doc: Y.Doc, json: unknown): Place | undefined => {
  try {
    const found = Y.createAbsolutePositionFromRelativePosition(Y.createRelativePositionFromJSON(json), doc)
    if (!(found?.type instanceof Y.XmlText) || found.type._item?.deleted === true) return undefined
    return { text: found.type, index: found.index }
  } catch {
    // What another client says of its comment; nonsense hangs nowhere.
    return undefined
  }
}

/** Where the very words stand, if they stand in one place only. */
export const findWords = (fragment: Y.XmlFragment, words: string): Passage | undefined => {
  if (words.trim() === '') return undefined
  let found: Passage | undefined
  for (const text of textsIn(fragment)) {
    const plain = lettersOf(text)
    const at = plain.indexOf(words)
    if (at < 0) continue
    if (found || plain.indexOf(words, at + 1) >= 0) return undefined
    found = { from: { text, index: at }, to: { text, index: at + words.length } }
  }
  return found
}

/** The texts of a draft, from its beginning to its end. */
export const textsIn = (fragment: Y.XmlFragment): Y.XmlText[] => {
  const texts: Y.XmlText[] = []
  const ahead: unknown[] = fragment.toArray().reverse()
  for (let node = ahead.pop(); node !== undefined; node = ahead.pop()) {
    if (node instanceof Y.XmlText) texts.push(node)
    else if (node instanceof Y.XmlElement) ahead.push(...node.toArray().reverse())
  }
  return texts
}

/** Letters at their own index: what is no letter counts as one. */
export const lettersOf = (text: Y.XmlText): string =>
  (text.toDelta() as { insert: unknown }[])
    .map(({ insert }) => (typeof insert === 'string' ? insert : '\uFFFC'))
    .join('')
