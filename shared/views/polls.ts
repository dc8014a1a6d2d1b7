// The poll that is open, the one whose result is shown, and names of parties.

import type { CountResult } from '../counting/poll.ts'
import { channelIn } from '../meeting/pollOpening.ts'
import { isWeighedPoll } from '../meeting/pollOptions.ts'
import type { Elector, MeetingState, Poll } from '../meeting/state.ts'
import type { Words } from '../rules/preset.ts'

export const openPoll = (state: MeetingState): Poll | null =>
  Object.values(state.polls).find((poll) => poll.status === 'open') ?? null

/** The closed poll whose result was last put on the stage. */
export const shownPoll = (state: MeetingState): Poll | null => {
  const { shownPollId } = state.stage
  return shownPollId === null ? null : (state.polls[shownPollId] ?? null)
}

export const pollsOfItem = (state: MeetingState, itemId: string): Poll[] =>
  state.pollOrder.flatMap((pollId) => {
    const poll = state.polls[pollId]
    return poll && poll.itemId === itemId ? [poll] : []
  })

export const partyName = (state: MeetingState, partyId: string | null): Words =>
  state.parties.find((party) => party.partyId === partyId)?.name ?? { zh: '列席', en: 'Observer' }

/**
 * What the shares of a running poll are shares of: those who may vote, or, between options, the ballots cast or the
 * points that these could give, since that is what the result's shares will be of.
 */
export const liveBase = (
  poll: Poll,
  castWeight: number,
): { readonly of: 'electors' | 'cast' | 'points'; readonly count: number } => {
  if (poll.method.kind === 'score') return { of: 'points', count: castWeight * poll.method.max }
  return poll.method.kind === 'yesNo'
    ? { of: 'electors', count: poll.electors.reduce((sum, { weight = 1 }) => sum + weight, 0) }
    : { of: 'cast', count: castWeight }
}

/** The one source of an elector's ballot at this moment; until it is in, the way in which a seat votes may change. */
export const sourceOf = (state: MeetingState, poll: Poll, elector: Elector): Elector['channel'] => {
  const own = state.attendance[elector.seatId]?.channel ?? 'device'
  return channelIn({ ...poll, weighed: isWeighedPoll(poll) }, elector.heldBy === undefined ? own : 'proxy')
}

/** How a closed poll ended, the chair's casting vote included; `null` before it is counted. */
export const outcomeOf = ({
  result,
  broken,
  method,
}: Poll): { readonly outcome: CountResult['outcome']; readonly winners: readonly string[] } | null => {
  if (!result) return null
  if (!broken) return { outcome: result.outcome, winners: result.winners }
  if (method.kind !== 'yesNo') return { outcome: 'elected', winners: [...result.winners, ...broken.winners] }
  return broken.winners.includes('yes')
    ? { outcome: 'passed', winners: ['yes'] }
    : { outcome: 'failed', winners: [] }
}
