// The erasable names of a meeting's seats, kept at hand until someone is renamed or comes in.
import type { Names } from '../../shared/wire/live.ts'
import type { IdentityDeps } from './deps.ts'

const meetingsKeptMax = 50
/** The bus only hints, so names are read again after this long. */
const keptMs = 30_000
/** While no word of a change can come from other nodes. */
const keptMsUnheard = 1_000

export interface SeatNames {
  names(meetingId: string): Promise<Names>
  /** To be called after seat names were written; tells every node. */
  namesChanged(meetingId: string): void
  close(): void
}

export const openNames = ({ store, clock, bus }: IdentityDeps): SeatNames => {
  const kept = new Map<string, { names: Promise<Names>; at: number }>()
  const close = bus.subscribe((message) => {
    if (message.kind === 'names') kept.delete(message.meetingId)
  })

  const read = async (meetingId: string): Promise<Names> => {
    const rows = await store.db
      .selectFrom('seatNames')
      .select(['seatId', 'name', 'household'])
      .where('meetingId', '=', meetingId)
      .execute()
    return Object.fromEntries(rows.map(({ seatId, name, household }) => [seatId, { name, household }]))
  }

  const names = (meetingId: string): Promise<Names> => {
    const known = kept.get(meetingId)
    const isTrusted = !store.isShared || bus.status() === 'up'
    const age = clock.now() - (known?.at ?? 0)
    if (known && age >= 0 && age < (isTrusted ? keptMs : keptMsUnheard)) return known.names
    const reading = read(meetingId)
    kept.set(meetingId, { names: reading, at: clock.now() })
    reading.catch(() => kept.delete(meetingId))
    const [oldest] = kept.keys()
    if (kept.size > meetingsKeptMax && oldest !== undefined) kept.delete(oldest)
    return reading
  }

  const namesChanged = (meetingId: string): void => {
    kept.delete(meetingId)
    bus.publish({ kind: 'names', meetingId })
  }
  return { names, namesChanged, close }
}
