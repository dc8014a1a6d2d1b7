// Opens a draft for as long as a view shows it, and lets the view see what is saved.
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { type DraftHandle, openDraft } from '../link/draft.ts'
import { startStatus } from '../link/draftStatus.ts'
import { type DraftShown, type DraftWatch, shownOf, watchDraft } from './draftShown.ts'

const unopened = shownOf(startStatus(false))
const nothing: DraftWatch = { subscribe: () => () => {}, read: () => unopened }

export interface OpenedDraft {
  readonly draft: DraftHandle | null
  readonly shown: DraftShown
  /** Forgets this device's copy and opens the hall's. */
  readonly startAfresh: () => void
}

export const useDraft = (draftId: string, actorId: string | null, mayEdit: boolean): OpenedDraft => {
  const [draft, setDraft] = useState<DraftHandle | null>(null)
  const [opening, setOpening] = useState(0)

  // biome-ignore lint/correctness/useExhaustiveDependencies: rights change on the open draft; `opening` opens it anew
  useEffect(() => {
    const opened = openDraft(draftId, { mayEdit, actorId })
    setDraft(opened)
    return () => {
      setDraft(null)
      opened.close()
    }
  }, [draftId, actorId, opening])

  useEffect(() => draft?.setMayEdit(mayEdit), [draft, mayEdit])

  const startAfresh = useCallback(() => {
    void draft?.discard().then(() => setOpening((times) => times + 1))
  }, [draft])

  const watch = useMemo(() => (draft === null ? nothing : watchDraft(draft)), [draft])
  const shown = useSyncExternalStore(watch.subscribe, watch.read)
  return { draft, shown, startAfresh }
}
