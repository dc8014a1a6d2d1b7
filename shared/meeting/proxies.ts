// Who stands in for whom: written proxies, and members of a household who sit in for one another.
import {
  checkProxy,
  type HouseholdSeat,
  type SourceFaultCode,
  sourceFaultWords,
} from '../counting/sources.ts'
import type { Preset } from '../rules/preset.ts'
import { type Deciders, decided, type Evolvers, isPresent, refused } from './deciding.ts'
import type { MeetingState, Seat } from './state.ts'

const asHouseholdSeat = (state: MeetingState, seat: Seat, recused: ReadonlySet<string>): HouseholdSeat => ({
  id: seat.seatId,
  household: seat.household ?? null,
  present: isPresent(state, seat.seatId),
  mayVote: seat.role === 'member' && !recused.has(seat.seatId),
})

export interface Represented {
  /** The seat that holds the proxy, by the seat that gave it. */
  readonly holders: ReadonlyMap<string, string>
  readonly refused: readonly { readonly fromSeatId: string; readonly code: SourceFaultCode }[]
}

/**
 * The proxies that a rule lets through at this moment, in order of giving. Whoever is represented counts as present;
 * a holder who is recused may not use a proxy either.
 */
export const represented = (
  state: MeetingState,
  preset: Preset,
  recused: ReadonlySet<string> = new Set(),
): Represented => {
  const holders = new Map<string, string>()
  const refusals: { fromSeatId: string; code: SourceFaultCode }[] = []
  for (const [fromSeatId, { toSeatId }] of Object.entries(state.proxies)) {
    const from = state.seats[fromSeatId]
    const to = state.seats[toSeatId]
    if (!from || !to) continue
    const finding = checkProxy(preset, {
      from: asHouseholdSeat(state, from, recused),
      to: asHouseholdSeat(state, to, recused),
      written: true,
      held: [...holders.values()].filter((holder) => holder === toSeatId).length,
    })
    if (finding.ok) holders.set(fromSeatId, toSeatId)
    else refusals.push({ fromSeatId, code: finding.code })
  }
  return { holders, refused: refusals }
}

const openFor = (state: MeetingState, seatId: string): boolean =>
  Object.values(state.polls).some(
    (poll) => poll.status === 'open' && poll.electors.some((elector) => elector.seatId === seatId),
  )

export const proxyDeciders: Deciders<'giveProxy' | 'endProxy' | 'substitute'> = {
  giveProxy: (state, { fromSeatId, toSeatId, document }) => {
    if (state.phase === 'closed') return refused('meetingEnded')
    const from = state.seats[fromSeatId]
    const to = state.seats[toSeatId]
    if (!from || !to) return refused('seatUnknown')
    if (from.role === 'observer' || to.role === 'observer') return refused('observerCannot')
    if (fromSeatId === toSeatId) return refused('proxyRefused', { ...sourceFaultWords('toSelf') })
    if (isPresent(state, fromSeatId)) return refused('proxyRefused', { ...sourceFaultWords('giverPresent') })
    if (openFor(state, fromSeatId)) return refused('pollStillOpen')
    return decided({ type: 'proxyGiven', fromSeatId, toSeatId, document })
  },
  endProxy: (state, { fromSeatId }) => {
    if (state.phase === 'closed') return refused('meetingEnded')
    if (!state.proxies[fromSeatId]) return refused('proxyUnknown')
    if (openFor(state, fromSeatId)) return refused('pollStillOpen')
    return decided({ type: 'proxyEnded', fromSeatId, reason: 'withdrawn' })
  },
  substitute: (state, { seatId, personId }, { facts }) => {
    if (state.phase === 'closed') return refused('meetingEnded')
    const seat = state.seats[seatId]
    if (!seat) return refused('seatUnknown')
    if (seat.role === 'observer') return refused('observerCannot')
    if (openFor(state, seatId)) return refused('pollStillOpen')
    const { substitute = 'unknown' } = facts
    if (substitute === 'unknown') return refused('notFound')
    if (substitute !== 'fits') return refused('substituteRefused', { ...sourceFaultWords(substitute) })
    return decided({ type: 'seatSubstituted', seatId, personId })
  },
}

const without = (proxies: MeetingState['proxies'], fromSeatId: string): MeetingState['proxies'] => {
  const { [fromSeatId]: _, ...others } = proxies
  return others
}

export const proxyEvolvers: Evolvers<'proxyGiven' | 'proxyEnded' | 'seatSubstituted'> = {
  // Taken out first, so that a proxy given anew is the last given.
  proxyGiven: (state, { fromSeatId, toSeatId, document }, { at }) => ({
    ...state,
    proxies: { ...without(state.proxies, fromSeatId), [fromSeatId]: { toSeatId, document, givenAt: at } },
  }),
  proxyEnded: (state, { fromSeatId }) => ({ ...state, proxies: without(state.proxies, fromSeatId) }),
  seatSubstituted: (state, { seatId, personId }) => {
    const seat = state.seats[seatId]
    if (!seat) return state
    return { ...state, seats: { ...state.seats, [seatId]: { ...seat, substituteId: personId } } }
  },
}
