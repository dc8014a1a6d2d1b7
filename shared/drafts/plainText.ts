// The plain text of a draft, line by line: what a poll freezes, hashes and prints. Deterministic, so that anybody can
// check a hash against the text. Beside it the form of each line, for readers: it is never hashed and decides nothing.
import * as Y from 'yjs'
import type { Letters } from './authors.ts'

/** The name under which Tiptap and y-tiptap keep a document. */
export const draftField = 'default'

/** `path` is the kinds of blocks that a node stands in, from the outermost, with points between. */
type Ahead = { kind: 'node'; node: unknown; path: string } | { kind: 'line' }

interface Run {
  readonly insert: unknown
  readonly attributes?: Readonly<Record<string, unknown>>
}

interface Lines {
  readonly texts: readonly string[]
  readonly forms: readonly string[]
}

/** What a line is made of, in UTF-16 units of the line; a picture's caption is one with its block. */
export interface LinePart extends Letters {
  readonly isBlock: boolean
}

/**
 * One line a heading, paragraph, list item, table cell or picture; a hard break also ends a line. Works off a list
 * instead of calling itself, since depth is up to whoever wrote the draft.
 */
const readLines = (fragment: Y.XmlFragment, letters?: (parts: readonly LinePart[]) => void): Lines => {
  const texts: string[] = []
  const forms: string[] = []
  let line: string | undefined
  let [path, bold] = ['', '']
  let parts: LinePart[] = []
  const endLine = (): void => {
    if (line === undefined) return
    texts.push(line)
    forms.push(bold === '' ? path : `${path}|${bold}`)
    letters?.(parts)
    parts = []
    line = undefined
    bold = ''
  }
  const write = ({ insert, attributes }: Run): void => {
    if (typeof insert !== 'string') return
    const from = (line ?? '').length
    line = (line ?? '') + insert
    if (attributes?.bold) bold = stretched(bold, from, line.length)
  }
  const ahead: Ahead[] = childrenOf(fragment, '')
  for (let next = ahead.pop(); next; next = ahead.pop()) {
    if (next.kind === 'line') endLine()
    else if (next.node instanceof Y.XmlText) {
      path = next.path
      line ??= ''
      if (letters) parts.push(...partsOf(next.node, line.length))
      for (const run of next.node.toDelta() as Run[]) write(run)
    } else if (next.node instanceof Y.XmlElement) {
      if (next.node.nodeName === 'hardBreak') {
        line ??= ''
        endLine()
        line = ''
        continue
      }
      endLine()
      path = pathOf(next.node, next.path)
      if (next.node.nodeName === pictureNode) {
        line = pictureLine(next.node.getAttribute('alt'))
        if (letters) parts.push(...blockPart(next.node, line.length))
        endLine()
        continue
      }
      if (textBlocks.has(next.node.nodeName)) line = ''
      ahead.push({ kind: 'line' })
      for (const child of childrenOf(next.node, path)) ahead.push(child)
    }
  }
  endLine()
  return { texts, forms }
}

/** What is no letter takes no room in a line. */
const partsOf = (text: Y.XmlText, lineFrom: number): LinePart[] => {
  const parts: LinePart[] = []
  let at = lineFrom
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentString)) continue
    parts.push({ from: at, to: at + item.length, ...item.id, isBlock: false })
    at += item.length
  }
  return parts
}

const blockPart = ({ _item }: Y.XmlElement, length: number): LinePart[] =>
  _item ? [{ from: 0, to: length, ..._item.id, isBlock: true }] : []

/** One stretch, though it may be kept in pieces. */
const stretched = (stretches: string, from: number, to: number): string => {
  const end = `-${from}`
  if (stretches.endsWith(end)) return `${stretches.slice(0, -end.length)}-${to}`
  return stretches === '' ? `${from}-${to}` : `${stretches},${from}-${to}`
}

/** The lines joined by `\n`. Marks and attributes are left out, but for a picture's caption. */
export const plainText = (fragment: Y.XmlFragment): string => readLines(fragment).texts.join('\n')

/**
 * For each line of the plain text its form, joined by `\n`: the kinds of blocks it stands in (`h1`, `ul.ul`, `td`; ''
 * for a paragraph), then `|` and the stretches in bold in UTF-16 units (`h1|0-5,7-9`).
 */
export const lineForms = (fragment: Y.XmlFragment): string => readLines(fragment).forms.join('\n')

/** For each line of the plain text what it is made of. */
export const lineLetters = (fragment: Y.XmlFragment): (readonly LinePart[])[] => {
  const lines: (readonly LinePart[])[] = []
  readLines(fragment, (parts) => lines.push(parts))
  return lines
}

/** The name of a picture's block. */
export const pictureNode = 'picture'

/** A picture reads as its caption in brackets. */
const pictureLine = (alt: unknown): string =>
  typeof alt === 'string' && alt.trim() !== '' ? `[${alt.trim().replaceAll(/\s+/g, ' ')}]` : '[图片]'

/** They are a line even when they are empty. */
const textBlocks = new Set(['paragraph', 'heading', 'codeBlock'])

const kinds: ReadonlyMap<string, string> = new Map([
  ['bulletList', 'ul'],
  ['orderedList', 'ol'],
  ['tableHeader', 'th'],
  ['tableCell', 'td'],
  [pictureNode, 'pic'],
])

const pathOf = (element: Y.XmlElement, around: string): string => {
  const { nodeName } = element
  const kind = nodeName === 'heading' ? `h${levelOf(element)}` : kinds.get(nodeName)
  if (kind === undefined) return around
  return around === '' ? kind : `${around}.${kind}`
}

const levelOf = (heading: Y.XmlElement): number => {
  const level = Number(heading.getAttribute('level'))
  return level === 2 || level === 3 ? level : 1
}

/** Last first, as `ahead` is worked off from its end. */
const childrenOf = (parent: Y.XmlFragment, path: string): Ahead[] =>
  parent
    .toArray()
    .reverse()
    .map((node) => ({ kind: 'node', node, path }))
