// Where the comments hang just now, for the list beside the text.
import type { Editor } from '@tiptap/core'
import { useCallback, useSyncExternalStore } from 'react'
import { type CommentMarksState, marksOf } from './commentMarks.ts'

export const useSpots = (editor: Editor): CommentMarksState => {
  const listen = useCallback(
    (changed: () => void) => {
      editor.on('transaction', changed)
      return () => {
        editor.off('transaction', changed)
      }
    },
    [editor],
  )
  return useSyncExternalStore(listen, () => marksOf(editor.state))
}
