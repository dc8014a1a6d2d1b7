// The difference between two versions, as the hall computes it.
import { useCallback, useEffect, useState } from 'react'
import type { DifferenceView } from '../../../shared/wire/httpDrafts.ts'
import type { Answer } from '../../../shared/wire/live.ts'
import { get } from '../../link/api.ts'

/** `answer` is null while it is being computed. */
export const useComparison = (draftId: string, before: string, after: string) => {
  const [answer, setAnswer] = useState<Answer<DifferenceView> | null>(null)
  const [round, setRound] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks again
  useEffect(() => {
    let isCurrent = true
    setAnswer(null)
    const asked = new URLSearchParams({ before, after })
    void get<DifferenceView>(`/api/drafts/${draftId}/difference?${asked}`).then((it) => {
      if (isCurrent) setAnswer(it)
    })
    return () => {
      isCurrent = false
    }
  }, [draftId, before, after, round])
  return { answer, again: useCallback(() => setRound((count) => count + 1), []) }
}
