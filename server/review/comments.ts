// Comments on passages of drafts, beside the text and not in it, so that who may not write the text still cannot, and
// who may comment is decided here. Where they hang is a matter of the reader's document; the hall keeps the anchors.
import { limits } from '../../shared/kernel/limits.ts'
import { accept, type Result, refuse } from '../../shared/kernel/result.ts'
import { type Clock, type Ids, type Store, step } from '../ports.ts'
import type { Schema } from '../store/schema.ts'

export type Comment = Omit<Schema['comments'], 'commandId'>

export interface CommentAsk {
  readonly anchorFrom: string
  readonly anchorTo: string
  readonly quote: string
  readonly words: string
  readonly by: string
  readonly commandId: string
}

export interface CommentsDeps {
  readonly store: Store
  readonly clock: Clock
  readonly ids: Ids
  readonly changed: (draftId: string) => void
}

export interface Comments {
  /** Those that changed at `since` or later, oldest first. */
  list(draftId: string, since: number): Promise<readonly Comment[]>
  add(draftId: string, ask: CommentAsk): Promise<Result<Comment>>
  reply(
    draftId: string,
    parentId: string,
    ask: Pick<CommentAsk, 'words' | 'by' | 'commandId'>,
  ): Promise<Result<Comment>>
  /** Closes a thread as dealt with, or opens it again. */
  settle(draftId: string, commentId: string, isResolved: boolean, by: string): Promise<Result<Comment>>
}

const shown = [
  'commentId',
  'draftId',
  'parentId',
  'anchorFrom',
  'anchorTo',
  'quote',
  'words',
  'by',
  'at',
  'resolvedBy',
  'resolvedAt',
  'changedAt',
] as const

const readComment = (row: Comment): Comment => ({
  ...row,
  at: Number(row.at),
  resolvedAt: row.resolvedAt === null ? null : Number(row.resolvedAt),
  changedAt: Number(row.changedAt),
})

export const openComments = ({ store, clock, ids, changed }: CommentsDeps): Comments => {
  const { db } = store

  const find = async (draftId: string, key: 'commentId' | 'commandId', value: string) => {
    const row = await db
      .selectFrom('comments')
      .select(shown)
      .where('draftId', '=', draftId)
      .where(key, '=', value)
      .executeTakeFirst()
    return row && readComment(row)
  }

  const keep = async (
    draftId: string,
    parentId: string | null,
    ask: CommentAsk,
  ): Promise<Result<Comment>> => {
    const known = await find(draftId, 'commandId', ask.commandId)
    if (known) return accept(known)
    const counted = await db
      .selectFrom('comments')
      .select(({ fn }) => fn.countAll().as('count'))
      .where('draftId', '=', draftId)
      .executeTakeFirst()
    if (Number(counted?.count ?? 0) >= limits.commentsPerDraftMax) {
      return refuse('tooMany', { max: limits.commentsPerDraftMax })
    }
    const at = clock.now()
    const { commandId, ...asked } = ask
    const comment: Comment = {
      ...asked,
      commentId: ids.newId('comment'),
      draftId,
      parentId,
      at,
      resolvedBy: null,
      resolvedAt: null,
      changedAt: at,
    }
    const row = db.insertInto('comments').values({ ...comment, commandId })
    const written = await store.write([
      step(
        row.onConflict((conflict) => conflict.doNothing()),
        { expect: 1 },
      ),
    ])
    if (!written.ok) {
      const first = await find(draftId, 'commandId', commandId)
      return first ? accept(first) : refuse('busy')
    }
    changed(draftId)
    return accept(comment)
  }

  return {
    list: async (draftId, since) => {
      const rows = await db
        .selectFrom('comments')
        .select(shown)
        .where('draftId', '=', draftId)
        .where('changedAt', '>=', since)
        .orderBy('at')
        .execute()
      return rows.map(readComment)
    },
    add: (draftId, ask) => keep(draftId, null, ask),
    reply: async (draftId, parentId, ask) => {
      const parent = await find(draftId, 'commentId', parentId)
      if (!parent || parent.parentId !== null) return refuse('commentUnknown')
      return keep(draftId, parentId, { ...ask, anchorFrom: '', anchorTo: '', quote: '' })
    },
    settle: async (draftId, commentId, isResolved, by) => {
      const comment = await find(draftId, 'commentId', commentId)
      if (!comment || comment.parentId !== null) return refuse('commentUnknown')
      if ((comment.resolvedAt !== null) === isResolved) return accept(comment)
      const at = clock.now()
      const next = isResolved ? { resolvedBy: by, resolvedAt: at } : { resolvedBy: null, resolvedAt: null }
      await store.write([
        step(
          db
            .updateTable('comments')
            .set({ ...next, changedAt: at })
            .where('commentId', '=', commentId),
        ),
      ])
      changed(draftId)
      return accept({ ...comment, ...next, changedAt: at })
    },
  }
}
