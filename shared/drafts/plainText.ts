// The plain text of a draft, line by line: what a poll freezes, hashes and prints. Deterministic, so that anybody can
// check a hash against the text.
import * as Y from 'yjs'

/** The name under which Tiptap and y-tiptap keep a document. */
export const draftField = 'default'

type Ahead = { kind: 'node'; node: unknown } | { kind: 'line' }

/**
 * One line a heading, paragraph, list item, table cell or picture, joined by `\n`; a hard break also ends a line.
 * Marks and attributes are left out, but for a picture's caption. Works off a list instead of calling itself, since
 * depth is up to whoever wrote the draft.
 */
export const plainText = (fragment: Y.XmlFragment): string => {
  const lines: string[] = []
  let line: string | undefined
  const endLine = (): void => {
    if (line !== undefined) lines.push(line)
    line = undefined
  }
  const ahead: Ahead[] = childrenOf(fragment)
  for (let next = ahead.pop(); next; next = ahead.pop()) {
    if (next.kind === 'line') endLine()
    else if (next.node instanceof Y.XmlText) line = (line ?? '') + textOf(next.node)
    else if (next.node instanceof Y.XmlElement) {
      if (next.node.nodeName === 'hardBreak') {
        lines.push(line ?? '')
        line = ''
        continue
      }
      endLine()
      if (next.node.nodeName === pictureNode) {
        lines.push(pictureLine(next.node.getAttribute('alt')))
        continue
      }
      if (textBlocks.has(next.node.nodeName)) line = ''
      ahead.push({ kind: 'line' })
      for (const child of childrenOf(next.node)) ahead.push(child)
    }
  }
  endLine()
  return lines.join('\n')
}

/** The name of a picture's block. */
export const pictureNode = 'picture'

/** A picture reads as its caption in brackets. */
const pictureLine = (alt: unknown): string =>
  typeof alt === 'string' && alt.trim() !== '' ? `[${alt.trim().replaceAll(/\s+/g, ' ')}]` : '[图片]'

/** They are a line even when they are empty. */
const textBlocks = new Set(['paragraph', 'heading', 'codeBlock'])

/** Last first, as `ahead` is worked off from its end. */
const childrenOf = (parent: Y.XmlFragment): Ahead[] =>
  parent
    .toArray()
    .reverse()
    .map((node) => ({ kind: 'node', node }))

const textOf = (text: Y.XmlText): string => {
  let plain = ''
  for (const { insert } of text.toDelta() as { insert: unknown }[])
    if (typeof insert === 'string') plain += insert
  return plain
}
