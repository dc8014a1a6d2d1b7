// The REST bodies of what goes on around a draft: versions, authors, comments, pictures. As shared/wire/http.ts.
import { z } from 'zod'
import type { Difference } from '../drafts/difference.ts'
import { commandIdPattern, idPattern } from '../kernel/ids.ts'
import { limits } from '../kernel/limits.ts'
import { visibleLine, visibleLines } from '../kernel/visibleText.ts'

const commandId = z.string().regex(commandIdPattern)
const words = visibleLines(limits.commentCharsMax).min(1)
/** actorId → name. Whoever came by a link has none. */
const names = z.record(z.string(), z.string())

// versions
export const versionView = z.object({
  /** `null` for a text that a poll fixed before versions were kept: it can be read under the poll. */
  versionId: z.string().nullable(),
  kind: z.enum(['named', 'poll', 'itemStart', 'beforeRestore']),
  /** What people called it; of `beforeRestore`, the name of what was brought back; of `poll`, its question. */
  name: z.string(),
  pollId: z.string().nullable(),
  /** Of the plain text. */
  sha256: z.string(),
  chars: z.int(),
  by: z.string(),
  at: z.number(),
})
/** GET /api/drafts/:draftId/versions, newest first. */
export const versionsView = z.object({
  versions: z.array(versionView),
  names,
  mayName: z.boolean(),
  /** Why this person may not bring a version back now, `null` when they may. */
  whyNoRestore: z
    .enum(['role', 'meetingEnded', 'pollOpen', 'amendmentPolled', 'amendmentSettled'])
    .nullable(),
})
/** POST /api/drafts/:draftId/versions keeps the present text under a name; answers a `versionView`. */
export const versionAsk = z.object({
  name: visibleLine(limits.versionNameCharsMax).min(1),
  commandId,
})
/** GET /api/drafts/:draftId/versions/:versionId/text; `now` is the present. */
export const versionText = z.object({ text: z.string(), sha256: z.string() })
/**
 * GET /api/drafts/:draftId/forms?sha256=&of=: the forms of the lines of the draft's text with this hash (`lineForms` in
 * shared/drafts/plainText.ts), as it was frozen or as it is now; '' where no such text is known.
 */
export const formsAsk = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  of: z.enum(['frozen', 'now']).default('now'),
})
export const formsView = z.object({ forms: z.string() })
/** GET /api/drafts/:draftId/difference?before=&after=; ids of versions, or `now`. Answers a `differenceView`. */
export const differenceAsk = z.object({
  before: z.string().max(64).default('now'),
  after: z.string().max(64).default('now'),
})
export const differenceView = z.object({
  difference: z
    .custom<Difference>((value) => typeof value === 'object' && value !== null)
    .meta({ type: 'object' }),
  /** Of those who took out what is gone. */
  names,
})
/** POST /api/drafts/:draftId/versions/:versionId/restore. `before` is the version kept of the text it replaced. */
export const restoreAsk = z.object({ commandId })
export const restored = z.object({ before: z.string().nullable() })

// authors
/** GET /api/drafts/:draftId/authors: whose client ids the letters of the draft carry, and which were moved. */
export const authorsView = z.object({
  authors: z.array(z.object({ actorId: z.string(), clients: z.array(z.number()) })),
  names,
  /** Client id, clock and length of letters that stand, and the client id that they were first typed under. */
  moved: z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])),
})

// comments
/** A Yjs relative position, as its own JSON has it. */
const yjsId = z.object({ client: z.int().min(0), clock: z.int().min(0) })
const relativePosition = z.object({
  type: yjsId.nullish(),
  tname: z.string().max(40).nullish(),
  item: yjsId.nullish(),
  assoc: z.int().min(-1).max(0).optional(),
})
const anchor = z.object({ from: relativePosition, to: relativePosition })
export const commentView = z.object({
  commentId: z.string(),
  parentId: z.string().nullable(),
  /** `null` for a reply. */
  anchor: anchor.nullable(),
  /** The words it was made on. */
  quote: z.string(),
  /** '' once it is deleted. */
  words: z.string(),
  by: z.string(),
  at: z.number(),
  /** When its author last reworded it, and when they deleted it. */
  editedAt: z.number().nullable(),
  deletedAt: z.number().nullable(),
  resolvedBy: z.string().nullable(),
  resolvedAt: z.number().nullable(),
  changedAt: z.number(),
})
/** GET /api/drafts/:draftId/comments?since=: those that changed at `since` or later, oldest first. */
export const commentsView = z.object({
  comments: z.array(commentView),
  names,
  mayComment: z.boolean(),
})
/** POST /api/drafts/:draftId/comments: on a passage, or in reply to a comment; answers a `commentView`. */
export const commentAsk = z.union([
  z.object({ anchor, quote: z.string().max(limits.commentQuoteCharsMax), words, commandId }),
  z.object({ parentId: z.string().regex(idPattern('comment')), words, commandId }),
])
/**
 * POST /api/drafts/:draftId/comments/:commentId: dealt with, or open again; and by its author, reworded or deleted.
 * Answers a `commentView`.
 */
export const commentChange = z.union([
  z.strictObject({ isResolved: z.boolean() }),
  z.strictObject({ words }),
  z.strictObject({ isDeleted: z.literal(true) }),
])

// pictures
/** POST /api/drafts/:draftId/pictures (multipart, one file). GET /api/pictures/:sha256 shows it. */
export const pictureView = z.object({ sha256: z.string(), width: z.int(), height: z.int() })

export type VersionView = z.infer<typeof versionView>
export type VersionsView = z.infer<typeof versionsView>
export type FormsView = z.infer<typeof formsView>
export type DifferenceView = z.infer<typeof differenceView>
export type AuthorsView = z.infer<typeof authorsView>
export type CommentView = z.infer<typeof commentView>
export type CommentsView = z.infer<typeof commentsView>
export type CommentAsk = z.input<typeof commentAsk>
export type CommentChange = z.input<typeof commentChange>
export type PictureView = z.infer<typeof pictureView>
