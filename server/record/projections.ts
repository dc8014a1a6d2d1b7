// Rows that keep step with the record: written in the same transaction as the event that calls for them.
import type { MeetingEvent } from '../../shared/meeting/events.ts'
import type { MeetingState, Phase } from '../../shared/meeting/state.ts'
import { openPoll } from '../../shared/views/polls.ts'
import { urnSteps } from '../ballots/urn.ts'
import { type Step, type Store, step } from '../ports.ts'

const phases: Partial<Record<MeetingEvent['type'], Phase>> = {
  doorsOpened: 'gathering',
  meetingOpened: 'inSession',
  meetingRecessed: 'recess',
  meetingResumed: 'inSession',
  meetingClosed: 'closed',
}

/** @param state the meeting before the event */
export const projectionSteps = (
  store: Store,
  state: MeetingState,
  at: number,
  event: MeetingEvent,
): Step[] => {
  const { db } = store
  const { meetingId, unitId } = state
  const phase = phases[event.type]
  if (phase) return [step(db.updateTable('meetings').set({ phase }).where('meetingId', '=', meetingId))]
  if (event.type === 'agendaItemAdded') {
    const draft = { draftId: event.draftId, meetingId, unitId, title: event.title, createdAt: at }
    return [
      step(
        db
          .insertInto('drafts')
          .values(draft)
          .onConflict((conflict) => conflict.doNothing()),
      ),
    ]
  }
  if (event.type === 'meetingRevised') {
    const { title = state.title, startsAt = state.startsAt } = event
    return [step(db.updateTable('meetings').set({ title, startsAt }).where('meetingId', '=', meetingId))]
  }
  return urnSteps(store, meetingId, at, event, openPoll(state)?.pollId ?? null)
}
