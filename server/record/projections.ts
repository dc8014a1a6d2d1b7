// Rows that keep step with the record: written in the same transaction as the event that calls for them.
import type { EventOf, MeetingEvent } from '../../shared/meeting/events.ts'
import type { MeetingState, Phase } from '../../shared/meeting/state.ts'
import { openPoll } from '../../shared/views/polls.ts'
import { mergeSteps } from '../amendments/steps.ts'
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
  if (event.type === 'amendmentAdopted' || event.type === 'amendmentRebased') {
    return mergeSteps(store, state, at, event)
  }
  if (event.type === 'seatSubstituted') return [substituteStep(store, meetingId, event)]
  return [
    ...linkSteps(store, meetingId, at, event),
    ...urnSteps(store, meetingId, at, event, openPoll(state)),
  ]
}

/** How a poll decided its link of a matter's chain. One that the chair decided passes by the chair's word. */
const linkSteps = ({ db }: Store, meetingId: string, at: number, event: MeetingEvent): Step[] => {
  if (event.type === 'pollOpened' && event.link) {
    const { pollId, link } = event
    const row = { pollId, ...link, meetingId, openedAt: at, closedAt: null, passed: 0 }
    return [step(db.insertInto('linkPolls').values(row))]
  }
  const decided = (pollId: string, passed: boolean): Step[] => [
    step(
      db
        .updateTable('linkPolls')
        .set({ closedAt: at, passed: passed ? 1 : 0 })
        .where('pollId', '=', pollId),
    ),
  ]
  if (event.type === 'pollClosed') {
    const { outcome } = event.result
    return decided(event.pollId, outcome === 'passed' || outcome === 'elected')
  }
  return event.type === 'tieBroken' ? decided(event.pollId, event.winners[0] !== 'no') : []
}

/** The seat's name becomes that of the person who sits in, as the roster has it. */
const substituteStep = (
  { db }: Store,
  meetingId: string,
  { seatId, personId }: EventOf<'seatSubstituted'>,
): Step =>
  step(
    db
      .updateTable('seatNames')
      .set(({ selectFrom }) => ({
        personId,
        name: selectFrom('people').select('name').where('personId', '=', personId).$asScalar().$notNull(),
      }))
      .where('meetingId', '=', meetingId)
      .where('seatId', '=', seatId)
      .where(({ exists, selectFrom }) =>
        exists(selectFrom('people').select('personId').where('personId', '=', personId)),
      ),
  )
