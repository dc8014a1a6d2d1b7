// Amendments in random meetings: orders about them, and what holds of them after every event.
import { isCarried } from '../../shared/meeting/amendments.ts'
import type { CommandType } from '../../shared/meeting/commands.ts'
import type { Amendment, MeetingState } from '../../shared/meeting/state.ts'
import type { Dice } from '../random/dice.ts'

type Shape = Record<string, unknown>

const amendmentIn = (state: MeetingState, dice: Dice): Amendment | undefined => {
  const open = state.amendments.filter(({ status }) => status === 'open')
  return dice.oneIn(8) ? dice.pick(state.amendments) : dice.pick(open)
}

const amendmentId = (state: MeetingState, dice: Dice): string =>
  dice.oneIn(12) ? 'am_nowhere' : (amendmentIn(state, dice)?.amendmentId ?? 'am_nowhere')

/** An amendment, with a poll about it where there is one. */
const settled = (state: MeetingState, dice: Dice): Shape => {
  const polled = Object.values(state.polls).filter(({ amendment }) => amendment !== undefined)
  const poll = dice.pick(polled)
  if (poll?.amendment === undefined || dice.oneIn(3)) {
    return { amendmentId: amendmentId(state, dice), pollId: dice.oneIn(6) ? 'po_nowhere' : null }
  }
  return { amendmentId: poll.amendment.amendmentId, pollId: dice.oneIn(6) ? null : poll.pollId }
}

export const amendmentMakers = {
  proposeAmendment: (state: MeetingState, dice: Dice): Shape => ({
    itemId: dice.oneIn(12) ? 'it_nowhere' : (dice.pick(state.agenda)?.itemId ?? 'it_nowhere'),
    ...(dice.oneIn(3) ? {} : { seatId: dice.pick(Object.keys(state.seats)) ?? 'st_nobody' }),
    title: '车位改为八十个',
    ...(dice.oneIn(2) ? { purpose: '不够停' } : {}),
    ...(dice.oneIn(2) ? { passage: '车位六十个' } : {}),
  }),
  rebaseAmendment: (state: MeetingState, dice: Dice): Shape => ({ amendmentId: amendmentId(state, dice) }),
  withdrawAmendment: (state: MeetingState, dice: Dice): Shape => ({ amendmentId: amendmentId(state, dice) }),
  adoptAmendment: settled,
  rejectAmendment: (state: MeetingState, dice: Dice): Shape => ({
    ...settled(state, dice),
    ...(dice.oneIn(2) ? { reason: '费用过高' } : {}),
  }),
} satisfies Partial<Record<CommandType, (state: MeetingState, dice: Dice) => Shape>>

/** What a poll asks, now and then about an amendment. */
export const aboutAmendment = (state: MeetingState, dice: Dice): Shape => {
  const amendment = dice.oneIn(2) ? amendmentIn(state, dice) : undefined
  if (amendment === undefined) return {}
  const itemId = dice.oneIn(10) ? {} : { itemId: amendment.itemId }
  const plain = dice.oneIn(8)
    ? {}
    : { method: { kind: 'yesNo' }, options: [], covers: [], winners: undefined, link: undefined }
  return { ...itemId, ...plain, amendmentId: amendment.amendmentId }
}

const holds = (claim: string, isTrue: boolean): void => {
  if (!isTrue) throw new Error(`does not hold: ${claim}`)
}

export const checkAmendments = (state: MeetingState): void => {
  const polls = Object.values(state.polls)
  const ids = new Set(state.amendments.map((one) => one.draftId))
  holds('every amendment has a draft of its own', ids.size === state.amendments.length)
  for (const { amendmentId: id, itemId, seatId, status, pollId, settledAt } of state.amendments) {
    const about = polls.filter(({ amendment }) => amendment?.amendmentId === id)
    holds(
      'an amendment’s item is on the agenda',
      state.agenda.some((item) => item.itemId === itemId),
    )
    holds('a member proposed it', state.seats[seatId]?.role === 'member')
    holds('it is open or settled at some time', (status === 'open') === (settledAt === null))
    holds(
      'its polls are on its item',
      about.every((poll) => poll.itemId === itemId),
    )
    holds(
      'what is settled is not being voted on',
      status === 'open' || about.every((it) => it.status !== 'open'),
    )
    if (status === 'adopted' && pollId !== null) {
      const poll = state.polls[pollId]
      holds('what was adopted by a poll was carried', poll !== undefined && isCarried(poll))
    }
    if (status === 'adopted' && pollId === null)
      holds(
        'consent is not against a vote',
        about.every((poll) => poll.status === 'cancelled'),
      )
    if (status === 'withdrawn') holds('what was carried is not withdrawn', !about.some(isCarried))
  }
}
