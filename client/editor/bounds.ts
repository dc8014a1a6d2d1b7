// Keeps a draft under its bound: what would push it over is not taken, and the person is told. Deleting always works.
import { Extension } from '@tiptap/core'
import { Plugin } from '@tiptap/pm/state'
import { limits } from '../../shared/kernel/limits.ts'
import { isFromOthers } from './schema.ts'
import { textSize } from './textSize.ts'

/** A place of the document is at most one UTF-16 unit of text. */
const bytesPerPlaceMax = 3

export const Bounds = Extension.create<{ onFull: () => void }>({
  name: 'draftBounds',
  addOptions: () => ({ onFull: () => {} }),
  addProseMirrorPlugins() {
    const { onFull } = this.options
    return [
      new Plugin({
        filterTransaction: (transaction, state) => {
          if (!transaction.docChanged || isFromOthers(transaction)) return true
          // Far from the bound nothing needs to be counted.
          if (transaction.doc.content.size * bytesPerPlaceMax <= limits.draftTextBytesMax) return true
          const after = textSize(transaction.doc).bytes
          if (after <= limits.draftTextBytesMax || after <= textSize(state.doc).bytes) return true
          onFull()
          return false
        },
      }),
    ]
  },
})
