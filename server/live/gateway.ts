// The Socket.IO door: who connects is told by the cookie; orders go in, frames of the record come out.
import type { Server as HttpServer } from 'node:http'
import { Server, type Socket } from 'socket.io'
import { limits } from '../../shared/kernel/limits.ts'
import type { RefusalCode } from '../../shared/kernel/refusals.ts'
import { type Result, refuse } from '../../shared/kernel/result.ts'
import { openPoll } from '../../shared/views/polls.ts'
import {
  type Answer,
  type ClientToServer,
  type Desk,
  type Done,
  type Frame,
  type Names,
  protocolVersion,
  type ServerToClient,
  type Welcome,
} from '../../shared/wire/live.ts'
import { ballotsOfSeat } from '../ballots/tally.ts'
import type { Principal } from '../identity/principal.ts'
import type { Farewell } from '../identity/sessions.ts'
import { openLookout } from '../nodes/lookout.ts'
import type { Neighbours } from '../nodes/neighbours.ts'
import type { Bus, Clock, Store } from '../ports.ts'
import type { Meetings } from '../record/meetings.ts'
import { joinAsk, orderAsk, refillAsk } from './asks.ts'
import { drainLines, openUnderWay } from './draining.ts'
import { openFarewells } from './farewells.ts'
import { openFarPresence } from './farPresence.ts'
import { frameOf, openFrames } from './frames.ts'
import { cutSlowReaders, sameOrigin } from './lines.ts'
import { openOwnBallots } from './ownBallots.ts'
import { backlogCheckMs, frameGapMs, presenceGapMs, tallyGatherMs } from './paces.ts'
import { openPresence } from './presence.ts'
import { openBucket } from './rate.ts'
import { openTallies } from './tallies.ts'
import { openThrottle } from './throttle.ts'
import { isDesk, meOf } from './who.ts'
import { sentToMany, writeAsText } from './writing.ts'

export interface GatewayDeps {
  readonly httpServer: HttpServer
  readonly store: Store
  readonly clock: Clock
  readonly bus: Bus
  readonly neighbours: Neighbours
  readonly meetings: Meetings
  /** Sessions with a line to a draft. */
  readonly draftSessions: () => readonly string[]
  readonly principalOf: (cookieHeader: string | undefined) => Promise<Principal | null>
  readonly mayEnter: (principal: Principal, meetingId: string) => Promise<boolean>
  readonly names: (meetingId: string) => Promise<Names>
  readonly desk: (meetingId: string) => Promise<Desk>
  readonly farewell: (sessionId: string) => Promise<Farewell>
  readonly onRefusal: (door: 'live', code: RefusalCode) => void
}

interface SocketData {
  principal: Principal
  meetingId: string | null
  unwatch: () => void
}

type LiveSocket = Socket<ClientToServer, ServerToClient, Record<string, never>, SocketData>

export interface Gateway {
  readonly connections: () => number
  /** Screens of a meeting that are connected, through whichever node. */
  readonly screensOf: (meetingId: string) => readonly string[]
  /** Lets nobody in any more and sends everyone elsewhere; resolves when they are gone and all orders are answered. */
  drain(withinMs: number): Promise<void>
  close(): Promise<void>
}

const everyone = (meetingId: string) => `meeting:${meetingId}`
/** Facilitators and clerks, who are also told who is connected and who has voted. */
const desks = (meetingId: string) => `desk:${meetingId}`
const nobody = { seats: [], screens: 0 }

export const openGateway = (deps: GatewayDeps): Gateway => {
  const { meetings, store, clock, bus } = deps
  const io = new Server<ClientToServer, ServerToClient, Record<string, never>, SocketData>(deps.httpServer, {
    path: '/socket.io',
    serveClient: false,
    destroyUpgrade: false,
    maxHttpBufferSize: limits.liveFrameBytesMax,
    pingInterval: 20_000,
    pingTimeout: 20_000,
    perMessageDeflate: false,
    httpCompression: false,
    allowRequest: (request, decide) => decide(null, sameOrigin(request)),
  })
  writeAsText(io)
  const presence = openPresence()
  const tallies = openTallies(store)
  const underWay = openUnderWay()
  let isDraining = false
  const lines = (): LiveSocket[] => [...(io.sockets.sockets.values() as Iterable<LiveSocket>)]
  const farewells = openFarewells(lines, deps.farewell)

  const connectedTo = (meetingId: string): number =>
    io.sockets.adapter.rooms.get(everyone(meetingId))?.size ?? 0

  const gatherMs = (meetingId: string): number => tallyGatherMs(connectedTo(meetingId))
  const tellTally = openThrottle<string>(
    1_000 / limits.tallyTicksPerSecondMax,
    async (meetingId) => {
      const state = await meetings.state(meetingId)
      const poll = state && openPoll(state)
      if (!poll) return
      const tally = await tallies.of(meetingId, poll)
      io.to(desks(meetingId)).emit('tally', tally)
      io.to(everyone(meetingId))
        .except(desks(meetingId))
        .emit('tally', { ...tally, seats: [] })
    },
    gatherMs,
  )
  const { severalTimes } = presence
  const own = openOwnBallots({ store, stateOf: meetings.state, severalTimes, lines, gatherMs })
  const tellPresence = openThrottle<string>(presenceGapMs, async (meetingId) => {
    io.to(desks(meetingId)).emit('presence', presence.of(meetingId))
  })
  const sayPresence = openThrottle<string>(presenceGapMs, async (meetingId) => far.changed(meetingId))
  const presenceChanged = (meetingId: string): void => {
    tellPresence.touch(meetingId)
    sayPresence.touch(meetingId)
  }
  const far = openFarPresence({
    store,
    bus,
    neighbours: deps.neighbours,
    presence,
    onChange: (meetingId) => tellPresence.touch(meetingId),
  })
  const tellDesk = openThrottle<string>(presenceGapMs, async (meetingId) => {
    io.to(desks(meetingId)).emit('desk', await deps.desk(meetingId))
  })
  const tellNames = openThrottle<string>(presenceGapMs, async (meetingId) => {
    io.to(everyone(meetingId)).emit('names', await deps.names(meetingId))
  })

  const frames = openFrames(
    (meetingId) => frameGapMs(connectedTo(meetingId)),
    (meetingId, events) => io.to(everyone(meetingId)).emit('frame', frameOf(meetingId, events)),
  )
  meetings.onFrame(frames.add)

  const unsubscribe = bus.subscribe((message) => {
    if (message.kind === 'ballots') {
      tallies.forget(message.meetingId)
      tellTally.touch(message.meetingId)
      own.touch(message.meetingId)
    }
    if (message.kind === 'desk') tellDesk.touch(message.meetingId)
    if (message.kind === 'names') tellNames.touch(message.meetingId)
    if (message.kind === 'draftNews') {
      const { draftId, about } = message
      io.to(everyone(message.meetingId)).emit('draftNews', { draftId, about })
    }
    if (message.kind === 'sessionEnded') void farewells.endSession(message.sessionId)
  })

  const lookout = openLookout(store, bus, {
    lines: () => lines().map(({ data }) => data),
    sessions: deps.draftSessions,
    openPoll: async (meetingId) => {
      const state = await meetings.state(meetingId)
      return (state && openPoll(state)?.pollId) ?? null
    },
  })

  io.use((socket, next) => {
    if (isDraining) return next(new Error('busy'))
    deps.principalOf(socket.handshake.headers.cookie).then(
      (principal) => {
        if (!principal) return next(new Error('notSignedIn'))
        if (principal.seatId && presence.connectionsOf(principal.seatId) >= limits.connectionsPerSeatMax) {
          return next(new Error('tooMany'))
        }
        socket.data.principal = principal
        socket.data.meetingId = null
        socket.data.unwatch = () => {}
        next()
      },
      () => next(new Error('storeUnavailable')),
    )
  })

  const refusedAs = <T>(refusal: Result<T>): Result<T> => {
    if (!refusal.ok) deps.onRefusal('live', refusal.refusal.code)
    return refusal
  }

  const enter = async (socket: LiveSocket, ask: unknown): Promise<Answer<Welcome>> => {
    const parsed = joinAsk.safeParse(ask)
    if (!parsed.success) return refuse('malformed')
    const { meetingId } = parsed.data
    const { principal } = socket.data
    if (!(await deps.mayEnter(principal, meetingId))) return refuse('wrongMeeting')
    const room = principal.role === 'waiting' ? null : everyone(meetingId)
    if (!room) return refuse('notAllowed')
    // Kept in memory from here on, or an event of another node would be heard by nobody here.
    socket.data.unwatch()
    socket.data.unwatch = meetings.watch(meetingId)
    // Into the room before the snapshot is taken: what comes between the two is doubled, never missed.
    await socket.join(room)
    if (isDesk(principal)) await socket.join(desks(meetingId))
    const welcome = await welcomeOf(socket, meetingId)
    if (!welcome) {
      socket.leave(room)
      return refuse('meetingUnknown')
    }
    // Gone while it was let in: its leaving was heard already, and nobody would count it out again.
    if (!socket.connected) {
      socket.data.unwatch()
      return refuse('sessionEnded')
    }
    if (socket.data.meetingId === null) {
      socket.data.meetingId = meetingId
      presence.enter(meetingId, principal)
      own.forget(meetingId, principal)
      presenceChanged(meetingId)
      if (isDesk(principal)) tellDesk.touch(meetingId)
    }
    return { ok: true, value: welcome }
  }

  /**
   * The snapshot is taken last, and nothing waits between it and the answer: a frame that goes out before the answer is
   * in the snapshot, and one that is not follows the answer.
   */
  const welcomeOf = async (socket: LiveSocket, meetingId: string): Promise<Welcome | null> => {
    const { principal } = socket.data
    // Whoever comes from a node that died has seen what that node may have told nobody else.
    const state = await meetings.newest(meetingId)
    const poll = state && openPoll(state)
    const [names, tally, myBallots] = await Promise.all([
      deps.names(meetingId),
      poll ? tallies.of(meetingId, poll) : null,
      state && principal.seatId ? ballotsOfSeat(store, state, principal.seatId) : [],
    ])
    const snapshot = await meetings.snapshot(meetingId)
    if (!snapshot) return null
    return {
      protocol: protocolVersion,
      me: meOf(principal, snapshot.state),
      now: clock.now(),
      ...snapshot,
      state: sentToMany(snapshot.state),
      names: sentToMany(names),
      presence: isDesk(principal) ? presence.of(meetingId) : nobody,
      tally: tally && !isDesk(principal) ? { ...tally, seats: [] } : tally,
      myBallots,
    }
  }

  const refill = async (socket: LiveSocket, ask: unknown): Promise<Answer<Frame>> => {
    const parsed = refillAsk.safeParse(ask)
    if (!parsed.success) return refuse('malformed')
    const { meetingId, since } = parsed.data
    if (socket.data.meetingId !== meetingId) return refuse('wrongMeeting')
    const head = await meetings.head(meetingId)
    if (!head || head.seq - since > limits.refillEventsMax)
      return refuse('tooMany', { max: limits.refillEventsMax })
    return {
      ok: true,
      value: frameOf(meetingId, await meetings.events(meetingId, since, limits.refillEventsMax)),
    }
  }

  const obey = async (socket: LiveSocket, ask: unknown): Promise<Answer<Done>> => {
    const parsed = orderAsk.safeParse(ask)
    if (!parsed.success) {
      const at = parsed.error.issues[0]?.path.join('.') ?? ''
      return refuse('malformed', { at })
    }
    const { meetingId, commandId, command } = parsed.data
    const { principal } = socket.data
    if (socket.data.meetingId !== meetingId) return refuse('wrongMeeting')
    const { actorId, seatId } = principal
    const state = await meetings.state(meetingId)
    const role = state ? meOf(principal, state).role : principal.role
    const done = await meetings.order(meetingId, { actorId, role, seatId }, { commandId, command })
    // Nobody is told that an order is done before seeing what it did.
    const held = frames.held(meetingId)
    if (held.length > 0) socket.emit('frame', frameOf(meetingId, held))
    return done
  }

  io.on('connection', (socket: LiveSocket) => {
    const bucket = openBucket(clock, limits.commandsPerSeatBurst, limits.commandsPerSeatPerSecond)
    const road = <T>(handle: (socket: LiveSocket, ask: unknown) => Promise<Answer<T>>) => {
      return (ask: unknown, answer: unknown): void => {
        if (typeof answer !== 'function') {
          deps.onRefusal('live', 'malformed')
          return
        }
        if (!bucket.take()) {
          answer(refusedAs(refuse('tooFast')))
          return
        }
        const say = (it: Answer<T>): void => {
          answer(refusedAs(it))
          underWay.end()
        }
        underWay.begin()
        const obeyed = farewells.unlessLeaving(socket, () => handle(socket, ask))
        obeyed.then(say, () => say(refuse('storeUnavailable')))
      }
    }
    socket.on('join', road(enter))
    socket.on('refill', road(refill))
    socket.on('command', road(obey))
    socket.on('disconnect', () => {
      const { meetingId, principal, unwatch } = socket.data
      unwatch()
      if (meetingId === null) return
      presence.leave(meetingId, principal)
      own.forget(meetingId, principal)
      presenceChanged(meetingId)
    })
  })

  const backlog = setInterval(() => cutSlowReaders(io.sockets.sockets.values()), backlogCheckMs)
  backlog.unref()

  return {
    connections: () => io.engine.clientsCount,
    screensOf: presence.screensOf,
    drain: async (withinMs) => {
      isDraining = true
      await drainLines(io as never, withinMs)
      await underWay.idle()
    },
    close: async () => {
      clearInterval(backlog)
      unsubscribe()
      lookout.close()
      await far.close()
      frames.close()
      for (const told of [tellTally, own, tellPresence, sayPresence, tellDesk, tellNames]) told.close()
      // The HTTP server is its owner's to close; waiting for it here would wait for every open draft. Lines are cut
      // and sockets not dismissed: a client that is dismissed does not come back by itself after the restart.
      io.engine.close()
    },
  }
}
