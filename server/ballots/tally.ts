// What is told of an urn while its poll is open: the running tally, and to each seat its own ballots.
import type { BallotChoice } from '../../shared/counting/ballot.ts'
import type { UrnContents } from '../../shared/meeting/deciding.ts'
import { heldIn } from '../../shared/meeting/pollOptions.ts'
import type { MeetingState, Poll } from '../../shared/meeting/state.ts'
import type { MyBallot, Tally } from '../../shared/wire/live.ts'
import type { Store } from '../ports.ts'
import { paperTally } from './papers.ts'
import { contents } from './urn.ts'

/** The running figures of an open poll; how anybody voted is told only where the poll shows it live. */
export const tallyOf = async (store: Store, poll: Poll): Promise<Tally> => {
  const urn = await contents(store, poll.pollId)
  const { ballots, hands, papers = [] } = urn
  const handsBy = Object.fromEntries(
    hands.map(({ partyId, counts }) => [partyId, Object.values(counts).reduce((sum, n) => sum + n, 0)]),
  )
  const papersIn = (partyId: string | null): number => {
    const box = papers.find((one) => one.partyId === partyId)
    return box ? box.box - box.spoiled : 0
  }
  const electors = new Map(poll.electors.map((elector) => [elector.seatId, elector]))
  const byParty = poll.roll.map(({ partyId }) => ({
    partyId,
    electors: poll.electors.filter((elector) => elector.partyId === partyId).length,
    cast:
      ballots.filter(({ seatId }) => electors.get(seatId)?.partyId === partyId).length +
      (handsBy[partyId] ?? 0) +
      papersIn(partyId),
  }))
  const cast = byParty.reduce((sum, party) => sum + party.cast, 0) + papersIn(null)
  const extra = ballots.reduce((sum, { seatId }) => sum + (electors.get(seatId)?.weight ?? 1) - 1, 0)
  return {
    pollId: poll.pollId,
    cast,
    castWeight: cast + extra,
    electors: poll.electors.length,
    byParty,
    byOption: poll.show === 'live' ? byOption(poll, urn) : null,
    seats: ballots.map(({ seatId }) => seatId),
    hands: handsBy,
    papers: await paperTally(store, poll.pollId),
  }
}

const byOption = (poll: Poll, { ballots, hands, papers = [] }: UrnContents): Record<string, number> => {
  const weights = new Map(poll.electors.map(({ seatId, weight = 1 }) => [seatId, weight]))
  const totals: Record<string, number> = {}
  const add = (choice: BallotChoice, times: number) => {
    for (const [optionId, points] of pointsIn(choice)) {
      totals[optionId] = (totals[optionId] ?? 0) + points * times
    }
  }
  for (const { seatId, choice } of ballots) add(choice, weights.get(seatId) ?? 1)
  for (const { counts } of hands) for (const [choice, n] of Object.entries(counts)) add({ choice }, n)
  for (const { lines } of papers) for (const { choice, count } of lines) add(choice, count)
  return totals
}

/** What a ballot gives each option while a poll runs: of a ranking, its first preferences. */
const pointsIn = (choice: BallotChoice): [optionId: string, points: number][] => {
  if ('scores' in choice) return Object.entries(choice.scores)
  const named =
    'choice' in choice ? [choice.choice] : 'choices' in choice ? choice.choices : choice.ranking[0]
  return (named ?? []).map((optionId) => [optionId, 1])
}

/** A seat's own ballots in a meeting and those it cast there by proxy, for its receipts. */
export const ballotsOfSeat = async (
  { db }: Store,
  { polls, pollOrder }: MeetingState,
  seatId: string,
): Promise<MyBallot[]> => {
  if (pollOrder.length === 0) return []
  const held = Object.values(polls).flatMap((poll) => heldIn(poll, seatId))
  // By the key of the table: ballots of all meetings there ever were lie in it.
  const rows = await db
    .selectFrom('ballots')
    .select(['pollId', 'seatId', 'receipt', 'castAt', 'choice'])
    .where('pollId', 'in', pollOrder)
    .where('seatId', 'in', [...new Set([seatId, ...held])])
    .where(({ eb, or, and }) =>
      or([eb('seatId', '=', seatId), and([eb('source', '=', 'proxy'), eb('castBy', '=', seatId)])]),
    )
    .execute()
  return rows.map(({ choice, ...receipt }) => ({ ...receipt, choice: JSON.parse(choice) }))
}

/** The receipts of a poll by the seats whose they are: a ballot cast by proxy is its giver's and its holder's. */
export const receiptsIn = async (
  { db }: Store,
  pollId: string,
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const rows = await db
    .selectFrom('ballots')
    .select(['seatId', 'source', 'castBy', 'receipt'])
    .where('pollId', '=', pollId)
    .orderBy('seatId')
    .execute()
  const receipts = new Map<string, string[]>()
  for (const { seatId, source, castBy, receipt } of rows) {
    for (const owner of source === 'proxy' ? [seatId, castBy] : [seatId]) {
      const own = receipts.get(owner)
      if (own) own.push(receipt)
      else receipts.set(owner, [receipt])
    }
  }
  return receipts
}
