// The seats as the cockpit lists them: found by name, household, party and status.
import type { AgendaItem, Attendance, MeetingState } from '../../../shared/meeting/state.ts'
import { currentItem } from '../../../shared/views/agendaTree.ts'
import type { Names } from '../../../shared/wire/live.ts'

export type SeatStatus = Attendance['status']

/** What the list can be narrowed to; `disconnected`: present by an own device that has no live connection now. */
export type StatusFilter = SeatStatus | 'disconnected'

export const statusFilters: readonly StatusFilter[] = ['absent', 'present', 'disconnected', 'left', 'excused']

export const observersFilter = 'observers'

export interface SeatFilter {
  readonly query: string
  /** A party's id, `observers`, or everyone. */
  readonly partyId: string | null
  readonly status: StatusFilter | null
}

export interface SeatRow {
  readonly seatId: string
  readonly name: string
  readonly household: string
  readonly partyId: string | null
  readonly status: SeatStatus
  readonly channel: Attendance['channel']
  readonly reason: string
  readonly isConnected: boolean
  readonly isObserver: boolean
  readonly isRaised: boolean
  readonly isSpeaking: boolean
  /** From the current item. */
  readonly isRecused: boolean
}

/** What holds for all rows, gathered once. */
interface Around {
  readonly names: Names
  readonly connected: ReadonlySet<string>
  readonly raised: ReadonlySet<string>
  readonly recused: AgendaItem['recused']
}

const rowOf = (
  state: MeetingState,
  { names, connected, raised, recused }: Around,
  seatId: string,
): SeatRow => {
  const here = state.attendance[seatId]
  return {
    seatId,
    name: names[seatId]?.name ?? seatId.slice(-4),
    household: names[seatId]?.household ?? '',
    partyId: state.seats[seatId]?.partyId ?? null,
    status: here?.status ?? 'absent',
    channel: here?.channel ?? 'device',
    reason: here?.reason ?? '',
    isConnected: connected.has(seatId),
    isObserver: state.seats[seatId]?.role === 'observer',
    isRaised: raised.has(seatId),
    isSpeaking: state.floor.speech?.seatId === seatId,
    isRecused: recused[seatId] !== undefined,
  }
}

const fitsParty = (row: SeatRow, partyId: string | null): boolean =>
  partyId === null || (partyId === observersFilter ? row.partyId === null : row.partyId === partyId)

const fitsStatus = (row: SeatRow, status: StatusFilter | null): boolean => {
  if (status === null) return true
  if (status !== 'disconnected') return row.status === status
  return row.status === 'present' && row.channel === 'device' && !row.isConnected
}

const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '')

/** Members in the roster's order by party, then observers. `connected` holds seats with a live connection. */
export const seatRows = (
  state: MeetingState,
  names: Names,
  filter: SeatFilter,
  connected: ReadonlySet<string>,
): SeatRow[] => {
  const query = plain(filter.query)
  const around: Around = {
    names,
    connected,
    raised: new Set(state.floor.hands.map((hand) => hand.seatId)),
    recused: currentItem(state)?.recused ?? {},
  }
  const place = new Map(state.parties.map((party, index) => [party.partyId, index]))
  const placeOf = (row: SeatRow): number =>
    row.partyId === null ? state.parties.length : (place.get(row.partyId) ?? state.parties.length)
  return Object.keys(state.seats)
    .map((seatId) => rowOf(state, around, seatId))
    .filter((row) => fitsParty(row, filter.partyId) && fitsStatus(row, filter.status))
    .filter((row) => query === '' || plain(row.name).includes(query) || plain(row.household).includes(query))
    .sort((a, b) => placeOf(a) - placeOf(b))
}
