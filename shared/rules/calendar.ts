// Owns days as people count them here: dates as 'YYYY-MM-DD' in Asia/Shanghai, which is eight hours ahead all year.

/** A date that exists, as 'YYYY-MM-DD'. */
export type DayText = string

const dayMs = 86_400_000

const shanghaiOffsetMs = 8 * 3_600_000

const msOf = (date: DayText): number => {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN
  if (Number.isNaN(ms) || !new Date(ms).toISOString().startsWith(date)) throw new Error(`not a date: ${date}`)
  return ms
}

/** Whether a text is a date that exists. */
export const isDay = (date: string): boolean => {
  try {
    msOf(date)
    return true
  } catch {
    return false
  }
}

/** The date in Asia/Shanghai at a moment, in milliseconds since the epoch. */
export const dayAt = (ms: number): DayText => new Date(ms + shanghaiOffsetMs).toISOString().slice(0, 10)

/** The date `days` later (earlier where negative). */
export const addDays = (date: DayText, days: number): DayText =>
  new Date(msOf(date) + days * dayMs).toISOString().slice(0, 10)

/** Whole days from one date to another; negative where `to` is earlier. */
export const daysBetween = (from: DayText, to: DayText): number => Math.round((msOf(to) - msOf(from)) / dayMs)
