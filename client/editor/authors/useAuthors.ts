// Who wrote what, as long as somebody looks: asks the hall whose client ids the letters carry and which letters are
// others moved, and again a little after the text changed.
import type { Editor } from '@tiptap/core'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { authorRuns, movedFrom } from '../../../shared/drafts/authors.ts'
import { textsIn } from '../../../shared/drafts/comments.ts'
import type { Refusal } from '../../../shared/kernel/result.ts'
import type { AuthorsView } from '../../../shared/wire/httpDrafts.ts'
import { get } from '../../link/api.ts'
import type { DraftHandle } from '../../link/draft.ts'
import { type Actor, useActors } from './actors.ts'
import { type Authorship, showAuthors } from './authorMarks.ts'

const askAgainAfterMs = 2_500
const countPauseMs = 600

export interface Share {
  readonly actor: Actor
  readonly letters: number
}

export interface AuthorsShown {
  /** Most first; null until the hall has told. */
  readonly shares: readonly Share[] | null
  readonly trouble: Refusal | null
  readonly retry: () => void
}

const sharesOf = (draft: DraftHandle, { authorOf, moved }: Authorship): readonly Share[] => {
  const shares = new Map<string, { actor: Actor; letters: number }>()
  for (const text of textsIn(draft.fragment)) {
    for (const { from, to, client } of authorRuns(text, moved)) {
      const actor = authorOf(client)
      if (actor === null) continue
      const share = shares.get(actor.actorId) ?? { actor, letters: 0 }
      share.letters += to - from
      shares.set(actor.actorId, share)
    }
  }
  return [...shares.values()].sort((a, b) => b.letters - a.letters)
}

export const useAuthors = (
  draft: DraftHandle,
  editor: Editor | null,
  myId: string,
  isMarked: boolean,
): AuthorsShown => {
  const [told, setTold] = useState<AuthorsView | null>(null)
  const [trouble, setTrouble] = useState<Refusal | null>(null)
  const [shares, setShares] = useState<readonly Share[] | null>(null)
  const names = useMemo(() => told?.names ?? {}, [told])
  const actorOf = useActors(names)
  const again = useRef<ReturnType<typeof setTimeout> | null>(null)

  const ask = useCallback(async () => {
    const answer = await get<AuthorsView>(`/api/drafts/${draft.draftId}/authors`)
    if (answer.ok) setTold(answer.value)
    setTrouble(answer.ok ? null : answer.refusal)
  }, [draft])

  const askLater = useCallback(() => {
    again.current ??= setTimeout(() => {
      again.current = null
      void ask()
    }, askAgainAfterMs)
  }, [ask])

  useEffect(() => {
    void ask()
    draft.doc.on('update', askLater)
    return () => {
      draft.doc.off('update', askLater)
      if (again.current !== null) clearTimeout(again.current)
      again.current = null
    }
  }, [draft, ask, askLater])

  const authorship = useMemo<Authorship | null>(() => {
    if (told === null) return null
    const ownerOf = new Map(
      told.authors.flatMap(({ actorId, clients }) => clients.map((it) => [it, actorId])),
    )
    // This page's own letters may be on the way still.
    ownerOf.set(draft.doc.clientID, myId)
    return {
      moved: movedFrom(told.moved),
      authorOf: (client) => {
        const actorId = ownerOf.get(client)
        if (actorId !== undefined) return actorOf(actorId)
        askLater()
        return null
      },
    }
  }, [told, draft, myId, actorOf, askLater])

  useEffect(() => {
    if (editor === null || authorship === null || !isMarked) return
    showAuthors(editor.view, authorship)
    return () => {
      if (!editor.isDestroyed) showAuthors(editor.view, null)
    }
  }, [editor, authorship, isMarked])

  useEffect(() => {
    if (authorship === null) return
    let timer: ReturnType<typeof setTimeout> | null = null
    const count = () => {
      timer = null
      setShares(sharesOf(draft, authorship))
    }
    const changed = () => {
      timer ??= setTimeout(count, countPauseMs)
    }
    count()
    draft.doc.on('update', changed)
    return () => {
      if (timer !== null) clearTimeout(timer)
      draft.doc.off('update', changed)
    }
  }, [draft, authorship])

  return { shares, trouble, retry: () => void ask() }
}
