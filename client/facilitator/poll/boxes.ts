// The boxes of papers of an open poll and how far the counting of each has come.
import { boxesOf, paperElectors } from '../../../shared/meeting/paper.ts'
import type { Elector, MeetingState, Poll } from '../../../shared/meeting/state.ts'
import { sourceOf } from '../../../shared/views/polls.ts'
import type { PaperTally, Tally } from '../../../shared/wire/live.ts'

export interface Box {
  readonly partyId: string | null
  /** Seats that vote on paper into it, as they vote now. */
  readonly seats: number
  /** `null` before any teller has entered a count. */
  readonly tally: PaperTally | null
}

/** Only boxes that somebody may have put a paper into, or that were counted already. */
export const boxesIn = (state: MeetingState, poll: Poll, tally: Tally | null): Box[] => {
  const channel = (elector: Elector) => sourceOf(state, poll, elector)
  const now = { ...poll, electors: poll.electors.map((one) => ({ ...one, channel: channel(one) })) }
  return boxesOf(poll).flatMap((partyId) => {
    const seats = paperElectors(now, partyId)
    const counted = tally?.papers.find((one) => one.partyId === partyId) ?? null
    return seats === 0 && counted === null ? [] : [{ partyId, seats, tally: counted }]
  })
}

/** Not counted at all, or not alike by two tellers: a poll cannot close with the second kind. */
export const unsettled = (boxes: readonly Box[]): { missing: Box[]; open: Box[] } => ({
  missing: boxes.filter(({ tally }) => tally === null),
  open: boxes.filter(({ tally }) => tally !== null && tally.state !== 'agreed'),
})
