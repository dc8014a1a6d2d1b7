// Comments on passages of drafts, beside the text and not in it, so that who may not write the text still cannot, and
// who may comment is decided here. Where they hang is a matter of the reader's document; the hall keeps the anchors.
import { limits } from '../../shared/kernel/limits.ts'
import { accept, type Result, refuse } from '../../shared/kernel/result.ts'
import type { CommentChange } from '../../shared/wire/httpDrafts.ts'
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
  /** Closes a thread as dealt with or opens it again; rewords or deletes a comment of one's own. */
  change(draftId: string, commentId: string, change: CommentChange, by: string): Promise<Result<Comment>>
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
  'editedAt',
  'deletedAt',
  'resolvedBy',
  'resolvedAt',
  'changedAt',
] as const

const momentOf = (at: number | null): number | null => (at === null ? null : Number(at))

const readComment = (row: Comment): Comment => ({
  ...row,
  at: Number(row.at),
  editedAt: momentOf(row.editedAt),
  deletedAt: momentOf(row.deletedAt),
  resolvedAt: momentOf(row.resolvedAt),
  changedAt: Number(row.changedAt),
})

type Changed = Partial<Pick<Comment, 'words' | 'editedAt' | 'deletedAt' | 'resolvedBy' | 'resolvedAt'>>

/** @returns what becomes of the comment; nothing where it is so already */
const changedTo = (
  comment: Comment,
  change: CommentChange,
  by: string,
  at: number,
): Result<Changed | undefined> => {
  if ('isResolved' in change) {
    if (comment.parentId !== null) return refuse('commentUnknown')
    if ((comment.resolvedAt !== null) === change.isResolved) return accept(undefined)
    return accept(
      change.isResolved ? { resolvedBy: by, resolvedAt: at } : { resolvedBy: null, resolvedAt: null },
    )
  }
  if (comment.by !== by) return refuse('notAllowed')
  if ('isDeleted' in change) {
    return accept(comment.deletedAt === null ? { words: '', deletedAt: at } : undefined)
  }
  if (comment.deletedAt !== null) return refuse('commentUnknown')
  return accept(comment.words === change.words ? undefined : { words: change.words, editedAt: at })
}

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
      editedAt: null,
      deletedAt: null,
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
    change: async (draftId, commentId, change, by) => {
      const comment = await find(draftId, 'commentId', commentId)
      if (!comment) return refuse('commentUnknown')
      const at = clock.now()
      const changing = changedTo(comment, change, by, at)
      if (!changing.ok) return changing
      if (changing.value === undefined) return accept(comment)
      const next = { ...changing.value, changedAt: at }
      // What its author deleted in the same moment, on another page, stays deleted.
      const row = db.updateTable('comments').set(next).where('commentId', '=', commentId)
      const written = await store.write([
        step('words' in next ? row.where('deletedAt', 'is', null) : row, { expect: 1 }),
      ])
      if (!written.ok) {
        const now = await find(draftId, 'commentId', commentId)
        return now && 'isDeleted' in change ? accept(now) : refuse('commentUnknown')
      }
      changed(draftId)
      return accept({ ...comment, ...next })
    },
  }
}
