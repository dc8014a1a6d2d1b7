// What the toolbar shows of the place where the caret stands.
import type { Editor } from '@tiptap/core'
import { useCallback, useRef, useSyncExternalStore } from 'react'
import { canRedo, canUndo } from './together.ts'

export interface Place {
  readonly canUndo: boolean
  readonly canRedo: boolean
  readonly isBold: boolean
  readonly block: 'paragraph' | 'heading1' | 'heading2' | 'heading3'
  readonly list: 'bulletList' | 'orderedList' | null
  readonly isInTable: boolean
}

const placeOf = (editor: Editor): Place => {
  const level = ([1, 2, 3] as const).find((each) => editor.isActive('heading', { level: each }))
  return {
    canUndo: canUndo(editor.state),
    canRedo: canRedo(editor.state),
    isBold: editor.isActive('bold'),
    block: level === undefined ? 'paragraph' : `heading${level}`,
    list: editor.isActive('bulletList')
      ? 'bulletList'
      : editor.isActive('orderedList')
        ? 'orderedList'
        : null,
    isInTable: editor.isActive('table'),
  }
}

const isSame = (a: Place, b: Place): boolean =>
  (Object.keys(a) as (keyof Place)[]).every((field) => a[field] === b[field])

export const usePlace = (editor: Editor): Place => {
  const last = useRef<Place | null>(null)
  const listen = useCallback(
    (changed: () => void) => {
      editor.on('transaction', changed)
      return () => {
        editor.off('transaction', changed)
      }
    },
    [editor],
  )
  return useSyncExternalStore(listen, () => {
    const place = placeOf(editor)
    if (last.current === null || !isSame(last.current, place)) last.current = place
    return last.current
  })
}
