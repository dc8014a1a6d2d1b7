// Keeps a draft under its bound: what would push it over is not taken, and the person is told. Deleting always works.
import { Extension } from '@tiptap/core'
import { Plugin } from '@tiptap/pm/state'
import { limits } from '../../shared/kernel/limits.ts'
import { isFromOthers } from './schema.ts'
import { textSize } from './textSize.ts'

export const Bounds = Extension.create<{ onFull: () => void }>({
  name: 'draftBounds',
  addOptions: () => ({ onFull: () => {} }),
  addProseMirrorPlugins() {
    const { onFull } = this.options
    return [
      new Plugin({
        filterTransaction: (transaction, state) => {
          if (!transaction.docChanged || isFromOthers(transaction)) return true
          const after = textSize(transaction.doc).bytes
          if (after <= limits.draftTextBytesMax || after <= textSize(state.doc).bytes) return true
          onFull()
          return false
        },
      }),
    ]
  },
})
