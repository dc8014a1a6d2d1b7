// Owns the counting of notice: the day of the act is day 0 and is not counted.
import { addDays, type DayText, daysBetween } from './calendar.ts'

/**
 * The last day of a notice of `days` days put up on `putUp`: it may come down after this day. Put up on 1 June for 15
 * days, it may come down after 16 June.
 */
export const lastNoticeDay = (putUp: DayText, days: number): DayText => addDays(putUp, days)

/** Whether a notice has hung for its days: true from the day after its last. */
export const mayComeDown = (putUp: DayText, days: number, today: DayText): boolean =>
  daysBetween(lastNoticeDay(putUp, days), today) > 0

/** Days before a meeting that was announced on a day, against what its preset asks. */
export interface Lead {
  met: boolean
  have: number
  need: number
  short: number
  /** the first day on which the meeting may be held */
  earliest: DayText
}

/**
 * Whether a meeting was announced (or its papers handed out) early enough: the day of the announcement is day 0, so
 * `days` days later is the first on which it may be held.
 */
export const leadOf = (announced: DayText, meeting: DayText, days: number): Lead => {
  const have = daysBetween(announced, meeting)
  return {
    met: have >= days,
    have,
    need: days,
    short: Math.max(0, days - have),
    earliest: addDays(announced, days),
  }
}
