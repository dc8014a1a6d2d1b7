// A picture in a draft: its address by the hash of its bytes, its size, and its caption. Nothing else is ever an image
// in a draft, whatever was pasted or came over the wire.
import { mergeAttributes, Node } from '@tiptap/core'
import type { Node as DraftNode } from '@tiptap/pm/model'
import type { EditorView, NodeView } from '@tiptap/pm/view'
import { pictureNode } from '../../../shared/drafts/plainText.ts'
import { draftCommentWords } from '../../words/draftComments.ts'
import { currentLanguage, wordIn } from '../../words/words.ts'

const captionCharsMax = 200
const hash = /^[0-9a-f]{64}$/

export interface PictureAttributes {
  readonly sha256: string
  readonly alt: string
  readonly width: number
  readonly height: number
}

const sideOf = (value: unknown): number => {
  const side = Math.round(Number(value))
  return side > 0 && side < 10_000 ? side : 0
}

/** What another page claims is taken only as far as it makes a picture. */
const readAttributes = ({ attrs }: DraftNode): PictureAttributes => ({
  sha256: typeof attrs.sha256 === 'string' && hash.test(attrs.sha256) ? attrs.sha256 : '',
  alt: typeof attrs.alt === 'string' ? attrs.alt.slice(0, captionCharsMax) : '',
  width: sideOf(attrs.width),
  height: sideOf(attrs.height),
})

const imageAttributes = ({ sha256, alt, width, height }: PictureAttributes): Record<string, string> => ({
  ...(sha256 === '' ? {} : { src: `/api/pictures/${sha256}` }),
  ...(width > 0 && height > 0 ? { width: String(width), height: String(height) } : {}),
  alt,
  loading: 'lazy',
  decoding: 'async',
})

export const Picture = Node.create({
  name: pictureNode,
  group: 'block',
  atom: true,
  draggable: true,
  addAttributes: () => ({
    sha256: { default: '' },
    alt: { default: '' },
    width: { default: 0 },
    height: { default: 0 },
  }),
  parseHTML: () => [
    {
      tag: 'figure[data-picture]',
      getAttrs: (element) => {
        const { picture = '', alt = '', width, height } = element.dataset
        return hash.test(picture) && { sha256: picture, alt, width: sideOf(width), height: sideOf(height) }
      },
    },
  ],
  renderHTML: ({ node, HTMLAttributes }) => {
    const picture = readAttributes(node)
    return [
      'figure',
      mergeAttributes(
        { class: 'draft-picture' },
        { 'data-picture': picture.sha256, 'data-alt': picture.alt },
        { 'data-width': String(picture.width), 'data-height': String(picture.height) },
        HTMLAttributes.class ? { class: HTMLAttributes.class } : {},
      ),
      ['img', imageAttributes(picture)],
      ['figcaption', {}, picture.alt],
    ]
  },
  addNodeView:
    () =>
    ({ node, view, getPos }) =>
      pictureView(node, view, getPos),
})

const word = (key: keyof typeof draftCommentWords.zh, params?: Record<string, string>) =>
  wordIn(draftCommentWords, currentLanguage(), key, params)

/** The caption is written right under the picture by whoever may edit, and read by everybody. */
const pictureView = (first: DraftNode, view: EditorView, getPos: () => number | undefined): NodeView => {
  let node = first
  const figure = document.createElement('figure')
  figure.className = 'draft-picture'
  figure.contentEditable = 'false'
  const image = document.createElement('img')
  const caption = document.createElement('input')
  caption.className = 'draft-picture-caption'
  caption.maxLength = captionCharsMax
  const shown = document.createElement('figcaption')
  figure.append(image, caption, shown)

  const draw = (): void => {
    const picture = readAttributes(node)
    for (const [name, value] of Object.entries(imageAttributes(picture))) {
      if (image.getAttribute(name) !== value) image.setAttribute(name, value)
    }
    image.alt = picture.alt === '' ? word('pictureWithout') : word('pictureOf', { caption: picture.alt })
    shown.textContent = picture.alt
    if (document.activeElement !== caption) caption.value = picture.alt
    caption.placeholder = word('captionHint')
    caption.setAttribute('aria-label', word('caption'))
    caption.hidden = !view.editable
    shown.hidden = view.editable || picture.alt === ''
  }
  const write = (): void => {
    const pos = getPos()
    if (pos === undefined || caption.value === readAttributes(node).alt) return
    view.dispatch(view.state.tr.setNodeAttribute(pos, 'alt', caption.value.trim()))
  }
  caption.addEventListener('change', write)
  caption.addEventListener('focus', draw)
  caption.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' || (event.key === 'Enter' && !event.isComposing)) {
      event.preventDefault()
      view.focus()
    }
  })
  image.addEventListener('error', () => {
    figure.dataset.missing = word('notDrawn')
  })
  image.addEventListener('load', () => {
    delete figure.dataset.missing
  })
  draw()
  return {
    dom: figure,
    update: (next) => {
      if (next.type !== node.type) return false
      node = next
      draw()
      return true
    },
    stopEvent: (event) => event.target === caption,
    ignoreMutation: () => true,
    destroy: () => caption.removeEventListener('change', write),
  }
}
