// What is told of an urn while its poll is open: the running tally, and to each seat its own ballots.
import type { HandCount, NamedBallot, Poll } from '../../shared/meeting/state.ts'
import type { MyBallot, Tally } from '../../shared/wire/live.ts'
import type { Store } from '../ports.ts'
import { contents } from './urn.ts'

/** The running figures of an open poll; how anybody voted is told only where the poll shows it live. */
export const tallyOf = async (store: Store, poll: Poll): Promise<Tally> => {
  const { ballots, hands } = await contents(store, poll.pollId)
  const handsBy = Object.fromEntries(
    hands.map(({ partyId, counts }) => [partyId, Object.values(counts).reduce((sum, n) => sum + n, 0)]),
  )
  const partyOf = new Map(poll.electors.map(({ seatId, partyId }) => [seatId, partyId]))
  const byParty = poll.roll.map(({ partyId }) => ({
    partyId,
    electors: poll.electors.filter((elector) => elector.partyId === partyId).length,
    cast: ballots.filter(({ seatId }) => partyOf.get(seatId) === partyId).length + (handsBy[partyId] ?? 0),
  }))
  return {
    pollId: poll.pollId,
    cast: byParty.reduce((sum, party) => sum + party.cast, 0),
    electors: poll.electors.length,
    byParty,
    byOption: poll.show === 'live' ? byOption(ballots, hands) : null,
    seats: ballots.map(({ seatId }) => seatId),
    hands: handsBy,
  }
}

const byOption = (ballots: readonly NamedBallot[], hands: readonly HandCount[]): Record<string, number> => {
  const totals: Record<string, number> = {}
  const add = (optionId: string, n: number) => {
    totals[optionId] = (totals[optionId] ?? 0) + n
  }
  for (const { choice } of ballots) {
    for (const optionId of 'choice' in choice ? [choice.choice] : choice.choices) add(optionId, 1)
  }
  for (const { counts } of hands) for (const [optionId, n] of Object.entries(counts)) add(optionId, n)
  return totals
}

/** A seat's own ballots, for its receipts. */
export const ballotsOfSeat = async ({ db }: Store, seatId: string): Promise<MyBallot[]> => {
  const rows = await db
    .selectFrom('ballots')
    .select(['pollId', 'seatId', 'receipt', 'castAt', 'choice'])
    .where('seatId', '=', seatId)
    .execute()
  return rows.map(({ choice, ...receipt }) => ({ ...receipt, choice: JSON.parse(choice) }))
}
