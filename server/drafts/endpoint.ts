// The third door: drafts over WebSockets, in the y-websocket protocol, unmodified. The way of a keystroke:
// endpoint → messages → guard → room → commitQueue → store (group commit) → room → sockets. Nothing is relayed, and
// nothing is called saved, before its commit.
//
// A client that connects with `?acks=1` is also told what is committed (message type 4, shared/drafts/wire.ts); a
// client that is sent away reads why in the close frame.
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { type WebSocket, WebSocketServer } from 'ws'
import * as Y from 'yjs'
import { acksParameter, type DraftCloseReason, draftCloseCodes } from '../../shared/drafts/wire.ts'
import type { Neighbours } from '../nodes/neighbours.ts'
import { openRounds } from '../nodes/rounds.ts'
import type { Bus, Clock, Store } from '../ports.ts'
import { type Guest, openConnection, type SocketConnection } from './connection.ts'
import { type DraftLimits, draftLimits } from './draftLimits.ts'
import { type Figures, newFigures } from './figures.ts'
import { frameDenied } from './frames.ts'
import { type Lobby, openLobby } from './lobby.ts'
import { draftExists, openLog } from './log.ts'
import { receiveFrom } from './messages.ts'
import { type DraftNodes, openDraftNodes } from './nodes.ts'
import { openPace } from './pace.ts'
import { queryOf } from './query.ts'
import type { Room } from './room.ts'
import type { DraftActivity, Logger } from './roomPorts.ts'
import { openTiming } from './timing.ts'
import type { WrittenLog } from './tracing.ts'
import { openWorkbench, type Workbench } from './workbench.ts'
import { readWrittenLog } from './writtenLog.ts'

/** Who comes in. Asked once per connection; when rights change, call `cutOffDraft`. */
export type DraftGate = (
  request: IncomingMessage,
  draftId: string,
) => Promise<Guest | { readonly refused: 'notSignedIn' | 'notFound' | 'notAllowed' }>

export interface FrozenDraft {
  readonly text: string
  /** Lower-case hex of the SHA-256 of the text in UTF-8. */
  readonly sha256: string
  /** Unicode code points. */
  readonly chars: number
  /** A Yjs snapshot of the same moment, for as long as the history stands. */
  readonly state: Uint8Array
}

export interface DraftStats extends Figures {
  readonly drafts: number
  readonly connections: number
  /** How long edits gather now; 0 while the machine has time. */
  readonly windowMs: number
}

export interface DraftsDoor {
  /** Takes an upgrade of the HTTP server for `/drafts/<draftId>`. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer, draftId: string): void
  /** The plain text with all that was let in before the call; undefined for a draft that does not exist. */
  freeze(draftId: string): Promise<FrozenDraft | undefined>
  /** All that is committed, with what was let in before the call; undefined for a draft that does not exist. */
  updates(draftId: string): Promise<readonly Uint8Array[] | undefined>
  /** The same as it was written, with whose hand was at what. */
  log(draftId: string): Promise<WrittenLog | undefined>
  /**
   * An update that the hall made for `owner`; resolves when it is on disk, rejects with `draftFull` in its message.
   * @param provenance letters of it that are moved ones (provenance.ts)
   */
  enter(draftId: string, owner: string, update: Uint8Array, provenance: string | null): Promise<void>
  /** Like `freeze`, with everything as one update, read at the same moment, and whose hand was at what (provenance.ts). */
  state(
    draftId: string,
  ): Promise<(FrozenDraft & { readonly bytes: Uint8Array; readonly provenance: string }) | undefined>
  /** Merges what another draft of the family holds into a draft; resolves when it is on disk. */
  takeIn(draftId: string, bytes: Uint8Array, provenance: string | null): Promise<void>
  /** Closes the connections to a draft, which come back by themselves with the rights that hold now. */
  cutOffDraft(draftId: string, reason: DraftCloseReason): void
  /** Changes a draft on behalf of the hall; resolves when it is on disk. */
  edit(draftId: string, change: (doc: Y.Doc) => void): Promise<void>
  cutOffSession(sessionId: string): void
  /** Those with a connection here. */
  sessions(): readonly string[]
  /** A hint that another node or process wrote to a draft. Costs nothing when it is not in memory. */
  refresh(draftId: string): Promise<void>
  stats(): DraftStats
  /** Sends everybody elsewhere, one by one over so long: closed with 1012, which clients come back after. */
  drain(withinMs: number): Promise<void>
  /** Commits what was let in, then closes every socket with 1001. */
  close(): Promise<void>
}

export interface DraftsDoorOptions {
  readonly store: Store
  readonly clock: Clock
  readonly gate: DraftGate
  readonly logger: Logger
  readonly limits?: Partial<DraftLimits>
  /** One that several doors share; a door closes only its own. */
  readonly workbench?: Workbench
  /** Where other nodes may write to the same store. */
  readonly far?: { readonly bus: Bus; readonly neighbours: Neighbours } | undefined
  /** Called after every commit of edits. */
  readonly onActivity?: (activity: DraftActivity) => void
}

const closeGraceMs = 2_000

export const openDraftsDoor = (options: DraftsDoorOptions): DraftsDoor => {
  const { store, clock, logger, far } = options
  const limits: DraftLimits = { ...draftLimits, ...options.limits }
  const figures = newFigures()
  const pace = openPace(limits.windowMsMax)
  const workbench = options.workbench ?? openWorkbench()
  const timing = openTiming()
  const ports = { store, log: openLog(store), clock, limits, logger, pace, timing, workbench, figures }
  const nodes =
    far &&
    openDraftNodes({
      store,
      timing,
      ...far,
      rooms: () => lobby.all(),
      roomOf: (id) => lobby.peek(id),
      openRounds: (look) => openRounds(store, far.bus, look),
    })
  const lobby = openLobby({ ...ports, nodes, onActivity: options.onActivity })
  const entrance = openEntrance({ ...ports, gate: options.gate, lobby, nodes })

  /** With what was committed anywhere before the call. */
  const open = async (draftId: string): Promise<Room> => {
    const room = await lobby.open(draftId)
    await nodes?.current(room, 'now')
    return room
  }

  const within = async <T>(draftId: string, work: (room: Room) => Promise<T>): Promise<T> => {
    const room = await open(draftId)
    const done = await work(room)
    lobby.leave(room)
    return done
  }

  /** With what was let in before the call on disk; undefined for a draft that does not exist. */
  const settled = async <T>(draftId: string, work: (room: Room) => T | Promise<T>): Promise<T | undefined> =>
    (await draftExists(store, draftId))
      ? within(draftId, async (room) => {
          await room.settled()
          return work(room)
        })
      : undefined

  const log: DraftsDoor['log'] = (draftId) => settled(draftId, () => readWrittenLog(store, draftId))

  const edit: DraftsDoor['edit'] = (draftId, change) =>
    within(draftId, (room) => {
      const doc = new Y.Doc({ gc: false })
      for (const update of room.updates()) Y.applyUpdate(doc, update)
      const before = Y.encodeStateVector(doc)
      doc.transact(() => change(doc))
      return room.takeOwn(Y.encodeStateAsUpdate(doc, before))
    })

  return {
    handleUpgrade: entrance.handleUpgrade,
    freeze: (draftId) =>
      settled(draftId, async (room) => {
        const { text, sha256, state } = await workbench.text(room.updates())
        return { text, sha256, state, chars: [...text].length }
      }),
    updates: (draftId) => settled(draftId, (room) => room.updates()),
    log,
    enter: (draftId, owner, update, provenance) =>
      within(draftId, (room) => room.takeOwn(update, owner, provenance)),
    state: async (draftId) => {
      const written = await log(draftId)
      if (!written) return undefined
      const { bytes, provenance } = await workbench.merge(written)
      const { text, sha256, state } = await workbench.text([bytes])
      return { text, sha256, state, bytes, provenance, chars: [...text].length }
    },
    takeIn: (draftId, bytes, provenance) => within(draftId, (room) => room.takeIn(bytes, provenance)),
    cutOffDraft: (draftId, reason) => {
      void lobby.peek(draftId)?.then(
        (room) => {
          for (const member of [...room.audience.members]) member.refuse(reason)
        },
        // A room that could not be opened has nobody in it.
        () => {},
      )
    },
    edit,
    cutOffSession: (sessionId) => {
      for (const connection of entrance.connections) {
        if (connection.guest.sessionId === sessionId) connection.refuse('sessionEnded')
      }
    },
    sessions: () => [...entrance.connections].map(({ guest }) => guest.sessionId),
    refresh: async (draftId) => {
      await (await lobby.peek(draftId))?.refresh()
    },
    stats: () => ({
      ...figures,
      drafts: lobby.size(),
      connections: entrance.connections.size,
      windowMs: pace.windowMs(),
    }),
    drain: entrance.drain,
    close: async () => {
      nodes?.close()
      await entrance.close()
      for (const room of await lobby.all()) {
        // A merging that is under way still writes to the store, which is closed next.
        await room.tidy(Number.POSITIVE_INFINITY)
        room.letGo()
      }
      pace.close()
      if (!options.workbench) await workbench.close()
    },
  }
}

interface EntrancePorts {
  readonly gate: DraftGate
  readonly limits: DraftLimits
  readonly logger: Logger
  readonly figures: Figures
  readonly lobby: Lobby
  readonly nodes: DraftNodes | undefined
}

const openEntrance = ({ gate, limits, logger, figures, lobby, nodes }: EntrancePorts) => {
  const connections = new Set<SocketConnection>()
  let isClosing = false
  let isDraining = false
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    // Up to twice the bound a message is read, so that its sender can be told why it is refused.
    maxPayload: limits.frameBytesMax * 2,
  })
  const heart = setInterval(() => {
    for (const connection of connections) connection.beat()
  }, limits.keepaliveMs / 2)
  heart.unref()

  const enter = async (ws: WebSocket, socket: Duplex, guest: Guest, draftId: string, acks: boolean) => {
    // Nothing is read before the draft is there to be answered from.
    ws.pause()
    const connection = openConnection(ws, socket, guest, acks, limits, figures, () =>
      // Rates are no matter of the time of day.
      performance.now(),
    )
    connections.add(connection)
    const release = guest.hold?.()
    ws.on('close', () => {
      connections.delete(connection)
      release?.()
    })
    const room = await lobby.open(draftId)
    ws.on('close', () => {
      room.audience.leave(connection)
      lobby.leave(room)
    })
    await nodes?.current(room, 'lately')
    if (!connection.isOpen()) return lobby.leave(room)
    if (room.isClosed) return connection.refuse('storeUnavailable')
    if (isClosing) return connection.close(1001, 'closing')
    const isFull = room.audience.members.size >= limits.connectionsPerDraftMax
    if (isFull || room.audience.membersOf(guest.owner) >= limits.connectionsPerOwnerMax)
      return connection.refuse('tooMany')
    receiveFrom(ws, socket, room, connection, limits.frameBytesMax, () => !isClosing)
    room.audience.join(connection)
    ws.resume()
  }

  const receive = async (request: IncomingMessage, socket: Duplex, head: Buffer, draftId: string) => {
    const verdict = await gate(request, draftId)
    if (socket.destroyed) return
    // Who is greeted at once, as the draft is in memory, is let in and greeted in one write.
    socket.cork()
    process.nextTick(() => socket.uncork())
    server.handleUpgrade(request, socket, head, (ws) => {
      if ('refused' in verdict) return sendAway(ws, socket, verdict.refused)
      if (isClosing) return ws.close(1001, 'closing')
      if (isDraining) return ws.close(1012, 'moving')
      const acks = queryOf(request.url).get(acksParameter) === '1'
      enter(ws, socket, verdict, draftId, acks).catch((fault: Error) => {
        logger.error({ draftId, err: fault }, 'a draft could not be opened')
        sendAway(ws, socket, 'storeUnavailable')
      })
    })
  }

  const sendAway = (ws: WebSocket, socket: Duplex, reason: DraftCloseReason): void => {
    figures.refused[reason] = (figures.refused[reason] ?? 0) + 1
    ws.on('error', () => {})
    ws.resume()
    socket.write(frameDenied(reason))
    ws.close(draftCloseCodes[reason], reason)
  }

  const close = async (): Promise<void> => {
    isClosing = true
    clearInterval(heart)
    for (const room of await lobby.all()) await room.settled().catch(() => {})
    const gone = [...connections].map(
      ({ ws }) =>
        new Promise<void>((resolve) => (ws.readyState === ws.CLOSED ? resolve() : ws.on('close', resolve))),
    )
    for (const connection of connections) connection.close(1001, 'closing')
    const timer = setTimeout(() => {
      for (const { ws } of connections) ws.terminate()
    }, closeGraceMs)
    await Promise.all(gone)
    clearTimeout(timer)
  }

  const drain = async (withinMs: number): Promise<void> => {
    isDraining = true
    await Promise.all(
      [...connections].map(async (connection) => {
        await pause(Math.random() * withinMs)
        connection.close(1012, 'moving')
      }),
    )
  }

  return {
    connections,
    drain,
    close,
    handleUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer, draftId: string): void => {
      // A socket may break while the hall looks up who it is.
      socket.on('error', () => socket.destroy())
      receive(request, socket, head, draftId).catch((fault: Error) => {
        logger.error({ draftId, err: fault }, 'a connection to a draft failed')
        socket.destroy()
      })
    },
  }
}
