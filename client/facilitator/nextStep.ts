// Decides the cockpit's one primary next step. Pure: the state of the meeting in, one step out; wording, confirming
// and sending are the panels' business.
import type { AgendaItem, MeetingState } from '../../shared/meeting/state.ts'
import { openPoll } from '../../shared/views/polls.ts'
import { speakingOrder } from '../../shared/views/speakingOrder.ts'

export type NextStep =
  | { readonly kind: 'openDoors' }
  | { readonly kind: 'openMeeting' }
  | { readonly kind: 'resumeMeeting' }
  | { readonly kind: 'addItem' }
  | { readonly kind: 'goToItem'; readonly itemId: string; readonly first: boolean }
  | {
      readonly kind: 'giveFloor'
      readonly seatId: string
      readonly waiting: number
      readonly replaces: boolean
    }
  | { readonly kind: 'endSpeech' }
  | { readonly kind: 'openPoll'; readonly itemId: string }
  | { readonly kind: 'closePoll'; readonly pollId: string }
  | { readonly kind: 'closeMeeting' }
  | { readonly kind: 'readRecord' }

/** A parent that was passed by on the way to its children counts as dealt with. */
const isAhead = (agenda: readonly AgendaItem[], item: AgendaItem): boolean =>
  item.status === 'ahead' &&
  agenda.every((other) => other.parentId !== item.itemId || other.status === 'ahead')

/** The item to go to from here: the next one ahead in agenda order, else one that was skipped, else none. */
export const itemAfter = (state: MeetingState): AgendaItem | null => {
  const here = state.agenda.findIndex((item) => item.itemId === state.currentItemId)
  const ahead = state.agenda.filter((item) => isAhead(state.agenda, item))
  return ahead.find((item) => state.agenda.indexOf(item) > here) ?? ahead[0] ?? null
}

const wasDecided = (state: MeetingState, itemId: string): boolean =>
  Object.values(state.polls).some((poll) => poll.itemId === itemId && poll.status === 'closed')

/** Whether the current item is a heading whose sub-items are still to come; a heading itself is not voted on. */
const headsChildrenAhead = (state: MeetingState, itemId: string): boolean =>
  state.agenda.some((item) => item.parentId === itemId && item.status === 'ahead')

const onward = (state: MeetingState): NextStep => {
  const next = itemAfter(state)
  if (next === null) return { kind: 'closeMeeting' }
  return { kind: 'goToItem', itemId: next.itemId, first: state.currentItemId === null }
}

const inSession = (state: MeetingState): NextStep => {
  const poll = openPoll(state)
  if (poll !== null) return { kind: 'closePoll', pollId: poll.pollId }
  const { currentItemId } = state
  if (state.agenda.length === 0) return { kind: 'addItem' }
  if (currentItemId === null) return onward(state)
  const order = speakingOrder(state)
  const next = order[0]
  const speaking = state.floor.speech !== null
  if (next !== undefined) {
    return { kind: 'giveFloor', seatId: next.seatId, waiting: order.length, replaces: speaking }
  }
  if (speaking) return { kind: 'endSpeech' }
  if (wasDecided(state, currentItemId) || headsChildrenAhead(state, currentItemId)) return onward(state)
  return { kind: 'openPoll', itemId: currentItemId }
}

export const nextStep = (state: MeetingState): NextStep => {
  switch (state.phase) {
    case 'convened':
      return { kind: 'openDoors' }
    case 'gathering':
      return { kind: 'openMeeting' }
    case 'recess':
      return { kind: 'resumeMeeting' }
    case 'closed':
      return { kind: 'readRecord' }
    case 'inSession':
      return inSession(state)
  }
}

/**
 * The quieter way on, offered beside the primary step where an item may be left without a vote or with hands still up:
 * the next item, or closing the meeting after the last one.
 */
export const wayOn = (state: MeetingState): NextStep | null => {
  const step = nextStep(state)
  if (step.kind !== 'openPoll' && step.kind !== 'giveFloor' && step.kind !== 'endSpeech') return null
  return onward(state)
}
