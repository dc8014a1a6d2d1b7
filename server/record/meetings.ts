// The record of all meetings: convening, ordering, reading. Ballots take their own road through the urn.
import { accept, type Result, refuse } from '../../shared/kernel/result.ts'
import type { Command, CommandOf } from '../../shared/meeting/commands.ts'
import type { Actor, Context, Facts } from '../../shared/meeting/deciding.ts'
import type { MeetingEvent } from '../../shared/meeting/events.ts'
import { evolve } from '../../shared/meeting/meeting.ts'
import { checkBallotFor, checkHandsFor } from '../../shared/meeting/poll.ts'
import { mayOrder } from '../../shared/meeting/roles.ts'
import type { FrozenText, MeetingState } from '../../shared/meeting/state.ts'
import { firstHash } from '../../shared/record/chain.ts'
import { openPoll } from '../../shared/views/polls.ts'
import type { Done, Receipt } from '../../shared/wire/live.ts'
import { receiptOf } from '../ballots/receipt.ts'
import { castSteps, contents, handsSteps, seal, urnState } from '../ballots/urn.ts'
import type { Bus, Clock, Step, Store } from '../ports.ts'
import { type Chained, chain, recordedOf } from './encode.ts'
import { followStore } from './follow.ts'
import { checkedNewest } from './newest.ts'
import { answerStep, eventSteps } from './steps.ts'
import { bodyHashOf, type Envelope, openStream, type Stream } from './stream.ts'

export interface Convening {
  readonly meetingId: string
  /** The account that convenes. */
  readonly by: string
  readonly commandId: string
  readonly events: readonly MeetingEvent[]
  /** Rows that belong to the meeting: index, names, drafts. Written with the events, or not at all. */
  readonly steps: readonly Step[]
}

export type FrameListener = (meetingId: string, events: readonly Chained[], state: MeetingState) => void

export interface Meetings {
  convene(input: Convening): Promise<Result<{ seq: number }>>
  /** Decides and commits one order; the same id sent again answers the same. */
  order(meetingId: string, actor: Actor, envelope: Envelope): Promise<Result<Done>>
  state(meetingId: string): Promise<MeetingState | undefined>
  /** State and head that belong together. */
  snapshot(meetingId: string): Promise<{ state: MeetingState; seq: number; hash: string } | undefined>
  head(meetingId: string): Promise<{ seq: number; hash: string } | undefined>
  /** Events after `since`, at most `max`, in order, with their hashes. */
  events(meetingId: string, since: number, max: number): Promise<readonly Chained[]>
  /** Called with what was appended, by this process or seen in the store, each event once and in order. */
  onFrame(listener: FrameListener): void
  close(): void
}

export interface MeetingsDeps {
  readonly store: Store
  readonly clock: Clock
  readonly newId: Context['newId']
  readonly bus: Bus
  readonly presetByCode: Context['presetByCode']
  /** The draft's plain text as committed, kept under its hash. */
  readonly freeze: (draftId: string) => Promise<FrozenText | undefined>
  readonly onFault: (fault: unknown) => void
}

/** Idle meetings beyond this many leave memory; they are folded again when asked for. */
const streamsInMemory = 500

export const openMeetings = (deps: MeetingsDeps): Meetings => {
  const { store, clock, bus } = deps
  const streams = new Map<string, Stream>()
  const listeners: FrameListener[] = []

  const factsFor = (state: MeetingState, command: Command): Promise<Facts> | undefined => {
    if (command.type === 'openPoll') {
      const item = state.agenda.find((one) => one.itemId === command.itemId)
      return item && deps.freeze(item.draftId).then((text) => (text ? { text } : {}))
    }
    if (command.type === 'closePoll' && state.polls[command.pollId]?.status === 'open') {
      return seal(store, command.pollId).then(async () => ({ urn: await contents(store, command.pollId) }))
    }
    return undefined
  }

  const streamOf = (meetingId: string): Stream => {
    const known = streams.get(meetingId)
    if (known) {
      streams.delete(meetingId)
      streams.set(meetingId, known)
      return known
    }
    const stream = openStream(meetingId, {
      store,
      clock,
      newId: deps.newId,
      presetByCode: deps.presetByCode,
      factsFor,
      onFault: deps.onFault,
      onAppended: (events, state) => {
        for (const listener of listeners) listener(meetingId, events, state)
        const seq = events.at(-1)?.seq
        if (seq !== undefined) bus.publish({ kind: 'appended', stream: meetingId, seq })
      },
    })
    streams.set(meetingId, stream)
    for (const [id, idle] of streams) {
      if (streams.size <= streamsInMemory) break
      if (!idle.busy) streams.delete(id)
    }
    finishClosing(meetingId, stream).catch(deps.onFault)
    return stream
  }

  /** A poll that was sealed when the power went is counted now: its urn takes no more ballots. */
  const finishClosing = async (meetingId: string, stream: Stream): Promise<void> => {
    const { state } = await stream.current().catch(() => ({ state: null }))
    const poll = state && openPoll(state)
    if (!poll || (await urnState(store, poll.pollId, '')).state !== 'sealed') return
    const hall: Actor = { actorId: 'hall', role: 'secretary', seatId: null }
    const envelope = {
      commandId: `sealed-${poll.pollId}`,
      command: { type: 'closePoll', pollId: poll.pollId },
    } as const
    await streamOf(meetingId).order(hall, envelope)
  }

  /** When the store does not answer, the next hint or order comes upon it again. */
  const heard = (meetingId: string, seq: number): void => {
    const stream = streams.get(meetingId)
    void stream
      ?.current()
      .then((memory) => (memory.seq < seq ? stream.fresh() : memory))
      .catch(() => {})
  }
  bus.subscribe((message) => {
    if (message.kind === 'appended') heard(message.stream, message.seq)
  })
  const follower = store.dialect === 'postgres' ? followStore(store, () => [...streams.keys()], heard) : null

  const cast = async (
    meetingId: string,
    actor: Actor,
    envelope: Envelope & { command: CommandOf<'castBallot'> },
  ): Promise<Result<Done>> => {
    const stream = streamOf(meetingId)
    if (!(await stream.current()).state) return refuse('meetingUnknown')
    const known = await stream.answered(actor, envelope)
    if (known) return known
    const { checked, seq } = await checkedNewest(store, stream, (state) =>
      checkBallotFor(state, envelope.command, actor),
    )
    if (!checked.ok) {
      const isLate = checked.refusal.code === 'pollClosed'
      return isLate ? stream.order(actor, envelope) : keepRefusal(meetingId, actor, envelope, checked)
    }
    const { poll, elector, source } = checked.value
    const castAt = clock.now()
    const receipt: Receipt = {
      pollId: poll.pollId,
      seatId: elector.seatId,
      receipt: receiptOf(poll.pollId, elector.seatId, envelope.commandId, envelope.command.choice),
      castAt,
    }
    const result = accept({ seq, receipt })
    const asked = { commandId: envelope.commandId, actor, bodyHash: bodyHashOf(actor, envelope.command) }
    const ballot = {
      poll,
      seatId: elector.seatId,
      partyId: elector.partyId,
      source,
      choice: envelope.command.choice,
      castBy: actor.actorId,
      castAt,
      receipt: receipt.receipt,
      commandId: envelope.commandId,
    }
    const written = await store.write([
      answerStep(store, meetingId, asked, result, castAt),
      ...castSteps(store, ballot),
    ])
    if (written.ok) {
      bus.publish({ kind: 'ballots', meetingId, pollId: poll.pollId })
      return result
    }
    if (written.reason === 'conflict') return (await stream.answered(actor, envelope)) ?? refuse('busy')
    return whyNotTaken(meetingId, actor, envelope, poll.pollId, elector.seatId, source)
  }

  const whyNotTaken = async (
    meetingId: string,
    actor: Actor,
    envelope: Envelope,
    pollId: string,
    seatId: string,
    source: 'device' | 'clerk',
  ): Promise<Result<Done>> => {
    const urn = await urnState(store, pollId, seatId)
    if (urn.state !== 'open') {
      await streamOf(meetingId).fresh()
      return streamOf(meetingId).order(actor, envelope)
    }
    const isOther = urn.channel !== source || (urn.ballot && urn.ballot.source !== source)
    const code = isOther ? 'otherSource' : urn.ballot ? 'ballotFixed' : 'handsExceedSeats'
    return keepRefusal(meetingId, actor, envelope, refuse(code))
  }

  /** Kept under the order's id like every answer, so that the same ballot sent again is answered the same. */
  const keepRefusal = async (
    meetingId: string,
    actor: Actor,
    envelope: Envelope,
    refusal: Result<never>,
  ): Promise<Result<Done>> => {
    const asked = { commandId: envelope.commandId, actor, bodyHash: bodyHashOf(actor, envelope.command) }
    const written = await store.write([answerStep(store, meetingId, asked, refusal, clock.now())])
    if (written.ok) return refusal
    return (await streamOf(meetingId).answered(actor, envelope)) ?? refuse('busy')
  }

  const countHands = async (
    meetingId: string,
    actor: Actor,
    envelope: Envelope & { command: CommandOf<'countHands'> },
  ): Promise<Result<Done>> => {
    const stream = streamOf(meetingId)
    if (!(await stream.current()).state) return refuse('meetingUnknown')
    const known = await stream.answered(actor, envelope)
    if (known) return known
    const { checked, seq } = await checkedNewest(store, stream, (state) =>
      checkHandsFor(state, envelope.command),
    )
    if (!checked.ok) return keepRefusal(meetingId, actor, envelope, checked)
    const { pollId, partyId, counts, witness } = envelope.command
    const countedAt = clock.now()
    const asked = { commandId: envelope.commandId, actor, bodyHash: bodyHashOf(actor, envelope.command) }
    const count = {
      pollId,
      partyId,
      counts,
      witness,
      countedBy: actor.actorId,
      countedAt,
      hands: checked.value.hands,
    }
    const result = accept({ seq })
    const written = await store.write([
      answerStep(store, meetingId, asked, result, countedAt),
      ...handsSteps(store, count),
    ])
    if (written.ok) {
      bus.publish({ kind: 'ballots', meetingId, pollId })
      return result
    }
    if (written.reason === 'conflict') return (await stream.answered(actor, envelope)) ?? refuse('busy')
    const urn = await urnState(store, pollId, '')
    const code = urn.state === 'open' ? 'handsExceedSeats' : 'pollClosed'
    return keepRefusal(meetingId, actor, envelope, refuse(code))
  }

  const snapshot: Meetings['snapshot'] = async (meetingId) => {
    const { state, seq, hash } = await streamOf(meetingId).current()
    if (state) return { state, seq, hash }
    streams.delete(meetingId)
    return undefined
  }

  return {
    convene: async ({ meetingId, by, commandId, events, steps }) => {
      const at = clock.now()
      const bare = events.map((event) => ({ at, by, commandId, event }))
      const chained = chain(meetingId, { seq: 0, hash: firstHash(meetingId) }, bare)
      chained.reduce<MeetingState | null>(evolve, null)
      const written = await store.write([...eventSteps(store, meetingId, chained), ...steps])
      streams.delete(meetingId)
      return written.ok ? accept({ seq: chained.length }) : refuse('busy')
    },
    order: async (meetingId, actor, envelope) => {
      const { command } = envelope
      try {
        if (!mayOrder(actor.role, command.type)) return refuse('notAllowed')
        if (command.type === 'castBallot') return await cast(meetingId, actor, { ...envelope, command })
        if (command.type === 'countHands') return await countHands(meetingId, actor, { ...envelope, command })
        return await streamOf(meetingId).order(actor, envelope)
      } catch (fault) {
        deps.onFault(fault)
        return refuse('storeUnavailable')
      }
    },
    state: async (meetingId) => (await snapshot(meetingId))?.state,
    snapshot,
    head: async (meetingId) => {
      const found = await snapshot(meetingId)
      return found && { seq: found.seq, hash: found.hash }
    },
    events: async (meetingId, since, max) => {
      const rows = await store.db
        .selectFrom('events')
        .selectAll()
        .where('stream', '=', meetingId)
        .where('seq', '>', since)
        .orderBy('seq')
        .limit(max)
        .execute()
      return rows.map(recordedOf)
    },
    onFrame: (listener) => {
      listeners.push(listener)
    },
    close: () => follower?.close(),
  }
}
