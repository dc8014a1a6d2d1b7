// Owns how an item's amendments stand: in order of proposing, with what has become of each.
import { isCarried } from '../meeting/amendments.ts'
import type { Amendment, MeetingState, Poll } from '../meeting/state.ts'

export type AmendmentStanding = Amendment['status'] | 'voting' | 'carried' | 'lost'

export const amendmentsOf = (
  { amendments }: Pick<MeetingState, 'amendments'>,
  itemId: string,
): readonly Amendment[] => amendments.filter((amendment) => amendment.itemId === itemId)

/** The last poll on it that was not cancelled. */
export const lastPollOn = (
  { polls, pollOrder }: Pick<MeetingState, 'polls' | 'pollOrder'>,
  amendmentId: string,
): Poll | null => {
  for (let i = pollOrder.length - 1; i >= 0; i -= 1) {
    const poll = polls[pollOrder[i] ?? '']
    if (poll && poll.status !== 'cancelled' && poll.amendment?.amendmentId === amendmentId) return poll
  }
  return null
}

export const amendmentStanding = (
  state: Pick<MeetingState, 'polls' | 'pollOrder'>,
  { amendmentId, status }: Amendment,
): AmendmentStanding => {
  const poll = lastPollOn(state, amendmentId)
  if (status !== 'open' || poll === null) return status
  if (poll.status === 'open') return 'voting'
  return isCarried(poll) ? 'carried' : 'lost'
}
