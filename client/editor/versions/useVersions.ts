// The versions of a draft on this page: the list, kept up by hints, and what can be done with it.
import { useCallback, useState } from 'react'
import type { Refusal } from '../../../shared/kernel/result.ts'
import type { VersionsView, VersionView } from '../../../shared/wire/httpDrafts.ts'
import type { Answer } from '../../../shared/wire/live.ts'
import { get, post } from '../../link/api.ts'
import { newCommandId } from '../../link/orders.ts'
import { useDraftNews } from '../useDraftNews.ts'

export interface Versions {
  /** Null until the hall has told. */
  readonly view: VersionsView | null
  readonly trouble: Refusal | null
  readonly retry: () => void
  readonly make: (name: string) => Promise<Refusal | null>
  /** `before` is the version kept of the text that it took the place of; null when nothing had to change. */
  readonly restore: (versionId: string) => Promise<Answer<{ before: string | null }>>
}

export const useVersions = (draftId: string): Versions => {
  const [view, setView] = useState<VersionsView | null>(null)
  const [trouble, setTrouble] = useState<Refusal | null>(null)

  const ask = useCallback(async () => {
    const answer = await get<VersionsView>(`/api/drafts/${draftId}/versions`)
    if (answer.ok) setView(answer.value)
    setTrouble(answer.ok ? null : answer.refusal)
  }, [draftId])

  useDraftNews(draftId, 'versions', ask)

  const make = useCallback(
    async (name: string): Promise<Refusal | null> => {
      const body = { name, commandId: newCommandId() }
      const answer = await post<VersionView>(`/api/drafts/${draftId}/versions`, body)
      if (!answer.ok) return answer.refusal
      await ask()
      return null
    },
    [draftId, ask],
  )

  const restore = useCallback(
    async (versionId: string) => {
      const path = `/api/drafts/${draftId}/versions/${versionId}/restore`
      const answer = await post<{ before: string | null }>(path, { commandId: newCommandId() })
      await ask()
      return answer
    },
    [draftId, ask],
  )

  return { view, trouble, retry: () => void ask(), make, restore }
}
