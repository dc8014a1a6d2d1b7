// Owns the type of a rule preset: a rule of quorum and majority as data, with its source and the date from which it
// holds. The schema is in presetSchema.ts, which the browser never loads.
import type { z } from 'zod'
import type { presetSchema } from './presetSchema.ts'

/**
 * A rule as JSON data. A poll stores the whole preset it used, so later edits change nothing past.
 *
 * - `cite`: the short form of `source` that goes into a verdict's reason.
 * - `default`: true where the figures are the product's own choice and not a law's.
 * - `weights`: `one` — a ballot a seat; `household` — as many as the households a seat stands for; `seat` — the seat's
 *   own weight.
 * - `noticeDays`, `papersDays`: whole days before the meeting; 0 where the source asks for none.
 * - `ballotChange`: whether a seat may cast again before the poll closes; the last ballot counts.
 * - `recordOnly`: counted on paper outside; the hall only records the figures.
 * - `proxies`: null where none are allowed; `perHolderMax` null where the source sets no number.
 * - `onlineAttendance`: the source or the council allows a seat to be present from afar.
 */
export type Preset = z.infer<typeof presetSchema>

export type Quorum = NonNullable<Preset['quorum']>

export type Pass = Preset['pass']

/** num/den of a base, reached (`atLeast`) or exceeded (`moreThan`). */
export interface Fraction {
  strictness: 'atLeast' | 'moreThan'
  num: number
  den: number
}

/** What a share of yes is measured against. */
export type PassBase = 'present' | 'roster' | 'cast' | 'household'

/** A pair of wordings, one per language of the hall. */
export interface Words {
  zh: string
  en: string
}

/** Names of parties or units by id, for reasons in words; an id that is missing stands for itself. */
export type PartyNames = ReadonlyMap<string, Words>
