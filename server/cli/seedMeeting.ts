// Makes a live meeting in a store: a hall if there is none, a roster, an agenda with drafts, a card for every seat.
import { randomBytes } from 'node:crypto'
import * as Y from 'yjs'
import type { Command } from '../../shared/meeting/commands.ts'
import type { Actor } from '../../shared/meeting/deciding.ts'
import { dayAt } from '../../shared/rules/calendar.ts'
import { conveneMeeting } from '../identity/convening.ts'
import type { Clock, Ids, Store } from '../ports.ts'
import { step } from '../ports.ts'
import type { Rooms } from '../rooms.ts'
import { type MadeUpPerson, madeUpPeople, seedAgenda, seedParties } from './seedNames.ts'

export interface SeedAsk {
  readonly seats: number
  readonly presetCode: string
  readonly baseUrl: string
}

export interface Seeded {
  readonly baseUrl: string
  readonly meetingId: string
  readonly matterId: string
  readonly draftId: string
  readonly pollPreset: string
  readonly facilitator: { readonly token: string }
  readonly screen: { readonly token: string }
  readonly seats: readonly { readonly seatId: string; readonly party: string; readonly token: string }[]
}

export interface SeedParts {
  readonly store: Store
  readonly clock: Clock
  readonly ids: Ids
  readonly rooms: Rooms
}

/** The account under which the demonstration hall is set up, told once to whoever seeded it. */
export interface SeedAccount {
  readonly login: string
  readonly password: string
}

const rowsPerInsert = 500

/** Sets up a demonstration hall where there is none; `null` where one already is. */
export const seedHall = async ({ rooms: { identity } }: SeedParts): Promise<SeedAccount | null> => {
  const setupToken = await identity.firstRun()
  if (setupToken === null) return null
  const account = { login: 'secretary', name: '示例秘书', password: randomBytes(9).toString('base64url') }
  const done = await identity.setUp({
    setupToken,
    hallName: '众人议事厅（演示）',
    unitName: { zh: '示例村', en: 'Demonstration village' },
    parties: seedParties,
    account,
  })
  if (!done.ok) throw new Error(`the hall could not be set up: ${done.refusal.code}`)
  return { login: account.login, password: account.password }
}

export const seedMeeting = async (parts: SeedParts, ask: SeedAsk): Promise<Seeded> => {
  const { store, ids, rooms } = parts
  const { identity, matters, meetings, presets } = rooms
  const { unit } = await identity.hall()
  const secretary = await store.db
    .selectFrom('accounts')
    .select('accountId')
    .where('role', '=', 'secretary')
    .where('endedAt', 'is', null)
    .executeTakeFirst()
  if (!unit || !secretary) throw new Error('the hall has no secretary yet')

  // By households each has one seat, and every person made up is to have one.
  const preset = await presets.inForce(unit.unitId, ask.presetCode, dayAt(parts.clock.now()))
  const homeSize = preset?.quorum?.basis === 'households' ? 1 : 2
  const personIds = await addPeople(parts, unit.unitId, madeUpPeople(ask.seats, homeSize))
  const convened = await conveneMeeting(
    { ...parts, convene: meetings.convene, presetInForce: presets.inForce },
    { actorId: secretary.accountId, unitId: unit.unitId },
    {
      template: 'tripartiteCouncil',
      title: '村企民三方议事会',
      startsAt: parts.clock.now(),
      place: '村文化礼堂',
      presetCode: ask.presetCode,
      personIds,
      agenda: [],
    },
  )
  if (!convened.ok) throw new Error(`the meeting could not be convened: ${convened.refusal.code}`)
  const { meetingId } = convened.value
  const by: Actor = { actorId: secretary.accountId, role: 'secretary', seatId: null }
  const order = async (command: Command): Promise<void> => {
    const done = await meetings.order(meetingId, by, { commandId: `seed-${ids.secret(12)}`, command })
    if (!done.ok) throw new Error(`${command.type} was refused: ${done.refusal.code}`)
  }

  const opened = await matters.open(
    { actorId: secretary.accountId, unitId: unit.unitId },
    { commandId: `seed-${meetingId}`, title: seedAgenda[0].title },
  )
  if (!opened.ok) throw new Error(`the matter could not be opened: ${opened.refusal.code}`)
  const { matterId } = opened.value
  const draftId = await addAgenda(parts, meetingId, matterId, order)
  await order({ type: 'openDoors' })
  await order({ type: 'openMeeting' })
  const state = await meetings.state(meetingId)
  const first = state?.agenda[0]
  if (!state || !first) throw new Error('the agenda was not made')
  await order({ type: 'moveAgendaTo', itemId: first.itemId })

  const seats = Object.values(state.seats)
  const links = await identity.issueLinks(meetingId, [
    { role: 'facilitator' },
    { role: 'screen' },
    ...seats.map(({ seatId }) => ({ role: 'participant' as const, seatId })),
  ])
  const token = (index: number): string => links[index]?.token ?? ''
  return {
    baseUrl: ask.baseUrl,
    meetingId,
    matterId,
    draftId,
    pollPreset: ask.presetCode,
    facilitator: { token: token(0) },
    screen: { token: token(1) },
    seats: seats.map(({ seatId, partyId }, i) => ({ seatId, party: partyId ?? '', token: token(i + 2) })),
  }
}

const addPeople = async (
  { store, clock, ids }: SeedParts,
  unitId: string,
  madeUp: readonly MadeUpPerson[],
): Promise<string[]> => {
  const people = madeUp.map((person) => ({
    ...person,
    personId: ids.newId('person'),
    unitId,
    phone: '',
    households: 1,
    weight: 1,
    createdAt: clock.now(),
    removedAt: null,
  }))
  for (let i = 0; i < people.length; i += rowsPerInsert) {
    await store.write([step(store.db.insertInto('people').values(people.slice(i, i + rowsPerInsert)))])
  }
  return people.map(({ personId }) => personId)
}

/** @returns the draft of the first item, which the meeting begins with */
const addAgenda = async (
  { rooms: { meetings, drafts } }: SeedParts,
  meetingId: string,
  matterId: string,
  order: (command: Command) => Promise<void>,
): Promise<string> => {
  let firstDraftId = ''
  for (const { title, minutes, text, children } of seedAgenda) {
    const isFirst = firstDraftId === ''
    await order({
      type: 'addAgendaItem',
      title,
      minutes,
      parentId: null,
      matterId: isFirst ? matterId : null,
    })
    const item = (await meetings.state(meetingId))?.agenda.at(-1)
    if (!item) throw new Error(`${title} was not added`)
    if (isFirst) firstDraftId = item.draftId
    await drafts.edit(item.draftId, (doc) => write(doc, title, text))
    for (const child of children) {
      await order({ type: 'addAgendaItem', ...child, parentId: item.itemId, matterId: null })
    }
  }
  return firstDraftId
}

/** A heading and paragraphs, in the shape that the editor keeps. */
const write = (doc: Y.Doc, title: string, paragraphs: readonly string[]): void => {
  const element = (name: string, text: string, attributes: Record<string, number> = {}): Y.XmlElement => {
    const node = new Y.XmlElement(name)
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value as never)
    node.insert(0, [new Y.XmlText(text)])
    return node
  }
  const lines = [
    element('heading', title, { level: 1 }),
    ...paragraphs.map((line) => element('paragraph', line)),
  ]
  doc.getXmlFragment('default').insert(0, lines)
}
