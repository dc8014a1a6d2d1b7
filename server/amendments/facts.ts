// What orders about amendments need from the drafts before they are decided, with the rows that go with their events.
import { amendmentOf, whyNotPropose, whyNotTouch } from '../../shared/meeting/amendments.ts'
import type { CommandOf } from '../../shared/meeting/commands.ts'
import type { Actor, Facts } from '../../shared/meeting/deciding.ts'
import type { MeetingState } from '../../shared/meeting/state.ts'
import type { Step } from '../ports.ts'
import type { Forks } from './forks.ts'

/** Facts, and what is to be written together with the events that they lead to. */
export interface Fetched extends Facts {
  readonly steps?: readonly Step[]
}

type AmendmentOrder = CommandOf<'proposeAmendment' | 'rebaseAmendment' | 'adoptAmendment'>

/** @returns nothing for an order that will be refused anyhow, or needs nothing */
export const amendmentFacts = (
  forks: Pick<Forks, 'prepare' | 'keep'>,
  state: MeetingState,
  command: AmendmentOrder,
  by: Actor,
): Promise<Fetched> | undefined => {
  const draftOf = (itemId: string | undefined) => state.agenda.find((item) => item.itemId === itemId)?.draftId
  if (command.type === 'proposeAmendment') {
    const baseId = draftOf(command.itemId)
    if (baseId === undefined || whyNotPropose(state, command, by)) return undefined
    const { meetingId, unitId } = state
    return forks
      .prepare(baseId, { meetingId, unitId, title: command.title })
      .then((it): Fetched => (it ? { text: it.text, fork: { draftId: it.draftId }, steps: it.steps } : {}))
  }
  const amendment = amendmentOf(state, command.amendmentId)
  if (amendment?.status !== 'open') return undefined
  if (command.type === 'adoptAmendment') {
    return command.pollId === null ? keptFacts(forks, amendment.draftId) : undefined
  }
  const baseId = draftOf(amendment.itemId)
  return baseId === undefined || whyNotTouch(state, command.amendmentId, by)
    ? undefined
    : keptFacts(forks, baseId)
}

/** The text of a draft, and its state kept for merging. */
export const keptFacts = async (forks: Pick<Forks, 'keep'>, draftId: string): Promise<Fetched> =>
  (await forks.keep(draftId)) ?? {}
