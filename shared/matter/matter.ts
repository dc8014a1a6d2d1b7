// A matter's chain of four deliberations and two publications: opened, its notices hung and taken down. What its polls
// decided stands in the records of their meetings; here it is only read beside it.
import type { RefusalCode } from '../kernel/refusals.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import type { Recorded } from '../meeting/events.ts'
import type { DayText } from '../rules/calendar.ts'
import {
  type ChainLinkCode,
  type DeliberationCode,
  fourDeliberations,
  mayOpen,
  type PublicationCode,
} from '../rules/fourDeliberations.ts'
import { mayComeDown } from '../rules/notice.ts'

/** Organic Law of Villagers' Committees, art. 35: outcomes and their implementation are published. */
export const noticeDaysMin = 15

export type MatterEvent =
  | {
      readonly type: 'matterOpened'
      readonly matterId: string
      readonly unitId: string
      readonly title: string
    }
  | {
      readonly type: 'noticeHung'
      readonly code: PublicationCode
      readonly hungOn: DayText
      readonly days: number
      readonly place: string
    }
  | { readonly type: 'noticeTakenDown'; readonly code: PublicationCode; readonly takenDownOn: DayText }

export interface Notice {
  readonly hungOn: DayText
  readonly days: number
  readonly place: string
  readonly takenDownOn: DayText | null
}

export interface Matter {
  readonly matterId: string
  readonly unitId: string
  readonly title: string
  readonly openedAt: number
  readonly notices: Readonly<Partial<Record<PublicationCode, Notice>>>
}

/** A poll that decided a link, as its meeting's record has it. */
export interface LinkPoll {
  readonly code: DeliberationCode
  readonly meetingId: string
  readonly pollId: string
  readonly passed: boolean
}

export type MatterCommand =
  | {
      readonly type: 'hangNotice'
      readonly code: PublicationCode
      readonly hungOn: DayText
      readonly days: number
      readonly place: string
    }
  | { readonly type: 'takeDownNotice'; readonly code: PublicationCode; readonly takenDownOn: DayText }

/** The links done: polls that passed, and notices that have hung for their days. */
export const linksDone = (
  { notices }: Matter,
  polls: readonly LinkPoll[],
  today: DayText,
): ReadonlySet<ChainLinkCode> => {
  const done = new Set<ChainLinkCode>(polls.filter(({ passed }) => passed).map(({ code }) => code))
  for (const { code } of fourDeliberations) {
    const notice = code === 'decisionNotice' || code === 'resultNotice' ? notices[code] : undefined
    if (notice && mayComeDown(notice.hungOn, notice.days, notice.takenDownOn ?? today)) done.add(code)
  }
  return done
}

/** @param today the day in the hall's time zone; nothing is hung or taken down in the future */
export const decideMatter = (
  matter: Matter,
  command: MatterCommand,
  polls: readonly LinkPoll[],
  today: DayText,
): Result<MatterEvent> => {
  const no = (code: RefusalCode): Result<never> => refuse(code)
  if (command.type === 'takeDownNotice') {
    const { code, takenDownOn } = command
    const notice = matter.notices[code]
    if (!notice || notice.takenDownOn !== null) return no('notFound')
    if (takenDownOn > today) return no('malformed')
    if (!mayComeDown(notice.hungOn, notice.days, takenDownOn)) return no('noticeStillHangs')
    return accept({ type: 'noticeTakenDown', code, takenDownOn })
  }
  const { code, hungOn, days, place } = command
  if (hungOn > today) return no('malformed')
  if (days < noticeDaysMin) return refuse('noticeTooShort', { min: noticeDaysMin })
  const opening = mayOpen(code, linksDone(matter, polls, today))
  if (!opening.ok) return refuse('linkNotOpen', { ...opening.why })
  if (matter.notices[code]) return no('linkNotOpen')
  return accept({ type: 'noticeHung', code, hungOn, days, place })
}

/** A matter begins with `matterOpened`, and only with that. */
export const evolveMatter = (matter: Matter | null, { at, event }: Recorded<MatterEvent>): Matter => {
  if (event.type === 'matterOpened') {
    if (matter) throw new Error('a matter is opened once')
    const { matterId, unitId, title } = event
    return { matterId, unitId, title, openedAt: at, notices: {} }
  }
  if (!matter) throw new Error(`the record begins with ${event.type}`)
  if (event.type === 'noticeHung') {
    const { hungOn, days, place } = event
    const notice: Notice = { hungOn, days, place, takenDownOn: null }
    return { ...matter, notices: { ...matter.notices, [event.code]: notice } }
  }
  const hung = matter.notices[event.code]
  if (!hung) throw new Error('a notice that does not hang is taken down')
  const notice: Notice = { ...hung, takenDownOn: event.takenDownOn }
  return { ...matter, notices: { ...matter.notices, [event.code]: notice } }
}
