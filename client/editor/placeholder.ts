// What an empty draft says to whoever may write in it, and to the hall that looks on.
import { Extension } from '@tiptap/core'
import { Plugin } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'

export const saysWhenEmpty = (words: () => string): Plugin =>
  new Plugin({
    props: {
      decorations: ({ doc }) => {
        const only = doc.childCount === 1 ? doc.firstChild : null
        if (only === null || !only.isTextblock || only.content.size > 0) return null
        return DecorationSet.create(doc, [
          Decoration.node(0, only.nodeSize, { class: 'draft-empty', 'data-placeholder': words() }),
        ])
      },
    },
  })

export const Placeholder = Extension.create<{ words: () => string }>({
  name: 'draftPlaceholder',
  addOptions: () => ({ words: () => '' }),
  addProseMirrorPlugins() {
    return [saysWhenEmpty(this.options.words)]
  },
})
