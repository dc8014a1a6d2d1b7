// Pictures that are pasted, dropped or chosen: drawn anew on this device, sent, and put where they were asked for,
// however the text moved meanwhile.
import { type Editor, Extension } from '@tiptap/core'
import { Plugin } from '@tiptap/pm/state'
import { absolutePositionToRelativePosition, relativePositionToAbsolutePosition } from '@tiptap/y-tiptap'
import { pictureNode } from '../../../shared/drafts/plainText.ts'
import type { Refusal } from '../../../shared/kernel/result.ts'
import type { PictureView } from '../../../shared/wire/httpDrafts.ts'
import { upload } from '../../link/api.ts'
import type { DraftHandle } from '../../link/draft.ts'
import { bindingOf } from '../binding.ts'
import { holdsText } from '../pasteHtml.ts'
import { type PictureTrouble, reencode } from './reencode.ts'

export interface PictureProgress {
  readonly step: 'encoding' | 'sending'
  /** Of all that were given at once. */
  readonly done: number
  readonly total: number
}

export interface PicturesOptions {
  readonly draft: DraftHandle | null
  readonly onProgress: (progress: PictureProgress | null) => void
  readonly onTrouble: (trouble: PictureTrouble | Refusal) => void
}

const atOnceMax = 10

const picturesIn = (data: DataTransfer | null): File[] =>
  [...(data?.files ?? [])].filter(({ type }) => type.startsWith('image/')).slice(0, atOnceMax)

/** Word processors put a picture of the words beside the words; a browser's "copy picture" brings one `img` alone. */
const hasWords = (data: DataTransfer): boolean => {
  if (data.getData('text/plain').trim() !== '') return true
  const html = data.getData('text/html')
  return html !== '' && holdsText(html)
}

/** Where a place of the document is later, whatever others do meanwhile. */
const follow = (editor: Editor, pos: number): (() => number) => {
  const binding = bindingOf(editor.state)
  if (binding === null) return () => Math.min(pos, editor.state.doc.content.size)
  const held = absolutePositionToRelativePosition(pos, binding.type, binding.mapping)
  return () => {
    const now = bindingOf(editor.state)
    const shared = now?.type.doc
    const found =
      now && shared ? relativePositionToAbsolutePosition(shared, now.type, held, now.mapping) : null
    return Math.min(found ?? editor.state.selection.from, editor.state.doc.content.size)
  }
}

/** After the block in which the place is; a picture at the end is followed by a line to write on. */
const insert = (editor: Editor, pos: number, { sha256, width, height }: PictureView): void => {
  const { state } = editor
  const { nodes } = state.schema
  const picture = nodes[pictureNode]?.create({ sha256, width, height, alt: '' })
  if (picture === undefined || nodes.paragraph === undefined) return
  const $pos = state.doc.resolve(pos)
  let at = $pos.depth === 0 ? pos : $pos.after(1)
  const transaction = state.tr
  const block = $pos.depth === 0 ? null : $pos.node(1)
  if (block?.type.name === 'paragraph' && block.content.size === 0) {
    at = $pos.before(1)
    transaction.insert(at, picture)
  } else {
    transaction.insert(at, picture)
    if (at + picture.nodeSize >= transaction.doc.content.size) {
      transaction.insert(at + picture.nodeSize, nodes.paragraph.create())
    }
  }
  editor.view.dispatch(transaction.scrollIntoView())
}

const take = async (
  editor: Editor,
  files: readonly File[],
  pos: number,
  { draft, onProgress, onTrouble }: PicturesOptions,
): Promise<void> => {
  const placeNow = follow(editor, pos)
  const total = files.length
  for (const [done, file] of files.entries()) {
    onProgress({ step: 'encoding', done, total })
    const encoded = await reencode(file)
    if (editor.isDestroyed || draft === null) break
    if (!(encoded instanceof Blob)) {
      onTrouble(encoded)
      continue
    }
    onProgress({ step: 'sending', done, total })
    const named = new File([encoded], 'picture', { type: encoded.type })
    const answer = await upload<PictureView>(`/api/drafts/${draft.draftId}/pictures`, named, (share) =>
      onProgress({ step: 'sending', done: done + share, total }),
    )
    if (editor.isDestroyed) break
    if (answer.ok) insert(editor, placeNow(), answer.value)
    else onTrouble(answer.refusal)
  }
  onProgress(null)
}

export const Pictures = Extension.create<PicturesOptions>({
  name: 'draftPictures',
  // Before the editor's own pasting, which would take nothing of a picture.
  priority: 900,
  addOptions: () => ({ draft: null, onProgress: () => {}, onTrouble: () => {} }),
  addStorage() {
    return {
      /** For pictures chosen from the device. */
      take: (editor: Editor, files: readonly File[]): void => {
        void take(editor, files.slice(0, atOnceMax), editor.state.selection.from, this.options)
      },
    }
  },
  addProseMirrorPlugins() {
    const { editor, options } = this
    return [
      new Plugin({
        props: {
          handleDOMEvents: {
            paste: (view, event) => {
              const files = picturesIn(event.clipboardData)
              if (!view.editable || files.length === 0 || event.clipboardData === null) return false
              if (hasWords(event.clipboardData)) return false
              event.preventDefault()
              void take(editor, files, view.state.selection.from, options)
              return true
            },
            drop: (view, event) => {
              const files = picturesIn(event.dataTransfer)
              if (!view.editable || files.length === 0) return false
              event.preventDefault()
              const at = view.posAtCoords({ left: event.clientX, top: event.clientY })
              void take(editor, files, at?.pos ?? view.state.selection.from, options)
              return true
            },
          },
        },
      }),
    ]
  },
})

/** Takes pictures chosen from the device to where the caret is. */
export const takeChosen = (editor: Editor, files: readonly File[]): void => {
  const storage = editor.storage as unknown as Record<
    string,
    { take?: (editor: Editor, files: readonly File[]) => void } | undefined
  >
  storage.draftPictures?.take?.(editor, files)
}
