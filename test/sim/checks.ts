// What must hold in the end, whatever went wrong on the way.
import { isDeepStrictEqual } from 'node:util'
import { recordedOf } from '../../server/record/encode.ts'
import type { Schema } from '../../server/store/schema.ts'
import type { EventOf } from '../../shared/meeting/events.ts'
import { evolve } from '../../shared/meeting/meeting.ts'
import type { MeetingState } from '../../shared/meeting/state.ts'
import { textsNamed, verifyRecord } from '../../shared/record/verify.ts'
import { checkMeeting } from '../random/invariants.ts'
import type { SimClient } from './client.ts'
import type { Ledger } from './ledger.ts'
import type { MemoryDisk } from './memoryStore.ts'
import { checkMoments } from './moments.ts'
import type { Town } from './node.ts'

type Recorded = ReturnType<typeof recordedOf>

const fail = (problem: string): never => {
  throw new Error(problem)
}

export const recordIn = (disk: MemoryDisk, meetingId: string): Recorded[] =>
  disk.rows<Schema['events']>('select * from events where stream = ? order by seq', meetingId).map(recordedOf)

/**
 * The chain holds, the polls count again to what was said, and the rules of a meeting hold after every event.
 * @returns the state after each event
 */
export const checkRecord = ({ disk, meetingId }: Town): MeetingState[] => {
  const events = recordIn(disk, meetingId)
  const needed = events.flatMap(({ event }) => textsNamed(event).map((text) => text.sha256))
  const kept = disk.rows<Schema['texts']>('select * from texts')
  const texts = Object.fromEntries(
    kept.filter((row) => needed.includes(row.sha256)).map((row) => [row.sha256, row.text]),
  )
  const finding = verifyRecord({ format: 'yishiting-record', version: 1, stream: meetingId, events, texts })
  if (!finding.ok) fail(`the record does not hold at event ${finding.seq}: ${finding.problem}`)
  const states: MeetingState[] = []
  let lastAt = 0
  for (const event of events) {
    if (event.at < lastAt) fail(`event ${event.seq} is older than the one before it`)
    lastAt = event.at
    const state = evolve(states.at(-1) ?? null, event)
    states.push(state)
    if (event.event.type === 'pollClosed' || event.seq === events.length) checkMeeting(state, event.at)
  }
  return states
}

/** Every answer is kept as it was given, and what was accepted stands in the record once, where the answer said. */
export const checkAnswers = (town: Town, ledger: Ledger, states: readonly MeetingState[]): void => {
  const { disk, meetingId } = town
  const kept = new Map(
    disk
      .rows<Schema['commands']>('select * from commands where stream = ?', meetingId)
      .map((row) => [row.commandId, row.answer]),
  )
  const spans = new Map<string, { first: number; last: number; count: number }>()
  for (const { seq, commandId } of recordIn(disk, meetingId)) {
    const span = spans.get(commandId)
    if (span) Object.assign(span, { last: seq, count: span.count + 1 })
    else spans.set(commandId, { first: seq, last: seq, count: 1 })
  }
  for (const [commandId, { first, last, count }] of spans)
    if (last - first + 1 !== count) fail(`${commandId} has events in two places`)
  for (const { commandId, command, answer } of ledger.entries.values()) {
    const isRefusedAtDoor = !answer.ok && answer.refusal.code === 'notAllowed'
    if (!isRefusedAtDoor && !isDeepStrictEqual(JSON.parse(kept.get(commandId) ?? 'null'), answer))
      fail(`${commandId} was answered ${JSON.stringify(answer)} and is kept as ${kept.get(commandId)}`)
    const span = spans.get(commandId)
    if (answer.ok && span && span.last !== answer.value.seq) fail(`${commandId} was answered another place`)
    if (answer.ok && !span && alwaysDo.has(command.type)) fail(`${commandId} is lost`)
  }
  checkMoments(town, ledger, states, (commandId) => spans.has(commandId))
}

const alwaysDo = new Set([
  'raiseHand',
  'lowerHand',
  'leave',
  'openPoll',
  'giveFloor',
  'addAgendaItem',
  'closePoll',
])

/** One closing a poll, of exactly the ballots in the urn; nobody's acknowledged ballot is missing, and none is late. */
export const checkPolls = ({ disk, meetingId, world }: Town, ledger: Ledger, state: MeetingState): void => {
  checkLate(ledger)
  // People name polls they have seen, and polls stay: a node that is behind looks before it keeps a refusal.
  for (const { commandId, command, answer } of ledger.entries.values()) {
    const isSeen = 'pollId' in command && command.pollId !== null && state.polls[command.pollId]
    if (isSeen && !answer.ok && answer.refusal.code === 'pollUnknown')
      fail(`${commandId} was refused in error`)
  }
  const closings = new Map<string, EventOf<'pollClosed'>>()
  for (const { event } of recordIn(disk, meetingId)) {
    if (event.type !== 'pollClosed') continue
    if (closings.has(event.pollId)) fail(`${event.pollId} was closed twice`)
    closings.set(event.pollId, event)
  }
  for (const [pollId, { ballots }] of closings) {
    const inUrn = disk.rows<Schema['ballots']>(
      'select * from ballots where "pollId" = ? order by "seatId"',
      pollId,
    )
    const told = ballots.map(({ seatId, choice, receipt }) => ({ seatId, choice, receipt }))
    const found = inUrn.map(({ seatId, choice, receipt }) => ({
      seatId,
      choice: JSON.parse(choice),
      receipt,
    }))
    if (!isDeepStrictEqual(told, found)) fail(`the result of ${pollId} is not of the ballots in its urn`)
    const rows = new Map(inUrn.map((row) => [row.seatId, row]))
    for (const { commandId, choice, receipt } of inUrn) {
      const cast = ledger.given.get(commandId)
      const answered = ledger.entries.get(commandId)?.answer
      // Of one whose giver was dismissed before the answer came, nobody was told anything.
      const isTold = answered === undefined || (answered.ok && answered.value.receipt?.receipt === receipt)
      const isTheirs =
        isTold &&
        cast?.command.type === 'castBallot' &&
        isDeepStrictEqual(cast.command.choice, JSON.parse(choice))
      if (!isTheirs) fail(`${commandId} counts in ${pollId}, and nobody cast it so`)
    }
    for (const [seatId, entries] of ledger.ballots(pollId)) {
      const row = rows.get(seatId) ?? fail(`the ballot of ${seatId} in ${pollId} is lost`)
      const counted = ledger.entries.get(row.commandId)
      for (const { commandId, sentAt } of entries)
        if (counted && counted.answeredAt < sentAt)
          fail(`${row.commandId} counts for ${seatId}, which cast ${commandId} afterwards`)
    }
  }
  const closers = new Map<string, number>()
  for (const { command } of ledger.entries.values())
    if (command.type === 'closePoll') closers.set(command.pollId, (closers.get(command.pollId) ?? 0) + 1)
  for (const [pollId, times] of closers)
    if (times > 1 && closings.has(pollId)) world.faults.add('closedByTwo')
}

/** A ballot is too late only if somebody had ended the poll, or the meeting, by then. */
const checkLate = ({ entries, given }: Ledger): void => {
  const endedAt = new Map<string, number>()
  let meetingEndedAt = Number.POSITIVE_INFINITY
  for (const { command, sentAt } of given.values()) {
    if (command.type === 'closeMeeting') meetingEndedAt = Math.min(meetingEndedAt, sentAt)
    if (command.type !== 'closePoll' && command.type !== 'cancelPoll') continue
    endedAt.set(command.pollId, Math.min(sentAt, endedAt.get(command.pollId) ?? Number.POSITIVE_INFINITY))
  }
  for (const { commandId, command, answer, answeredAt } of entries.values()) {
    if (command.type !== 'castBallot' || answer.ok || answer.refusal.code !== 'pollClosed') continue
    const ended = Math.min(meetingEndedAt, endedAt.get(command.pollId) ?? Number.POSITIVE_INFINITY)
    if (ended > answeredAt) fail(`${commandId} was refused as late, and nobody had closed the poll`)
  }
}

/** Every node and everybody in the hall has come to the same state. */
export const checkCopies = async (
  { nodes, meetingId }: Town,
  clients: readonly SimClient[],
  state: MeetingState,
  seq: number,
  snapshotOf: (run: Promise<unknown>) => Promise<unknown>,
): Promise<void> => {
  for (const node of nodes) {
    const snapshot = await snapshotOf(node.meetings?.snapshot(meetingId) ?? Promise.resolve(null))
    const held = snapshot as { state: MeetingState; seq: number } | null
    if (held?.seq !== seq || !isDeepStrictEqual(held.state, state)) fail(`${node.name} holds another meeting`)
  }
  for (const { name, followed } of clients) {
    if (!followed || followed.seq !== seq) return fail(`${name} stands at event ${followed?.seq} of ${seq}`)
    if (!isDeepStrictEqual(followed.state, state)) fail(`${name} sees another meeting`)
  }
}
