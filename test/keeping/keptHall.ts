// A hall worth keeping: a meeting with a counted poll, texts with odd letters, bytes, and an urn that is still open.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { openLocalBus } from '../../server/bus/local.ts'
import { seedHall, seedMeeting } from '../../server/cli/seedMeeting.ts'
import { differing } from '../../server/keeping/fill.ts'
import { type Store, step } from '../../server/ports.ts'
import { openRooms, type Rooms } from '../../server/rooms.ts'
import { type Place, viewPlace } from '../../server/store/places.ts'
import { systemClock, systemIds } from '../../server/system.ts'
import { type Command, command } from '../../shared/meeting/commands.ts'
import type { Actor } from '../../shared/meeting/deciding.ts'
import { silentLogger } from '../live/hall.ts'

const folders: string[] = []
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
})

export const freshFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'yishiting-keeping-'))
  folders.push(folder)
  return folder
}

export const embedded = (dataDir: string): Place & { kind: 'sqlite' } => ({ kind: 'sqlite', dataDir })
export const database = (databaseUrl: string): Place => ({ kind: 'postgres', databaseUrl })
export const quiet = (): void => {}

const oddTexts = ['众人的事情', '𠮷\u2028"\\', "line\nline\r\n'; drop table", '', '0', 'null', '\u007f\ufeff']
const generatedRows = 400

const chair: Actor = { actorId: 'ac_chair', role: 'facilitator', seatId: null }

export interface KeptHall {
  readonly meetingId: string
  order(order: Record<string, unknown> & { type: Command['type'] }, by?: Actor): Promise<boolean>
  seatIds(): Promise<string[]>
  close(): Promise<void>
}

export const enter = async (store: Store, meetingId: string, rooms?: Rooms): Promise<KeptHall> => {
  const bus = openLocalBus()
  const own = rooms ?? openRooms({ store, clock: systemClock, ids: systemIds, bus, logger: silentLogger })
  return {
    meetingId,
    order: async (order, by = chair) => {
      const envelope = { commandId: systemIds.secret(12), command: command.parse(order) }
      return (await own.meetings.order(meetingId, by, envelope)).ok
    },
    seatIds: async () => Object.keys((await own.meetings.state(meetingId))?.seats ?? {}),
    close: async () => {
      await own.close()
      await bus.close()
    },
  }
}

const addOddRows = async (store: Store): Promise<void> => {
  const { db } = store
  const writes = Array.from({ length: generatedRows }, (_, i) => {
    const bytes = Uint8Array.from({ length: i % 300 }, (_, at) => (at * 7 + i) % 256)
    const at = 1_900_000_000_000 + i
    const client = { draftId: 'dr_0', clientId: 4_294_967_295 - i, owner: 'st_1' }
    return store.write([
      step(db.insertInto('draftUpdates').values({ draftId: `dr_${i % 3}`, bytes, edits: i, at })),
      step(db.insertInto('draftClients').values(client)),
    ])
  })
  await Promise.all(writes)
  // The newest numbers have left the log: the next one is still greater.
  await store.write([step(db.deleteFrom('draftUpdates').where('edits', '>', generatedRows - 10))])
  for (const [i, name] of oddTexts.entries()) {
    const person = {
      personId: `pe_odd${i}`,
      unitId: 'un_1',
      name,
      partyId: 'p',
      bodyRole: '',
      household: '',
      households: 1,
      weight: i + 1,
    }
    const [createdAt, removedAt] = [i, i % 2 ? null : i]
    await store.write([
      step(db.insertInto('people').values({ ...person, phone: name, createdAt, removedAt })),
    ])
  }
}

/** Makes the hall in an empty store. */
export const makeKeptHall = async (store: Store, seats = 6): Promise<KeptHall> => {
  const bus = openLocalBus()
  const rooms = openRooms({ store, clock: systemClock, ids: systemIds, bus, logger: silentLogger })
  const parts = { store, clock: systemClock, ids: systemIds, rooms }
  await seedHall(parts)
  const { meetingId } = await seedMeeting(parts, { seats, presetCode: 'simple', baseUrl: 'http://hall.test' })
  const hall = await enter(store, meetingId, rooms)
  const seatIds = await hall.seatIds()
  for (const seatId of seatIds) await hall.order({ type: 'checkIn', seatId, channel: 'device' })
  for (const isClosed of [true, false]) {
    const itemId = (await rooms.meetings.state(meetingId))?.agenda[0]?.itemId
    if (!(await hall.order({ type: 'openPoll', itemId, question: '是否同意？', changeable: true })))
      throw new Error('no poll could be opened')
    const pollId = (await rooms.meetings.state(meetingId))?.pollOrder.at(-1)
    for (const [i, seatId] of seatIds.entries()) {
      const by: Actor = { actorId: seatId, role: 'participant', seatId }
      await hall.order({ type: 'castBallot', pollId, choice: { choice: i % 3 ? 'yes' : 'no' } }, by)
    }
    if (isClosed && !(await hall.order({ type: 'closePoll', pollId })))
      throw new Error('the poll did not close')
  }
  await addOddRows(store)
  return { ...hall, close: () => hall.close().then(() => bus.close()) }
}

/** Tables that differ between two places, reading every row of both. */
export const differences = async (one: Place, other: Place): Promise<string[]> => {
  const [a, b] = [await viewPlace(one), await viewPlace(other)]
  const wrong = await differing(a, new Map(), b, quiet)
  const shape = (view: typeof a) => `${view.steps} ${view.tables.map(({ name }) => name)}`
  const shapes = shape(a) === shape(b) ? [] : ['shape']
  await a.close()
  await b.close()
  return [...shapes, ...wrong]
}

/** The number that the next update of a draft gets. */
export const nextUpdateId = async (store: Store): Promise<number> => {
  const row = { draftId: 'dr_next', bytes: new Uint8Array([1]), edits: 1, at: 1 }
  const written = await store.write([
    step(store.db.insertInto('draftUpdates').values(row).returning('updateId')),
  ])
  return written.ok ? Number(written.steps[0]?.rows[0]?.updateId) : 0
}
