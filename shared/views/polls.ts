// The poll that is open, the one whose result is shown, and names of parties.

import type { MeetingState, Poll } from '../meeting/state.ts'
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
 * What the shares of a running poll are shares of: those who may vote, or, between options, the ballots cast, since
 * that is what the result's shares will be of.
 */
export const liveBase = (
  poll: Poll,
  cast: number,
): { readonly of: 'electors' | 'cast'; readonly count: number } =>
  poll.method.kind === 'yesNo' ? { of: 'electors', count: poll.electors.length } : { of: 'cast', count: cast }
