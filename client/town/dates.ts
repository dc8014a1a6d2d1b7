// Dates and times as the hall writes them: always the time of Asia/Shanghai, wherever the laptop believes to be.
import type { Language } from '../words/words.ts'

const timeZone = 'Asia/Shanghai'
/** China has kept one offset, without summer time, since 1992. */
const offsetMs = 8 * 3_600_000
const dayMs = 86_400_000

const locale = (language: Language): string => (language === 'zh' ? 'zh-CN' : 'en-GB')

const made = new Map<string, Intl.DateTimeFormat>()

const format = (language: Language, options: Intl.DateTimeFormatOptions, at: number): string => {
  const key = `${language}${JSON.stringify(options)}`
  let formatter = made.get(key)
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat(locale(language), { timeZone, hourCycle: 'h23', ...options })
    made.set(key, formatter)
  }
  return formatter.format(at)
}

/** 2026年11月23日 星期一 14:30 */
export const dateTimeIn = (language: Language, at: number): string => {
  const date = format(language, { year: 'numeric', month: 'long', day: 'numeric' }, at)
  const weekday = format(language, { weekday: language === 'zh' ? 'long' : 'short' }, at)
  return language === 'zh' ? `${date} ${weekday} ${clockIn(at)}` : `${weekday} ${date}, ${clockIn(at)}`
}

/** 14:30, the same in both languages. */
export const clockIn = (at: number): string => format('en', { hour: '2-digit', minute: '2-digit' }, at)

/** 14:30:05 */
export const secondsIn = (at: number): string =>
  format('en', { hour: '2-digit', minute: '2-digit', second: '2-digit' }, at)

export interface CalendarParts {
  readonly year: number
  readonly month: number
  readonly day: number
}

export const partsOf = (at: number): CalendarParts => {
  const local = new Date(at + offsetMs)
  return { year: local.getUTCFullYear(), month: local.getUTCMonth() + 1, day: local.getUTCDate() }
}

/** The value of a `datetime-local` field. */
export const fieldOf = (at: number): string => new Date(at + offsetMs).toISOString().slice(0, 16)

/** Milliseconds since the epoch; `null` when the field is empty or odd. */
export const fromField = (field: string): number | null => {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(field)) return null
  const at = Date.parse(`${field.slice(0, 16)}:00Z`)
  return Number.isNaN(at) ? null : at - offsetMs
}

/** Whole days between two days; the day of `from` is day 0 and not counted. */
export const daysBetween = (from: number, to: number): number =>
  Math.floor((to + offsetMs) / dayMs) - Math.floor((from + offsetMs) / dayMs)

/** The next half hour that is at least an hour away. */
export const soon = (now: number): number => {
  const half = 1_800_000
  return Math.ceil((now + 3_600_000) / half) * half
}
