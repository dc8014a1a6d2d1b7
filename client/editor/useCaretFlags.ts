// Shows the name at a caret while its owner works there.
import type { EditorView } from '@tiptap/pm/view'
import { useEffect } from 'react'
import type { DraftHandle } from '../link/draft.ts'
import { forgetWorkers, showWorkers } from './carets.ts'

interface Changes {
  readonly added: readonly number[]
  readonly updated: readonly number[]
  readonly removed: readonly number[]
}

export const useCaretFlags = (draft: DraftHandle | null, view: EditorView | null): void => {
  useEffect(() => {
    if (draft === null || view === null) return
    const changed = ({ added, updated, removed }: Changes) => {
      forgetWorkers(removed)
      showWorkers(view.dom, [...added, ...updated])
    }
    // `change` speaks of what is new; the renewals that only say "still here" show no flag.
    draft.awareness.on('change', changed)
    return () => draft.awareness.off('change', changed)
  }, [draft, view])
}
