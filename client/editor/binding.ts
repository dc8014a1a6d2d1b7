// The bridge between the shared document and the editor's, where others need to look at it.
import type { EditorState } from '@tiptap/pm/state'
import { type ProsemirrorBinding, ySyncPluginKey } from '@tiptap/y-tiptap'

export const bindingOf = (state: EditorState): ProsemirrorBinding | null => {
  const shared: unknown = ySyncPluginKey.getState(state)
  return typeof shared === 'object' && shared !== null && 'binding' in shared
    ? (shared.binding as ProsemirrorBinding)
    : null
}
