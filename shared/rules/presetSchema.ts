// Owns the shape of a rule preset, as a schema for the doors that read presets from outside. The types are inferred
// from here (see preset.ts); nothing that runs in the browser imports this file.
import { z } from 'zod'

const text = z.object({ zh: z.string().min(1).max(400), en: z.string().min(1).max(400) })

const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

/** num/den of a base. `atLeast` is "以上" (den·x ≥ num·N), `moreThan` is "超过" (den·x > num·N). */
const fraction = z.object({
  strictness: z.enum(['atLeast', 'moreThan']),
  num: z.int().min(0).max(10_000),
  den: z.int().min(0).max(10_000),
})

/** `rosterOrHouseholds` is met by either; `units`: every affected unit is there. */
const quorum = z.union([
  fraction.extend({
    basis: z.enum(['roster', 'households', 'rosterOrHouseholds']),
    perParty: fraction.optional(),
  }),
  z.object({ basis: z.literal('units') }),
])

/** `present` and `roster` count seats; `cast` counts ballots handed in, abstentions and blanks among them;
 * `household` counts the households that those present stand for. `everyUnit`: each affected unit concurs by its own
 * preset, or by `fallback` where it names none. */
const pass = z.union([
  fraction.extend({
    form: z.literal('share'),
    of: z.enum(['present', 'roster', 'cast', 'household']),
    perParty: fraction.optional(),
  }),
  z.object({ form: z.literal('moreYesThanNo') }),
  z.object({
    form: z.literal('everyUnit'),
    fallback: fraction.extend({ of: z.enum(['present', 'roster', 'cast', 'household']) }),
  }),
])

const party = z.object({
  key: z.string().min(1).max(40),
  name: text,
  aliases: z.array(z.string().min(1).max(40)).max(20),
})

/** A unit's own copy: the preset it was made from, the unit's name for it, and who decided on it and on which day. */
const copy = z.object({
  of: z.string().max(60),
  ofName: text,
  ofVersion: z.int().min(1),
  title: z.object({ zh: z.string().min(1).max(60), en: z.string().max(120) }),
  decidedBy: z.string().min(1).max(60),
  decidedOn: date,
})

/** How the floor is run, where the preset says so (南塘十三条). */
const speaking = z.object({
  seconds: z.int().min(10).max(3_600),
  turns: z.int().min(1).max(20),
  neutralChair: z.boolean(),
  positionFirst: z.boolean(),
  sidesAlternate: z.boolean(),
})

export const presetSchema = z.object({
  code: z.string().regex(/^[a-z][A-Za-z0-9]{1,59}$/),
  version: z.int().min(1),
  name: text,
  source: text,
  cite: text,
  effectiveFrom: date,
  default: z.boolean(),
  standing: z.enum(['statutory', 'consultative']),
  quorum: quorum.nullable(),
  pass,
  weights: z.enum(['one', 'household', 'seat']),
  recusal: z.enum(['staysInDenominator', 'leavesDenominator']),
  proxies: z.object({ sameHousehold: z.boolean(), perHolderMax: z.int().nullable() }).nullable(),
  noticeDays: z.int().max(3_650),
  papersDays: z.int().max(3_650),
  ballotChange: z.boolean(),
  ties: z.enum(['fails', 'chair', 'lot']),
  recordOnly: z.boolean(),
  onlineAttendance: z.boolean(),
  parties: z.array(party).max(12).optional(),
  mayNotDecide: z.array(text).max(20).optional(),
  speaking: speaking.optional(),
  meets: z.enum(['monthly']).optional(),
  copy: copy.optional(),
})
