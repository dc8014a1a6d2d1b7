// Amendments: a member proposes another wording of an item's draft, as a fork of it that the proposer goes on editing;
// it is polled or taken by general consent, and adopting merges the fork into the draft (server/drafts/forks.ts).
import { limits } from '../kernel/limits.ts'
import type { CommandOf } from './commands.ts'
import {
  type Actor,
  type Context,
  type Deciders,
  type Decision,
  decided,
  type Evolvers,
  isPresent,
  isStaff,
  notInSession,
  refused,
  seatOf,
} from './deciding.ts'
import type { Amendment, MeetingState, Poll } from './state.ts'

export const amendmentDeciders: Deciders<
  'proposeAmendment' | 'rebaseAmendment' | 'withdrawAmendment' | 'adoptAmendment' | 'rejectAmendment'
> = {
  proposeAmendment: (state, command, context) => {
    const no = whyNotPropose(state, command, context.by)
    if (no) return no
    const { text: base, fork } = context.facts
    const seat = seatOf(state, command.seatId, context.by)
    if (!base || !fork || !seat) return refused('textMissing')
    const { itemId, title, purpose, passage } = command
    return decided({
      type: 'amendmentProposed',
      amendmentId: context.newId('amendment'),
      itemId,
      draftId: fork.draftId,
      seatId: seat.seatId,
      title,
      purpose,
      passage,
      base,
    })
  },
  rebaseAmendment: (state, { amendmentId }, { by, facts }) => {
    const no = whyNotTouch(state, amendmentId, by)
    if (no) return no
    if (!facts.text) return refused('textMissing')
    return decided({ type: 'amendmentRebased', amendmentId, base: facts.text })
  },
  withdrawAmendment: (state, { amendmentId }, { by }) =>
    whyNotTouch(state, amendmentId, by) ?? decided({ type: 'amendmentWithdrawn', amendmentId }),
  adoptAmendment: (state, command, context) => decideAdopting(state, command, context),
  rejectAmendment: (state, { amendmentId, pollId, reason }) => {
    const no = whyNotSettle(state, amendmentId)
    if (no) return no
    const poll = pollId === null ? null : pollOn(state, amendmentId, pollId)
    if (poll === undefined) return refused('pollUnknown')
    return decided({ type: 'amendmentRejected', amendmentId, pollId, reason })
  },
}

export const amendmentOf = (state: MeetingState, amendmentId: string): Amendment | undefined =>
  state.amendments.find((one) => one.amendmentId === amendmentId)

const pollsOn = (state: MeetingState, amendmentId: string): Poll[] =>
  Object.values(state.polls).filter(({ amendment }) => amendment?.amendmentId === amendmentId)

const pollOn = (state: MeetingState, amendmentId: string, pollId: string): Poll | undefined =>
  pollsOn(state, amendmentId).find((poll) => poll.pollId === pollId)

/** Carried by its rule, or by the chair who broke the tie. */
export const isCarried = ({ status, result, broken }: Poll): boolean =>
  status === 'closed' && (result?.outcome === 'passed' || broken?.winners.includes('yes') === true)

/** A tie that waits for the chair's word. */
const isForChair = ({ result, broken, preset }: Poll): boolean =>
  result?.outcome === 'tied' && preset.ties === 'chair' && broken === undefined

/** The poll that holds the amendment's text fast: it is not decided yet, or the hall has said yes to it. */
export const bindingPoll = (state: MeetingState, amendmentId: string): Poll | undefined =>
  pollsOn(state, amendmentId).find((poll) => poll.status === 'open' || isForChair(poll) || isCarried(poll))

/** Whether this actor may edit the amendment's draft now; `seatId` is null for staff. */
export const mayEditAmendment = (
  state: MeetingState,
  { amendmentId, status, seatId }: Amendment,
  by: Pick<Actor, 'role' | 'seatId'>,
): boolean =>
  state.phase !== 'closed' &&
  status === 'open' &&
  (isStaff(by.role) || by.seatId === seatId) &&
  bindingPoll(state, amendmentId) === undefined

/** Asked before the fork is prepared, and again when the order is decided. */
export const whyNotPropose = (
  state: MeetingState,
  { itemId, seatId }: CommandOf<'proposeAmendment'>,
  by: Actor,
): Decision | undefined => {
  if (state.phase === 'closed') return refused('meetingEnded')
  if (state.phase === 'convened') return refused('meetingNotOpen')
  if (seatId !== undefined && seatId !== by.seatId && !isStaff(by.role)) return refused('notAllowed')
  const seat = seatOf(state, seatId, by)
  if (!seat) return refused('seatUnknown')
  if (seat.role === 'observer') return refused('observerCannot')
  if (!isPresent(state, seat.seatId)) return refused('seatNotPresent')
  if (!state.agenda.some((item) => item.itemId === itemId)) return refused('itemUnknown')
  const here = state.amendments.filter((one) => one.itemId === itemId)
  const own = here.filter((one) => one.seatId === seat.seatId)
  // Withdrawn ones count too: each has left a draft behind.
  if (own.length >= limits.amendmentsPerSeatAndItemMax) {
    return refused('tooMany', { max: limits.amendmentsPerSeatAndItemMax })
  }
  return here.length >= limits.amendmentsPerItemMax
    ? refused('tooMany', { max: limits.amendmentsPerItemMax })
    : undefined
}

/** Its proposer and staff, as long as nothing is decided about it. */
export const whyNotTouch = (state: MeetingState, amendmentId: string, by: Actor): Decision | undefined => {
  const amendment = amendmentOf(state, amendmentId)
  if (!amendment) return refused('amendmentUnknown')
  if (state.phase === 'closed') return refused('meetingEnded')
  if (!isStaff(by.role) && by.seatId !== amendment.seatId) return refused('notAllowed')
  if (amendment.status !== 'open') return refused('amendmentSettled')
  return bindingPoll(state, amendmentId) ? refused('amendmentPolled') : undefined
}

const whyNotSettle = (state: MeetingState, amendmentId: string): Decision | undefined => {
  const closed = notInSession(state)
  if (closed) return refused(closed)
  const amendment = amendmentOf(state, amendmentId)
  if (!amendment) return refused('amendmentUnknown')
  if (amendment.status !== 'open') return refused('amendmentSettled')
  const isVotedOn = Object.values(state.polls).some(
    ({ status, itemId }) => status === 'open' && itemId === amendment.itemId,
  )
  return isVotedOn ? refused('pollStillOpen') : undefined
}

const decideAdopting = (
  state: MeetingState,
  { amendmentId, pollId }: CommandOf<'adoptAmendment'>,
  { facts }: Context,
): Decision => {
  const no = whyNotSettle(state, amendmentId)
  if (no) return no
  if (pollId === null) {
    // Where the hall was asked, its answer stands.
    if (pollsOn(state, amendmentId).some(({ status }) => status === 'closed')) {
      return refused('amendmentPolled')
    }
    if (!facts.text) return refused('textMissing')
    return decided({ type: 'amendmentAdopted', amendmentId, by: 'consent', pollId, text: facts.text })
  }
  const poll = pollOn(state, amendmentId, pollId)
  if (!poll) return refused('pollUnknown')
  if (!isCarried(poll)) return refused('amendmentNotPassed')
  return decided({ type: 'amendmentAdopted', amendmentId, by: 'poll', pollId, text: poll.text })
}

/** What a poll is asked about: an amendment of its item, or (`null`) the item's own draft. */
export const polledAmendment = (
  state: MeetingState,
  { amendmentId, itemId, method, covers }: CommandOf<'openPoll'>,
): { readonly ok: true; readonly amendment: Amendment | null } | Extract<Decision, { ok: false }> => {
  if (amendmentId === undefined) return { ok: true, amendment: null }
  const amendment = amendmentOf(state, amendmentId)
  const no = (code: Parameters<typeof refused>[0]) => refused(code) as Extract<Decision, { ok: false }>
  if (!amendment || amendment.itemId !== itemId) return no('amendmentUnknown')
  if (amendment.status !== 'open') return no('amendmentSettled')
  if (bindingPoll(state, amendmentId)) return no('amendmentPolled')
  // An amendment is taken or left, by itself.
  if (method.kind !== 'yesNo' || (covers ?? []).length > 0) return no('malformed')
  return { ok: true, amendment }
}

const onAmendment = (state: MeetingState, amendmentId: string, change: Partial<Amendment>): MeetingState => ({
  ...state,
  amendments: state.amendments.map((one) => (one.amendmentId === amendmentId ? { ...one, ...change } : one)),
})

export const amendmentEvolvers: Evolvers<
  'amendmentProposed' | 'amendmentRebased' | 'amendmentWithdrawn' | 'amendmentAdopted' | 'amendmentRejected'
> = {
  amendmentProposed: (state, { type: _, ...proposed }, { at }) => ({
    ...state,
    amendments: [
      ...state.amendments,
      { ...proposed, proposedAt: at, status: 'open', settledAt: null, pollId: null, reason: '' },
    ],
  }),
  amendmentRebased: (state, { amendmentId, base }) => onAmendment(state, amendmentId, { base }),
  amendmentWithdrawn: (state, { amendmentId }, { at }) =>
    onAmendment(state, amendmentId, { status: 'withdrawn', settledAt: at }),
  amendmentAdopted: (state, { amendmentId, pollId, text }, { at }) =>
    onAmendment(state, amendmentId, { status: 'adopted', settledAt: at, pollId, adopted: text }),
  amendmentRejected: (state, { amendmentId, pollId, reason }, { at }) =>
    onAmendment(state, amendmentId, { status: 'rejected', settledAt: at, pollId, reason }),
}
