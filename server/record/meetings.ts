// The record of all meetings: convening, ordering, reading. Ballots take their own road through the urn.
import { accept, type Result, refuse } from '../../shared/kernel/result.ts'
import type { Actor, Context } from '../../shared/meeting/deciding.ts'
import type { MeetingEvent } from '../../shared/meeting/events.ts'
import { evolve } from '../../shared/meeting/meeting.ts'
import { mayOrder } from '../../shared/meeting/roles.ts'
import type { FrozenText, MeetingState } from '../../shared/meeting/state.ts'
import { firstHash } from '../../shared/record/chain.ts'
import { openPoll } from '../../shared/views/polls.ts'
import type { Done } from '../../shared/wire/live.ts'
import { urnState } from '../ballots/urn.ts'
import type { Bus, Clock, Step, Store } from '../ports.ts'
import { type Chained, chain, recordedOf } from './encode.ts'
import { type FactsDeps, openFacts } from './facts.ts'
import { followStore } from './follow.ts'
import { eventSteps } from './steps.ts'
import { type Envelope, openStream, type Stream } from './stream.ts'
import { isUrnOrder, openUrnOrders } from './urnOrders.ts'

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
  /** With all that was committed anywhere before the call. */
  newest(meetingId: string): Promise<MeetingState | undefined>
  /** State and head that belong together. */
  snapshot(meetingId: string): Promise<{ state: MeetingState; seq: number; hash: string } | undefined>
  head(meetingId: string): Promise<{ seq: number; hash: string } | undefined>
  /** Events after `since`, at most `max`, in order, with their hashes. */
  events(meetingId: string, since: number, max: number): Promise<readonly Chained[]>
  /** Called with what was appended, by this process or seen in the store, each event once and in order. */
  onFrame(listener: FrameListener): void
  /** Keeps a meeting in memory, so that what other nodes append is heard; returns how to let go of it. */
  watch(meetingId: string): () => void
  close(): void
}

export interface MeetingsDeps {
  readonly store: Store
  readonly clock: Clock
  readonly newId: Context['newId']
  readonly bus: Bus
  readonly presetsNamedIn: FactsDeps['presetsNamedIn']
  readonly linksDone: FactsDeps['linksDone']
  readonly forks: FactsDeps['forks']
  /** The draft's plain text as committed, kept under its hash. */
  readonly freeze: (draftId: string) => Promise<FrozenText | undefined>
  readonly onFault: (fault: unknown) => void
}

/** Idle meetings beyond this many leave memory; they are folded again when asked for. */
const streamsInMemory = 500
/** Memory is believed for so long after the store was last seen: a node that stood still, or was cut off, reads first. */
const trustedMs = 2_000

export const openMeetings = (deps: MeetingsDeps): Meetings => {
  const { store, clock, bus } = deps
  const streams = new Map<string, Stream>()
  const listeners: FrameListener[] = []
  /** Meetings with somebody here who waits for news, and how many. */
  const watched = new Map<string, number>()

  const factsFor = openFacts(deps)

  let lastAsked = ''
  const streamOf = (meetingId: string): Stream => {
    const known = streams.get(meetingId)
    if (known) {
      if (lastAsked !== meetingId) {
        streams.delete(meetingId)
        streams.set(meetingId, known)
      }
      lastAsked = meetingId
      return known
    }
    lastAsked = meetingId
    const stream = openStream(meetingId, {
      store,
      clock,
      newId: deps.newId,
      factsFor,
      onFault: deps.onFault,
      onAppended: (events, state, isOwn) => {
        for (const listener of listeners) listener(meetingId, events, state)
        const seq = events.at(-1)?.seq
        if (isOwn && seq !== undefined) bus.publish({ kind: 'appended', stream: meetingId, seq })
      },
    })
    streams.set(meetingId, stream)
    for (const [id, idle] of streams) {
      if (streams.size <= streamsInMemory) break
      if (!idle.busy && !watched.has(id)) streams.delete(id)
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

  const heard = async (meetingId: string, seq: number): Promise<void> => {
    const stream = streams.get(meetingId)
    if (stream && (await stream.current()).seq < seq) await stream.fresh()
  }
  bus.subscribe((message) => {
    // When the store does not answer, the next hint or look comes upon it again.
    if (message.kind === 'appended') heard(message.stream, message.seq).catch(() => {})
  })
  const follower = store.dialect === 'postgres' ? followStore(store, () => [...streams.keys()], heard) : null

  const urnOrder = openUrnOrders({ store, clock, bus, streamOf })

  const look = async (meetingId: string, mayTrust: boolean): ReturnType<Meetings['snapshot']> => {
    const stream = streamOf(meetingId)
    const wasSeenLately = !follower || performance.now() - follower.lookedAt() < trustedMs
    const isTrusted = mayTrust ? wasSeenLately : !store.isShared
    const { state, seq, hash } = await (isTrusted ? stream.current() : stream.fresh())
    if (state) return { state, seq, hash }
    streams.delete(meetingId)
    return undefined
  }
  const snapshot: Meetings['snapshot'] = (meetingId) => look(meetingId, true)

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
        if (isUrnOrder(command)) return await urnOrder(meetingId, actor, envelope, command)
        return await streamOf(meetingId).order(actor, envelope)
      } catch (fault) {
        deps.onFault(fault)
        return refuse('storeUnavailable')
      }
    },
    state: async (meetingId) => (await snapshot(meetingId))?.state,
    newest: async (meetingId) => (await look(meetingId, false))?.state,
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
    watch: (meetingId) => {
      watched.set(meetingId, (watched.get(meetingId) ?? 0) + 1)
      streamOf(meetingId)
      return once(() => {
        const left = (watched.get(meetingId) ?? 1) - 1
        if (left > 0) watched.set(meetingId, left)
        else watched.delete(meetingId)
      })
    },
    close: () => follower?.close(),
  }
}

const once = (run: () => void): (() => void) => {
  let isDone = false
  return () => {
    if (!isDone) run()
    isDone = true
  }
}
