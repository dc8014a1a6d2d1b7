// The room code and the waiting room: guests ask to come in, the facilitator admits them or gives them a seat.
import type { Selectable } from 'kysely'
import { limits } from '../../shared/kernel/limits.ts'
import { accept, type Result, refuse } from '../../shared/kernel/result.ts'
import type { Desk } from '../../shared/wire/live.ts'
import { type Step, step } from '../ports.ts'
import type { Schema } from '../store/schema.ts'
import { holdingSeat } from './cards.ts'
import type { IdentityDeps } from './deps.ts'
import type { SignedIn } from './exchange.ts'
import type { SeatNames } from './names.ts'
import { actorOf, type Principal } from './principal.ts'
import { typedCode } from './secrets.ts'
import { endedIn, type Sessions } from './sessions.ts'

export type DeskAction =
  | { readonly action: 'admitObserver' }
  | { readonly action: 'bindSeat'; readonly seatId: string }
  | { readonly action: 'refuse' }
  | { readonly action: 'dismiss' }

export interface Doors {
  roomByCode(
    roomCode: string,
  ): Promise<{ meetingId: string; title: string; startsAt: number; phase: string } | null>
  wait(ask: { roomCode: string; name: string; cookieHeader?: string | undefined }): Promise<Result<SignedIn>>
  desk(meetingId: string): Promise<Desk>
  settle(by: Principal, meetingId: string, deskEntryId: string, ask: DeskAction): Promise<Result<undefined>>
  /** A guest without a device, as an observer. */
  admitGuest(by: Principal, meetingId: string, name: string): Promise<Result<{ seatId: string }>>
}

type Entry = Selectable<Schema['deskEntries']>

export const openDoors = (deps: IdentityDeps, sessions: Sessions, seatNames: SeatNames): Doors => {
  const { store, clock, ids, bus } = deps
  const { db } = store

  const roomByCode: Doors['roomByCode'] = async (roomCode) => {
    const room = await db
      .selectFrom('meetings')
      .select(['meetingId', 'title', 'startsAt', 'phase'])
      .where('roomCode', '=', typedCode(roomCode))
      .executeTakeFirst()
    return room ? { ...room, startsAt: Number(room.startsAt) } : null
  }

  const openEntries = (meetingId: string) =>
    db
      .selectFrom('deskEntries')
      .select(['deskEntryId', 'kind', 'name', 'seatId', 'at'])
      .where('meetingId', '=', meetingId)
      .where('state', '=', 'open')
      .orderBy('at')
      .orderBy('deskEntryId')
      .execute()

  const wait: Doors['wait'] = async ({ roomCode, name, cookieHeader }) => {
    const room = await roomByCode(roomCode)
    if (!room) return refuse('roomCodeUnknown')
    if (room.phase === 'closed') return refuse('meetingEnded')
    const { meetingId } = room
    const current = await sessions.fromCookieHeader(cookieHeader)
    // Already in, or already waiting: asking again changes nothing.
    const isHere =
      current?.meetingId === meetingId && (current.seatId !== null || current.deskEntryId !== null)
    if (current && isHere) return accept({ principal: current, token: null })
    const waiting = (await openEntries(meetingId)).filter((entry) => entry.kind === 'waiting')
    if (waiting.length >= limits.waitingMax) return refuse('waitingRoomFull', { max: limits.waitingMax })

    const deskEntryId = ids.newId('deskEntry')
    const session = sessions.begin({ kind: 'waiting', meetingId, deskEntryId })
    const entry = {
      deskEntryId,
      meetingId,
      kind: 'waiting',
      name,
      seatId: null,
      state: 'open',
      at: clock.now(),
    } as const
    const written = await store.write([
      step(db.insertInto('deskEntries').values(entry), { expect: 1 }),
      session.step,
    ])
    if (!written.ok) throw new Error(`the waiting room could not be entered: ${written.reason}`)
    const principal = await sessions.fromToken(session.token)
    if (!principal) throw new Error('a session just made is not there')
    if (current) await sessions.end(current.sessionId)
    bus.publish({ kind: 'desk', meetingId })
    return accept({ principal, token: session.token })
  }

  /** The entry's state changes once; of two facilitators who settle it at the same time, the second changes nothing. */
  const settling = (entry: Entry, state: Entry['state']): Step =>
    step(
      db
        .updateTable('deskEntries')
        .set({ state })
        .where('deskEntryId', '=', entry.deskEntryId)
        .where('state', '=', 'open'),
      { expect: 1 },
    )

  const close = async (entry: Entry, state: 'refused' | 'dismissed'): Promise<Result<undefined>> => {
    const { meetingId, deskEntryId } = entry
    const written = await store.write([
      settling(entry, state),
      ...(entry.kind === 'waiting' ? [sessions.ending({ meetingId, deskEntryId })] : []),
    ])
    if (!written.ok) return refuse('notFound')
    sessions.changed(endedIn(written))
    bus.publish({ kind: 'desk', meetingId })
    return accept(undefined)
  }

  /** Turns the waiting session into the seat's, with whatever else belongs to it, in one write. */
  const seat = async (entry: Entry, seatId: string, more: readonly Step[]): Promise<Result<undefined>> => {
    const { meetingId, deskEntryId } = entry
    const admitted = await sessions.running({ meetingId, deskEntryId })
    const turned = db
      .updateTable('sessions')
      .set({ kind: 'seat', seatId })
      .where('deskEntryId', '=', deskEntryId)
      .where('kind', '=', 'waiting')
      .where('endedAt', 'is', null)
    const written = await store.write([settling(entry, 'admitted'), ...more, step(turned)])
    if (!written.ok) return refuse('notFound')
    sessions.changed([...endedIn(written), ...admitted])
    seatNames.namesChanged(meetingId)
    bus.publish({ kind: 'desk', meetingId })
    return accept(undefined)
  }

  const nameSeat = (meetingId: string, seatId: string, name: string): Step =>
    step(
      db
        .insertInto('seatNames')
        .values({ meetingId, seatId, personId: null, name, household: '' })
        .onConflict((conflict) => conflict.columns(['meetingId', 'seatId']).doNothing()),
    )

  const admitObserver = async (by: Principal, entry: Entry): Promise<Result<undefined>> => {
    // Made from the entry's id, so that settling it again after a fault makes no second seat.
    const seatId = `st_${entry.deskEntryId.slice(3)}`
    const ordered = await deps.order(entry.meetingId, actorOf(by), {
      commandId: `admit-${ids.secret(9)}`,
      command: { type: 'admitObserver', seatId },
    })
    if (!ordered.ok && ordered.refusal.code !== 'seatExists') return ordered
    return seat(entry, seatId, [nameSeat(entry.meetingId, seatId, entry.name)])
  }

  const bindSeat = async (by: Principal, entry: Entry, seatId: string): Promise<Result<undefined>> => {
    const { meetingId } = entry
    if ((await deps.seatRole(meetingId, seatId)) !== 'participant') return refuse('seatUnknown')
    const unused = db
      .updateTable('cards')
      .set({ withdrawnAt: clock.now() })
      .where('meetingId', '=', meetingId)
      .where('seatId', '=', seatId)
      .where('withdrawnAt', 'is', null)
    const bound = await seat(entry, seatId, [
      ...holdingSeat(store, meetingId, seatId),
      step(unused),
      sessions.ending({ meetingId, seatId }),
    ])
    if (!bound.ok) return bound
    // The seat may be present already, or the doors not open: either way it now sits on this device.
    await deps.order(meetingId, actorOf(by), {
      commandId: `checkin-${ids.secret(9)}`,
      command: { type: 'checkIn', seatId, channel: 'device' },
    })
    return bound
  }

  const settle: Doors['settle'] = async (by, meetingId, deskEntryId, ask) => {
    const entry = await db
      .selectFrom('deskEntries')
      .selectAll()
      .where('deskEntryId', '=', deskEntryId)
      .where('meetingId', '=', meetingId)
      .executeTakeFirst()
    if (!entry) return refuse('notFound')
    if (entry.state !== 'open') return entry.state === outcomeOf(ask) ? accept(undefined) : refuse('notFound')
    switch (ask.action) {
      case 'refuse':
        return close(entry, 'refused')
      case 'dismiss':
        return close(entry, 'dismissed')
      case 'admitObserver':
        return entry.kind === 'waiting' ? admitObserver(by, entry) : refuse('notAllowed')
      case 'bindSeat':
        return entry.kind === 'waiting' ? bindSeat(by, entry, ask.seatId) : refuse('notAllowed')
    }
  }

  const admitGuest: Doors['admitGuest'] = async (by, meetingId, name) => {
    const seatId = ids.newId('seat')
    const ordered = await deps.order(meetingId, actorOf(by), {
      commandId: `guest-${seatId}`,
      command: { type: 'admitObserver', seatId },
    })
    if (!ordered.ok) return ordered
    await store.write([nameSeat(meetingId, seatId, name)])
    seatNames.namesChanged(meetingId)
    return accept({ seatId })
  }

  const desk: Doors['desk'] = async (meetingId) => {
    const entries = await openEntries(meetingId)
    return { entries: entries.map((entry) => ({ ...entry, at: Number(entry.at) })) }
  }
  return { roomByCode, wait, desk, settle, admitGuest }
}

const outcomeOf = ({ action }: DeskAction): Entry['state'] =>
  action === 'refuse' ? 'refused' : action === 'dismiss' ? 'dismissed' : 'admitted'
