// The comments of a draft on this page: asked for when they are looked at, again on every hint, and only what is new.
import { useCallback, useMemo, useRef, useState } from 'react'
import type { Refusal } from '../../../shared/kernel/result.ts'
import type { CommentAsk, CommentChange, CommentsView, CommentView } from '../../../shared/wire/httpDrafts.ts'
import { get, post } from '../../link/api.ts'
import { newCommandId } from '../../link/orders.ts'
import { useDraftNews } from '../useDraftNews.ts'

/** Clocks of several servers differ; what is asked for twice is known by its id. */
const overlapMs = 60_000

export interface Thread {
  readonly comment: CommentView
  readonly replies: readonly CommentView[]
}

export interface Comments {
  /** In the order they were made; null until the hall has told. */
  readonly threads: readonly Thread[] | null
  readonly names: Readonly<Record<string, string>>
  readonly mayComment: boolean
  readonly trouble: Refusal | null
  readonly retry: () => void
  /** @returns why it was not taken, or the comment's id */
  readonly send: (ask: CommentText) => Promise<Refusal | string>
  readonly change: (commentId: string, change: CommentChange) => Promise<Refusal | null>
}

/** Still to be dealt with: neither settled, nor deleted with nobody's answer left below it. */
export const isOpen = ({ comment, replies }: Thread): boolean =>
  comment.resolvedAt === null &&
  (comment.deletedAt === null || replies.some(({ deletedAt }) => deletedAt === null))

type WithoutId<T> = T extends unknown ? Omit<T, 'commandId'> : never
export type CommentText = WithoutId<CommentAsk>

interface Known {
  readonly comments: ReadonlyMap<string, CommentView>
  readonly names: Readonly<Record<string, string>>
  readonly mayComment: boolean
  readonly isTold: boolean
}
const unknown: Known = { comments: new Map(), names: {}, mayComment: false, isTold: false }

const threadsOf = ({ comments, isTold }: Known): readonly Thread[] | null => {
  if (!isTold) return null
  const inOrder = [...comments.values()].sort((a, b) => a.at - b.at)
  return inOrder
    .filter(({ parentId }) => parentId === null)
    .map((comment) => ({
      comment,
      replies: inOrder.filter(({ parentId }) => parentId === comment.commentId),
    }))
}

export const useComments = (draftId: string): Comments => {
  const [known, setKnown] = useState<Known>(unknown)
  const [trouble, setTrouble] = useState<Refusal | null>(null)
  const newest = useRef(0)

  const take = useCallback((comments: readonly CommentView[]) => {
    for (const { changedAt } of comments) newest.current = Math.max(newest.current, changedAt)
    setKnown((before) => ({
      ...before,
      comments: new Map([
        ...before.comments,
        ...comments.map((comment) => [comment.commentId, comment] as const),
      ]),
    }))
  }, [])

  const ask = useCallback(async () => {
    const since = Math.max(0, newest.current - overlapMs)
    const answer = await get<CommentsView>(`/api/drafts/${draftId}/comments?since=${since}`)
    setTrouble(answer.ok ? null : answer.refusal)
    if (!answer.ok) return
    const { comments, names, mayComment } = answer.value
    take(comments)
    setKnown((before) => ({ ...before, mayComment, isTold: true, names: { ...before.names, ...names } }))
  }, [draftId, take])

  useDraftNews(draftId, 'comments', ask)

  const send = useCallback(
    async (text: CommentText): Promise<Refusal | string> => {
      const body = { ...text, commandId: newCommandId() }
      const answer = await post<CommentView>(`/api/drafts/${draftId}/comments`, body)
      if (!answer.ok) return answer.refusal
      take([answer.value])
      // For the name of whoever makes the first one.
      void ask()
      return answer.value.commentId
    },
    [draftId, take, ask],
  )

  const change = useCallback(
    async (commentId: string, change: CommentChange): Promise<Refusal | null> => {
      const path = `/api/drafts/${draftId}/comments/${commentId}`
      const answer = await post<CommentView>(path, change)
      if (!answer.ok) return answer.refusal
      take([answer.value])
      return null
    },
    [draftId, take],
  )

  const threads = useMemo(() => threadsOf(known), [known])
  return {
    threads,
    names: known.names,
    mayComment: known.mayComment,
    trouble,
    retry: () => void ask(),
    send,
    change,
  }
}
