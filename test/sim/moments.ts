// Every answer was right at some moment between the order's coming and the answer's arriving: what a refusal says was so,
// or nothing was left to do. (What brought events was decided on the event before: the store's key holds that.)
import type { Result } from '../../shared/kernel/result.ts'
import type { CommandType } from '../../shared/meeting/commands.ts'
import { decide } from '../../shared/meeting/meeting.ts'
import { checkPaperFor } from '../../shared/meeting/paper.ts'
import { checkBallotFor, checkHandsFor } from '../../shared/meeting/pollChecks.ts'
import type { MeetingState } from '../../shared/meeting/state.ts'
import type { Entry, Ledger } from './ledger.ts'
import type { Town } from './node.ts'

/** How far the record went at some time. */
export interface Head {
  readonly at: number
  readonly seq: number
}

/** Called after every commit. */
export const noteHead = ({ world, disk, meetingId, heads }: Town): void => {
  const [row] = disk.standing<{ seq: number | null }>(
    'select max(seq) as seq from events where stream = ?',
    meetingId,
  )
  const seq = row?.seq ?? 0
  if (seq !== heads.at(-1)?.seq) heads.push({ at: world.now, seq })
}

/** What these find depends on rows that the record does not hold. */
const askTheStore: ReadonlySet<CommandType> = new Set([
  'openPoll',
  'reviseMeeting',
  'closePoll',
  'proposeAmendment',
  'rebaseAmendment',
  'adoptAmendment',
  'substitute',
  'discardPaper',
])

/** What only the urn could know. */
const ofUrn: ReadonlySet<string> = new Set([
  'pollClosed',
  'otherSource',
  'ballotFixed',
  'handsExceedSeats',
  'paperAgreed',
  'paperTellers',
  'papersExceedSeats',
])

const never = (): never => {
  throw new Error('nothing is made here')
}

/** What the order would have come to: a refusal's code, `nothing` where it changes nothing, else `something`. */
const outcomeIn = (state: MeetingState, { command, actor }: Entry): string => {
  const of = (checked: Result<unknown>) => (checked.ok ? 'something' : checked.refusal.code)
  if (command.type === 'castBallot') return of(checkBallotFor(state, command, actor))
  if (command.type === 'countHands') return of(checkHandsFor(state, command))
  if (command.type === 'enterPaper') return of(checkPaperFor(state, command))
  let made = 0
  const newId = (): string => {
    made += 1
    return `xx_${made}`
  }
  const decision = decide(state, command, { now: 0, by: actor, newId, presetByCode: never, facts: {} })
  if (!decision.ok) return decision.refusal.code
  return decision.events.length === 0 ? 'nothing' : 'something'
}

const isUrnOrder = ({ command }: Entry): boolean =>
  command.type === 'castBallot' || command.type === 'countHands' || command.type === 'enterPaper'

/**
 * @param states after each event, the first at 0
 * @param isDone whether an order brought events
 */
export const checkMoments = (
  { heads }: Town,
  ledger: Ledger,
  states: readonly MeetingState[],
  isDone: (commandId: string) => boolean,
): void => {
  for (const entry of ledger.entries.values()) {
    const { commandId, command, answer } = entry
    if (askTheStore.has(command.type) || isDone(commandId)) continue
    if (answer.ok && isUrnOrder(entry)) continue
    const told = answer.ok ? 'nothing' : answer.refusal.code
    // Who may what, the door says as well, by the session.
    if (told === 'notAllowed' || (isUrnOrder(entry) && ofUrn.has(told))) continue
    const during = momentsOf(heads, entry)
    if (!during.some((seq) => told === outcomeIn(states[seq - 1] as MeetingState, entry)))
      throw new Error(`${commandId} was answered ${told}, which was so at none of the events ${during}`)
  }
}

const momentsOf = (heads: readonly Head[], { sentAt, answeredAt }: Entry): number[] => {
  const first = heads.findLast(({ at }) => at < sentAt)?.seq ?? 1
  const last = heads.findLast(({ at }) => at <= answeredAt)?.seq ?? first
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
}
