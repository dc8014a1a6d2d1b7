// The REST API's bodies for matters and their chains of four deliberations and two publications.
import { z } from 'zod'
import { commandIdPattern, idPattern } from '../kernel/ids.ts'
import { limits } from '../kernel/limits.ts'
import { visibleLine } from '../kernel/visibleText.ts'
import { deliberationCodes, publicationCodes } from '../rules/fourDeliberations.ts'

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const linkCode = z.enum([...deliberationCodes, ...publicationCodes])
const notice = z.object({
  hungOn: day,
  days: z.int(),
  place: z.string(),
  takenDownOn: day.nullable(),
})
/** One link of a chain: done, the one that may open now, or blocked by those before it. */
export const chainLinkView = z.object({
  code: linkCode,
  state: z.enum(['done', 'next', 'blocked']),
  presets: z.array(z.string()),
  polls: z.array(z.object({ meetingId: z.string(), pollId: z.string(), passed: z.boolean() })),
  notice: notice.nullable(),
})
export const matterView = z.object({
  matterId: z.string().regex(idPattern('matter')),
  title: z.string(),
  openedAt: z.number(),
  complete: z.boolean(),
  links: z.array(chainLinkView),
})
/** GET /api/matters */
export const mattersView = z.object({ matters: z.array(matterView) })
/** POST /api/matters: opens a chain of four deliberations and two publications. */
export const matterAsk = z.object({
  commandId: z.string().regex(commandIdPattern),
  title: visibleLine(limits.titleCharsMax).min(1),
})
/** POST /api/matters/:matterId/notices */
export const noticeAsk = z.object({
  commandId: z.string().regex(commandIdPattern),
  command: z.discriminatedUnion('type', [
    z.object({
      type: z.literal('hangNotice'),
      code: z.enum(publicationCodes),
      hungOn: day,
      days: z.int().min(0).max(limits.noticeDaysMax),
      place: visibleLine(limits.placeCharsMax).default(''),
    }),
    z.object({ type: z.literal('takeDownNotice'), code: z.enum(publicationCodes), takenDownOn: day }),
  ]),
})

export type ChainLinkView = z.infer<typeof chainLinkView>
export type MatterView = z.infer<typeof matterView>
export type MattersView = z.infer<typeof mattersView>
export type NoticeAsk = z.input<typeof noticeAsk>
