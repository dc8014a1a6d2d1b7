// The REST API's bodies, as schemas: the server validates and documents itself with them, the faces take their types.
import { z } from 'zod'
import { commandIdPattern, idPattern } from '../kernel/ids.ts'
import { limits } from '../kernel/limits.ts'
import { visibleLine } from '../kernel/visibleText.ts'
import type { MeetingEvent } from '../meeting/events.ts'

const name = visibleLine(limits.nameCharsMax).min(1)
const title = visibleLine(limits.titleCharsMax).min(1)
const id = (kind: Parameters<typeof idPattern>[0]) => z.string().regex(idPattern(kind))
const words = z.object({ zh: z.string(), en: z.string() })
/** One of fewer than 8 characters is refused as `passwordTooShort`, with the figure. */
const newPassword = z.string().min(1).max(200)
const role = z.enum(['secretary', 'facilitator', 'clerk', 'participant', 'observer', 'screen', 'waiting'])

const refusal = z.object({
  code: z.string(),
  detail: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})
/** The body of every answer that is not a success. */
export const failure = z.object({ refusal })

// the hall
export const party = z.object({ partyId: id('party'), name: words })
/** GET /api/hall: open to all, so that the first page knows where it is. `parties` only once it is set up. */
export const hallView = z.object({
  ready: z.boolean(),
  name: z.string(),
  unit: z.object({ unitId: z.string(), name: words }).nullable(),
  parties: z.array(party),
})
/** POST /api/hall/first-run: whether this link still sets the hall up. */
export const firstRunAsk = z.object({ setupToken: z.string().max(200) })
/** POST /api/hall: the first visit; answers a `sessionView`. Without `partyId` a new party is made. */
export const hallSetup = z.object({
  setupToken: z.string().min(8).max(200),
  hallName: title,
  unitName: z.object({ zh: name, en: visibleLine(limits.nameCharsMax) }),
  parties: z
    .array(
      z.object({
        partyId: id('party').optional(),
        name: z.object({ zh: name, en: visibleLine(limits.nameCharsMax) }),
      }),
    )
    .min(1)
    .max(limits.partiesMax),
  account: z.object({
    login: visibleLine(limits.nameCharsMax).min(2),
    name,
    password: newPassword,
  }),
})

// sessions
/**
 * POST /api/session: a card or link token, or an account's login and password. `device` is a random text of 16
 * characters or more that the browser made and keeps: with it, a browser whose answer was lost on the way is answered
 * again instead of being told that its card is used.
 */
export const sessionAsk = z.union([
  z.object({ token: z.string().min(8).max(200), device: z.string().max(120).optional() }),
  z.object({ login: z.string().min(1).max(limits.nameCharsMax), password: z.string().min(1).max(200) }),
])
/** GET /api/session: who this browser is. `meetingId` is null for staff accounts and for a screen not yet paired. */
export const sessionView = z.object({
  role,
  actorId: z.string(),
  name: z.string(),
  meetingId: z.string().nullable(),
  seatId: z.string().nullable(),
  /** For a screen that waits to be paired. */
  screenCode: z.string().nullable(),
})

export const accountAsk = z.object({
  login: visibleLine(limits.nameCharsMax).min(2),
  name,
  role: z.enum(['secretary', 'facilitator', 'clerk']),
  password: newPassword,
})
export const accountView = z.object({ accountId: z.string(), login: z.string(), name: z.string(), role })
/** GET /api/accounts */
export const accountsView = z.object({ accounts: z.array(accountView) })
/** POST /api/session/password: an account changes its own; its other sessions end. */
export const passwordAsk = z.object({
  password: z.string().min(1).max(200),
  next: newPassword,
})

// rosters
/** Households that a person stands for, or what the person's ballot weighs; 1 unless said otherwise. */
const figure = z.int().min(1).max(limits.seatWeightMax)
export const person = z.object({
  personId: z.string(),
  name: z.string(),
  partyId: z.string(),
  bodyRole: z.string(),
  household: z.string(),
  /** Masked, as 138****1234. */
  phone: z.string(),
  households: figure,
  weight: figure,
})
export const rosterView = z.object({ people: z.array(person) })
/** Trouble with a row or with the file. The faces word `code`; `detail` makes it exact. */
export const rosterProblem = z.object({
  code: z.enum([
    'nameMissing',
    'nameTooLong',
    'partyMissing',
    'partyUnknown',
    'duplicateInFile',
    'alreadyInRoster',
    'phoneOdd',
    'figureOdd',
    'formula',
    'fieldTooLong',
    'columnUnknown',
    'columnTwice',
    'nameColumnMissing',
    'partyColumnMissing',
  ]),
  /** `error` keeps the row out; `warning` does not. */
  level: z.enum(['error', 'warning']),
  detail: z.string(),
})
export const rosterRow = z.object({
  /** The row's number in the file, 1 being its first line. */
  line: z.int(),
  name: z.string(),
  partyId: z.string().nullable(),
  partyText: z.string(),
  bodyRole: z.string(),
  household: z.string(),
  phone: z.string(),
  households: z.int(),
  weight: z.int(),
  problems: z.array(rosterProblem),
})
/** POST /api/roster/imports (multipart, one file) answers this; GET /api/roster/imports/:importId follows its progress. */
export const rosterImport = z.object({
  importId: z.string(),
  fileName: z.string(),
  state: z.enum(['reading', 'ready', 'saved', 'unreadable']),
  rowsDone: z.int(),
  rowsTotal: z.int().nullable(),
  /** Such as `xlsx`, `csv, UTF-8` or `csv, GB18030`. */
  format: z.string(),
  columns: z.array(z.object({ heading: z.string(), field: z.string().nullable() })),
  problems: z.array(rosterProblem),
  rows: z.array(rosterRow),
  good: z.int(),
  bad: z.int(),
  /** Why the file could not be taken, where `state` is `unreadable`: `rosterUnreadable`, `rosterTooLong`. */
  refusal: refusal.nullable(),
})
/** POST /api/roster/imports/:importId/confirm. `skipped` counts the rows kept out. */
export const rosterSaved = z.object({ saved: z.int(), skipped: z.int() })
export const personAsk = z.object({
  name,
  partyId: id('party'),
  bodyRole: visibleLine(limits.nameCharsMax).default(''),
  household: visibleLine(limits.nameCharsMax).default(''),
  phone: visibleLine(20).default(''),
  households: figure.default(1),
  weight: figure.default(1),
})

// meetings
const agendaAsk = z.object({
  title,
  minutes: z.int().min(0).max(limits.itemMinutesMax).default(10),
  children: z
    .array(z.object({ title, minutes: z.int().min(0).max(limits.itemMinutesMax).default(10) }))
    .max(limits.agendaItemsMax)
    .default([]),
})
/**
 * POST /api/meetings. Seats are frozen from the roster: all of it, or `personIds`. With the same `commandId` a resent
 * request makes no second meeting and answers the same.
 */
export const meetingAsk = z.object({
  commandId: z.string().regex(commandIdPattern).optional(),
  template: z.enum(['tripartiteCouncil', 'representatives', 'free']),
  title,
  startsAt: z.int().min(0),
  place: visibleLine(limits.placeCharsMax).default(''),
  presetCode: z.string().max(40),
  personIds: z.array(id('person')).max(limits.seatsMax).optional(),
  agenda: z.array(agendaAsk).max(limits.agendaItemsMax).default([]),
})
export const meetingMade = z.object({ meetingId: z.string() })
export const meetingsView = z.object({
  meetings: z.array(
    z.object({ meetingId: z.string(), title: z.string(), startsAt: z.number(), phase: z.string() }),
  ),
})
/** GET /api/meetings/:meetingId */
export const meetingView = z.object({
  meetingId: z.string(),
  title: z.string(),
  startsAt: z.number(),
  phase: z.string(),
})

// the door of a meeting
/** POST /api/meetings/:meetingId/cards: new cards for these seats (all when left out); older unused ones end. */
export const cardsAsk = z.object({ seatIds: z.array(id('seat')).max(limits.seatsMax).optional() })
export const cardsView = z.object({
  cards: z.array(
    z.object({
      seatId: z.string(),
      name: z.string(),
      household: z.string(),
      partyId: z.string().nullable(),
      url: z.string(),
    }),
  ),
})
/** GET /api/meetings/:meetingId/seats/:seatId/household: who of its household may sit in for it. */
export const householdView = z.object({
  people: z.array(z.object({ personId: z.string(), name: z.string() })),
})
/** POST /api/meetings/:meetingId/seats/:seatId/move: ends the seat's sessions and gives a card for its next device. */
export const cardView = cardsView.shape.cards.element
/** GET /api/meetings/:meetingId/door: the room code and the address that the welcome picture shows as QR. */
export const doorView = z.object({ roomCode: z.string(), url: z.string() })
/** GET /api/rooms/:roomCode: what one is about to enter. */
export const roomView = z.object({ title: z.string(), startsAt: z.number() })
/** POST /api/rooms/:roomCode: into the waiting room; answers a `sessionView` of role `waiting`. */
export const waitingAsk = z.object({ name })
/** POST /api/meetings/:meetingId/seats: a guest without a device, as an observer; answers a `cardView`. */
export const guestAsk = z.object({ name })
/** POST /api/meetings/:meetingId/links: a link for a role, good until withdrawn; answers a `linkView` with its `url`. */
export const linkAsk = z.object({ role: z.enum(['facilitator', 'screen']) })
export const linkView = z.object({
  cardId: z.string(),
  role: z.enum(['participant', 'facilitator', 'screen']),
  seatId: z.string().nullable(),
  issuedAt: z.number(),
  url: z.string(),
})
/** GET /api/meetings/:meetingId/links: those not withdrawn. Addresses are told once, when made, and not kept. */
export const linksView = z.object({ links: z.array(linkView.omit({ url: true })) })
/** GET /api/meetings/:meetingId/desk: people in the waiting room and cards scanned twice. */
export const deskView = z.object({
  entries: z.array(
    z.object({
      deskEntryId: z.string(),
      kind: z.enum(['waiting', 'secondScan']),
      name: z.string(),
      seatId: z.string().nullable(),
      at: z.number(),
    }),
  ),
})
/** POST /api/meetings/:meetingId/desk/:deskEntryId */
export const deskAsk = z.discriminatedUnion('action', [
  z.object({ action: z.literal('admitObserver') }),
  z.object({ action: z.literal('bindSeat'), seatId: id('seat') }),
  z.object({ action: z.literal('refuse') }),
  z.object({ action: z.literal('dismiss') }),
])
/** POST /api/screens: a browser becomes a big screen, or renews its code; answers a `sessionView` with `screenCode`.
 * POST /api/meetings/:meetingId/screens pairs by the six characters shown on the screen. */
export const pairAsk = z.object({ code: z.string().trim().min(6).max(12) })
export const screensView = z.object({
  screens: z.array(z.object({ screenId: z.string(), live: z.boolean() })),
})

// after
/** GET /api/meetings/:meetingId/record?since=: a page of the record. `next` is the `since` of the following page. */
export const recordPage = z.object({
  events: z.array(
    z.object({
      seq: z.int(),
      at: z.number(),
      by: z.string(),
      commandId: z.string(),
      event: z
        .custom<MeetingEvent>((value) => typeof value === 'object' && value !== null)
        .meta({ type: 'object' }),
      hash: z.string(),
    }),
  ),
  names: z.record(z.string(), z.object({ name: z.string(), household: z.string() })),
  head: z.object({ seq: z.int(), hash: z.string() }),
  next: z.int().nullable(),
})
/** GET /api/meetings/:meetingId/texts/:sha256 */
export const textView = z.object({ sha256: z.string(), text: z.string() })

export type HallView = z.infer<typeof hallView>
export type HallSetup = z.infer<typeof hallSetup>
export type SessionAsk = z.infer<typeof sessionAsk>
export type SessionView = z.infer<typeof sessionView>
export type AccountAsk = z.infer<typeof accountAsk>
export type AccountView = z.infer<typeof accountView>
export type Person = z.infer<typeof person>
export type PersonAsk = z.input<typeof personAsk>
export type RosterView = z.infer<typeof rosterView>
export type RosterProblem = z.infer<typeof rosterProblem>
export type RosterRow = z.infer<typeof rosterRow>
export type RosterImport = z.infer<typeof rosterImport>
export type RosterSaved = z.infer<typeof rosterSaved>
export type MeetingAsk = z.input<typeof meetingAsk>
export type MeetingMade = z.infer<typeof meetingMade>
export type MeetingsView = z.infer<typeof meetingsView>
export type CardsView = z.infer<typeof cardsView>
export type CardView = z.infer<typeof cardView>
export type HouseholdView = z.infer<typeof householdView>
export type DoorView = z.infer<typeof doorView>
export type DeskAsk = z.infer<typeof deskAsk>
export type ScreensView = z.infer<typeof screensView>
export type TextView = z.infer<typeof textView>
export type RecordPage = z.infer<typeof recordPage>
