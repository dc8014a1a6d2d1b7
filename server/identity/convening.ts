// From the roster to a meeting: seats frozen with their people's names beside them, an agenda with a draft an item.
import { createHash } from 'node:crypto'
import { idFrom } from '../../shared/kernel/ids.ts'
import { limits } from '../../shared/kernel/limits.ts'
import { accept, type Result, refuse } from '../../shared/kernel/result.ts'
import type { MeetingEvent } from '../../shared/meeting/events.ts'
import type { Seat, Template } from '../../shared/meeting/state.ts'
import { type DayText, dayAt } from '../../shared/rules/calendar.ts'
import { firstOfHouseholds, onePerHousehold } from '../../shared/rules/households.ts'
import type { Preset } from '../../shared/rules/preset.ts'
import { type Clock, type Ids, type Step, type Store, step } from '../ports.ts'
import { partiesOf } from './parties.ts'

const roomCodeChars = 8
/** Rows to one INSERT: well under SQLite's 32,766 parameters. */
const rowsPerInsert = 500

export interface AgendaAsk {
  readonly title: string
  readonly minutes: number
  readonly children: readonly { readonly title: string; readonly minutes: number }[]
}

export interface ConveneAsk {
  /** Makes asking again harmless. */
  readonly commandId?: string | undefined
  readonly template: Template
  readonly title: string
  readonly startsAt: number
  readonly place: string
  readonly presetCode: string
  /** All of the roster when left out. */
  readonly personIds?: readonly string[] | undefined
  readonly agenda: readonly AgendaAsk[]
}

export interface ConveneDeps {
  readonly store: Store
  readonly clock: Clock
  readonly ids: Ids
  /** A preset of the hall or of the unit's own, as it holds on a day. */
  readonly presetInForce: (unitId: string, code: string, day: DayText) => Promise<Preset | undefined>
  readonly convene: (input: {
    meetingId: string
    by: string
    commandId: string
    events: readonly MeetingEvent[]
    steps: readonly Step[]
  }) => Promise<Result<{ seq: number }>>
}

export interface Convened {
  readonly meetingId: string
}

/** @param by the account that convenes; its unit's roster and parties are used. */
export const conveneMeeting = async (
  deps: ConveneDeps,
  by: { actorId: string; unitId: string },
  ask: ConveneAsk,
): Promise<Result<Convened>> => {
  const { store, clock, ids } = deps
  const preset = await deps.presetInForce(by.unitId, ask.presetCode, dayAt(ask.startsAt))
  if (!preset) return refuse('presetUnknown', { code: ask.presetCode })
  const meetingId =
    ask.commandId === undefined ? ids.newId('meeting') : meetingIdFor(by.actorId, ask.commandId)
  if (await isConvened(store, meetingId)) return accept({ meetingId })

  const itemCount = ask.agenda.reduce((sum, { children }) => sum + 1 + children.length, 0)
  if (itemCount > limits.agendaItemsMax) return refuse('tooMany', { max: limits.agendaItemsMax })
  const parties = await partiesOf(store, by.unitId)
  const people = await peopleOf(store, by.unitId, ask.personIds)
  if (people.length > limits.seatsMax) return refuse('tooMany', { max: limits.seatsMax })
  if (ask.personIds && people.length !== new Set(ask.personIds).size) return refuse('notFound')

  const seated = seatsOf(preset, people, ask.personIds !== undefined)
  if (!seated.ok) return seated
  const householdIds = new Map<string, string>()
  for (const { household } of people) {
    if (household !== '' && !householdIds.has(household)) householdIds.set(household, ids.newId('household'))
  }
  const seats = seated.value.map((person) => ({
    ...person,
    seatId: ids.newId('seat'),
    householdId: householdIds.get(person.household),
  }))
  const items = ask.agenda.flatMap((item) => agendaEvents(ids, item))
  const events: MeetingEvent[] = [
    {
      type: 'meetingConvened',
      meetingId,
      unitId: by.unitId,
      template: ask.template,
      title: ask.title,
      place: ask.place,
      startsAt: ask.startsAt,
      preset,
      parties,
    },
  ]
  if (seats.length > 0) events.push({ type: 'seatsAdded', seats: seats.map(frozenSeat) })
  events.push(...items)

  const { db } = store
  const row = { meetingId, unitId: by.unitId, title: ask.title, startsAt: ask.startsAt, phase: 'convened' }
  const meeting = { ...row, roomCode: ids.code(roomCodeChars), createdAt: clock.now() }
  const names = seats.map(({ seatId, personId, name, household }) => ({
    meetingId,
    seatId,
    personId,
    name,
    household,
  }))
  const drafts = items.map(({ draftId, title }) => ({
    draftId,
    meetingId,
    unitId: by.unitId,
    title,
    createdAt: clock.now(),
  }))
  const convened = await deps.convene({
    meetingId,
    by: by.actorId,
    commandId: ask.commandId ?? `convene-${meetingId}`,
    events,
    steps: [
      step(db.insertInto('meetings').values(meeting), { expect: 1 }),
      ...inChunks(names).map((rows) => step(db.insertInto('seatNames').values(rows))),
      ...inChunks(drafts).map((rows) => step(db.insertInto('drafts').values(rows))),
    ],
  })
  // The same request may have been answered by another node in the meantime.
  if (!convened.ok && !(await isConvened(store, meetingId))) return convened
  return accept({ meetingId })
}

const meetingIdFor = (accountId: string, commandId: string): string =>
  idFrom('meeting', createHash('sha256').update(`${accountId} ${commandId}`).digest())

const isConvened = async ({ db }: Store, meetingId: string): Promise<boolean> =>
  (await db
    .selectFrom('meetings')
    .select('meetingId')
    .where('meetingId', '=', meetingId)
    .executeTakeFirst()) !== undefined

/** In the roster's order. */
const peopleOf = async ({ db }: Store, unitId: string, personIds: readonly string[] | undefined) => {
  const people = await db
    .selectFrom('people')
    .select(['personId', 'name', 'partyId', 'household', 'households', 'weight'])
    .where('unitId', '=', unitId)
    .where('removedAt', 'is', null)
    .orderBy('createdAt')
    .orderBy('personId')
    .execute()
  if (personIds === undefined) return people
  const chosen = new Set(personIds)
  return people.filter(({ personId }) => chosen.has(personId))
}

interface Seated {
  readonly seatId: string
  readonly partyId: string
  readonly householdId: string | undefined
  readonly households: number
  readonly weight: number
}

/** Figures of 1 are left out: they go without saying. */
const frozenSeat = ({ seatId, partyId, householdId, households, weight }: Seated): Seat => ({
  seatId,
  partyId,
  role: 'member',
  ...(householdId === undefined ? {} : { household: householdId }),
  ...(households === 1 ? {} : { households }),
  ...(weight === 1 ? {} : { weight }),
})

/** One a household, where the rule says so; of people who were chosen, none may be there twice. */
const seatsOf = <T extends { readonly household: string }>(
  preset: Preset,
  people: readonly T[],
  areChosen: boolean,
): Result<readonly T[]> => {
  if (!onePerHousehold(preset)) return accept(people)
  const { first, others } = firstOfHouseholds(people)
  const [twice] = others
  return areChosen && twice ? refuse('householdTwice', { household: twice.household }) : accept(first)
}

const agendaEvents = (ids: Ids, { title, minutes, children }: AgendaAsk) => {
  const added = (parentId: string | null, item: { title: string; minutes: number }) => ({
    type: 'agendaItemAdded' as const,
    itemId: ids.newId('item'),
    parentId,
    title: item.title,
    minutes: item.minutes,
    draftId: ids.newId('draft'),
    matterId: null,
  })
  const parent = added(null, { title, minutes })
  return [parent, ...children.map((child) => added(parent.itemId, child))]
}

const inChunks = <T>(rows: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(rows.length / rowsPerInsert) }, (_, i) =>
    rows.slice(i * rowsPerInsert, (i + 1) * rowsPerInsert),
  )
