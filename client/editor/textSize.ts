// How long a draft is, for people (characters of Chinese, words of other scripts) and for its bound (bytes). Blocks
// that did not change are not counted again.
import type { Node } from '@tiptap/pm/model'

export interface TextSize {
  readonly words: number
  readonly bytes: number
}

const countable =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}])[\p{L}\p{N}'’_-])+/gu
const encoder = new TextEncoder()

export const sizeOfText = (text: string): TextSize => ({
  words: text.match(countable)?.length ?? 0,
  bytes: encoder.encode(text).length,
})

const counted = new WeakMap<Node, TextSize>()

export const textSize = (node: Node): TextSize => {
  const known = counted.get(node)
  if (known !== undefined) return known
  let size: TextSize = { words: 0, bytes: 0 }
  if (node.isTextblock) size = sizeOfText(node.textContent)
  else {
    node.forEach((child) => {
      const part = textSize(child)
      size = { words: size.words + part.words, bytes: size.bytes + part.bytes }
    })
  }
  counted.set(node, size)
  return size
}

/** `1.9 MB`, `640 KB` */
export const bytesInWords = (bytes: number, language: string): string => {
  const isLarge = bytes >= 1024 * 1024
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: isLarge ? 'megabyte' : 'kilobyte',
    maximumFractionDigits: isLarge ? 1 : 0,
  }).format(bytes / (isLarge ? 1024 * 1024 : 1024))
}
