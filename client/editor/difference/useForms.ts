// The forms of texts that are held against each other, so that a difference can tell changed marks and kinds of blocks.
import { useEffect, useState } from 'react'
import type { FormsView } from '../../../shared/wire/httpDrafts.ts'
import { get } from '../../link/api.ts'

export interface TextId {
  readonly draftId: string
  readonly sha256: string
}

/** A change of marks alone leaves the text's hash as it is. */
const lookAgainMs = 10_000

/** `null` until they are known; '' where nothing is known of them. */
export const useForms = (of: 'frozen' | 'now', text: TextId | null): string | null => {
  const [forms, setForms] = useState<string | null>(null)
  const { draftId, sha256 } = text ?? { draftId: '', sha256: '' }
  useEffect(() => {
    setForms(null)
    if (draftId === '') return
    let isCurrent = true
    let timer: ReturnType<typeof setTimeout> | undefined
    const ask = async () => {
      const path = `/api/drafts/${draftId}/forms?sha256=${sha256}&of=${of}`
      const answer = document.hidden ? null : await get<FormsView>(path)
      if (!isCurrent) return
      if (of === 'now' || answer === null) timer = setTimeout(ask, lookAgainMs)
      // Without forms a difference of words is still right.
      if (answer !== null) setForms((before) => (answer.ok ? answer.value.forms : (before ?? '')))
    }
    void ask()
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [of, draftId, sha256])
  return forms
}
