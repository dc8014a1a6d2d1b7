// Whether a record is what the acknowledgements promised: each order once, whole and where its answer said; each poll's
// result equal to the ballots that were acknowledged last.
import type { MeetingState } from '../../shared/meeting/state.ts'
import type { RecordFile } from '../../shared/record/verify.ts'
import type { Ledger } from './ledger.ts'

/** Accepted, these always leave an event. */
const alwaysDo = new Set(['raiseHand', 'lowerHand', 'leave', 'openPoll', 'giveFloor', 'addAgendaItem'])

/** Each order's events stand together, once, and end where its answer said; what is wrong, in words. */
export const checkEvents = ({ events }: RecordFile, ledger: Ledger): string[] => {
  const problems: string[] = []
  const spans = new Map<string, { first: number; last: number; count: number }>()
  let lastAt = 0
  for (const { commandId, seq, at } of events) {
    const span = spans.get(commandId)
    if (span) Object.assign(span, { last: seq, count: span.count + 1 })
    else spans.set(commandId, { first: seq, last: seq, count: 1 })
    if (at < lastAt) problems.push(`event ${seq} is dated before the one it follows`)
    lastAt = at
  }
  for (const [commandId, { first, last, count }] of spans) {
    if (last - first + 1 !== count) problems.push(`${commandId} has events in two places`)
    const entry = ledger.entries.get(commandId)
    if (entry?.answer.ok && entry.answer.value.seq !== last)
      problems.push(`${commandId} was answered wrongly`)
    if (!entry && /-order-/.test(commandId)) problems.push(`${commandId} was never answered`)
  }
  for (const { commandId, command, answer } of ledger.entries.values()) {
    if (answer.ok && alwaysDo.has(command.type) && !spans.has(commandId))
      problems.push(`${commandId} is lost`)
  }
  return problems
}

export interface PollCheck {
  readonly problems: readonly string[]
  readonly polls: number
  readonly ballots: number
}

/** The counted ballots are, seat by seat, the last ones that were acknowledged, and each poll was closed once. */
export const checkPolls = (state: MeetingState, { events }: RecordFile, ledger: Ledger): PollCheck => {
  const problems: string[] = []
  let ballots = 0
  for (const poll of Object.values(state.polls)) {
    const { pollId } = poll
    const last = ledger.lastBallots(pollId)
    const expected = [...last.values()].map(({ seatId, command, answer }) => ({
      seatId,
      source: 'device',
      choice: command.type === 'castBallot' ? command.choice : null,
      receipt: answer.ok ? answer.value.receipt?.receipt : null,
    }))
    const inOrder = (list: readonly { seatId: string | null }[]): string =>
      JSON.stringify([...list].sort((a, b) => ((a.seatId ?? '') < (b.seatId ?? '') ? -1 : 1)))
    const counted = poll.ballots.map(({ seatId, source, choice, receipt }) => ({
      seatId,
      source,
      choice,
      receipt,
    }))
    if (inOrder(counted) !== inOrder(expected))
      problems.push(`${pollId} counted other ballots than were cast`)
    const totals = Object.values(poll.result?.totals ?? {}).reduce((sum, n) => sum + n, 0)
    if (totals !== last.size) problems.push(`${pollId}: ${totals} counted of ${last.size} acknowledged`)
    ballots += totals
    const closings = events.filter(({ event }) => event.type === 'pollClosed' && event.pollId === pollId)
    if (closings.length !== 1) problems.push(`${pollId} was closed ${closings.length} times`)
  }
  return { problems, polls: Object.keys(state.polls).length, ballots }
}
