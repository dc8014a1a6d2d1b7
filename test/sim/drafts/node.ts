// One node's drafts in a simulation: the real rooms, log, queue and news of other nodes, with lines instead of sockets.

import { createHash } from 'node:crypto'
import { type ForkedDrafts, type Forks, openForks } from '../../../server/amendments/forks.ts'
import { workOn } from '../../../server/drafts/draftJobs.ts'
import { type DraftLimits, draftLimits } from '../../../server/drafts/draftLimits.ts'
import { newFigures } from '../../../server/drafts/figures.ts'
import { type Lobby, openLobby } from '../../../server/drafts/lobby.ts'
import { openLog } from '../../../server/drafts/log.ts'
import { newsIn } from '../../../server/drafts/news.ts'
import { type DraftNodes, openDraftNodes } from '../../../server/drafts/nodes.ts'
import type { Room } from '../../../server/drafts/room.ts'
import type { Logger } from '../../../server/drafts/roomPorts.ts'
import type { Timing } from '../../../server/drafts/timing.ts'
import type { Workbench } from '../../../server/drafts/workbench.ts'
import { readWrittenLog } from '../../../server/drafts/writtenLog.ts'
import type { Bus, Store } from '../../../server/ports.ts'
import { Machine } from '../machine.ts'
import { DraftLine, type Wire } from './line.ts'
import { type DraftTown, forkId } from './town.ts'

const lookEveryMs = 250

export class DraftNode extends Machine {
  private readonly town: DraftTown
  private lobby: Lobby | null = null
  private nodes: DraftNodes | null = null
  forks: Forks | null = null
  store: Store | null = null
  private readonly lines = new Set<DraftLine>()

  constructor(town: DraftTown, name: string) {
    super(town, name)
    this.town = town
  }

  get isUp(): boolean {
    return this.lobby !== null
  }

  protected open(): void {
    const { disk, faults, logRowsMax, world } = this.town
    const { clock } = this
    const store = disk.connect(this.road())
    const figures = newFigures()
    const limits: DraftLimits = { ...draftLimits, logRowsMax, idleUnloadMs: 300 }
    const timing = this.timing()
    const pace = {
      windowMs: () => this.town.windowMs,
      at: (dueMs: number, flush: () => void) => this.on(Math.max(1, Math.ceil(dueMs - world.now)), flush),
      close: () => {},
    }
    const logger: Logger = {
      info: () => {},
      warn: () => {},
      error: (_: unknown, message?: string) => {
        if (message?.startsWith('rows of a draft')) faults.push(new Error(`${this.name}: ${message}`))
      },
    }
    const nodes = openDraftNodes({
      store,
      timing,
      bus: this.checkedBus(),
      neighbours: { node: this.name, heard: () => {}, watch: () => {}, count: () => 1, close: () => {} },
      rooms: () => lobby.all(),
      roomOf: (id) => lobby.peek(id),
      openRounds: (look) => this.lookAgainAndAgain(look),
    })
    const log = openLog(store)
    const ports = { store, log, clock, limits, logger, pace, workbench, figures, timing, nodes }
    const lobby = openLobby({
      ...ports,
      onActivity: () => figures.merges > 0 && this.town.deeds.add('draftMerged'),
    })
    this.lobby = lobby
    this.nodes = nodes
    this.store = store
    this.forks = openForks({
      store,
      clock,
      ids: { newId: () => forkId },
      drafts: this.door(),
      frozen: async () => {},
      onFault: () => {},
    })
  }

  protected lose(): void {
    this.lobby = null
    this.nodes = null
    this.forks = null
    this.store = null
    for (const line of this.lines) line.cut()
    this.lines.clear()
  }

  /** As the endpoint does it. @returns null where the line is gone before it is in */
  async enter(draftId: string, owner: string, wire: Wire): Promise<{ line: DraftLine; room: Room } | null> {
    const { lobby, nodes } = this
    if (!lobby || !nodes) return null
    const line = new DraftLine(this.town, this, draftId, owner, wire)
    this.lines.add(line)
    const room = await lobby.open(draftId)
    await nodes.current(room, 'lately')
    if (!line.isOpen()) {
      lobby.leave(room)
      return null
    }
    if (room.isClosed) {
      line.refuse('storeUnavailable')
      return null
    }
    line.room = room
    room.audience.join(line)
    return { line, room }
  }

  leave(line: DraftLine): void {
    this.lines.delete(line)
    line.cut()
    const { room } = line
    if (!room) return
    room.audience.leave(line)
    this.lobby?.leave(room)
    this.on(400, () => {
      if (room.isClosed) this.town.deeds.add('draftLetGo')
    })
  }

  /** Everything that was committed anywhere before the call, as updates in order. */
  async updates(draftId: string): Promise<readonly Uint8Array[]> {
    const room = await this.openRoom(draftId)
    await room.settled()
    const updates = room.updates()
    this.lobby?.leave(room)
    return updates
  }

  private async openRoom(draftId: string): Promise<Room> {
    const { lobby, nodes } = this
    if (!lobby || !nodes) throw new Error('the node is down')
    const room = await lobby.open(draftId)
    await nodes.current(room, 'now')
    return room
  }

  /** The door as amendments need it. */
  private door(): ForkedDrafts {
    const frozenFrom = async (updates: readonly Uint8Array[]) => {
      const { text, state } = await workbench.text(updates)
      // These drafts have no lines, so that what tells their texts apart is what they are made of.
      const sha256 = createHash('sha256').update(state).digest('hex')
      return { text, sha256, state, chars: [...text].length }
    }
    return {
      freeze: async (draftId) => frozenFrom(await this.updates(draftId)),
      state: async (draftId) => {
        await this.updates(draftId)
        if (!this.store) throw new Error('the node is down')
        const { bytes, provenance } = await workbench.merge(await readWrittenLog(this.store, draftId))
        return { ...(await frozenFrom([bytes])), bytes, provenance }
      },
      takeIn: async (draftId, bytes, provenance) => {
        const room = await this.openRoom(draftId)
        await room.takeIn(bytes, provenance)
        this.lobby?.leave(room)
      },
      cutOffDraft: () => {},
    }
  }

  private checkedBus(): Bus {
    const bus = this.bus()
    return {
      ...bus,
      publish: (message) => {
        if (message.kind === 'draftRow' && message.bytes !== null)
          this.town.expectCommitted(
            message.draftId,
            new Uint8Array(Buffer.from(message.bytes, 'base64')),
            'another node is told',
          )
        bus.publish(message)
      },
    }
  }

  private timing(): Timing {
    const { world } = this.town
    let waiting: (() => void)[] = []
    return {
      now: () => world.now,
      inThisTurn: (flush) => {
        waiting.push(flush)
        if (waiting.length > 1) return
        this.on(0, () => {
          const due = waiting
          waiting = []
          for (const each of due) each()
        })
      },
      later: (ms, run) => this.on(ms, run),
      random: () => world.dice.below(1_000) / 1_000,
    }
  }

  private lookAgainAndAgain(look: () => Promise<void>): { close: () => void } {
    const again = (): void =>
      this.on(lookEveryMs + this.town.world.dice.below(50), () => {
        look()
          .catch(() => {})
          .finally(again)
      })
    again()
    return { close: () => {} }
  }
}

/** What a thread would do is done at once. */
const workbench: Workbench = {
  text: async (updates) => workOn({ kind: 'text', updates }) as never,
  merge: async (log) => workOn({ kind: 'merge', log }) as never,
  news: async (bytes, clocks, bounds) => newsIn(bytes, clocks, bounds),
  close: async () => {},
}
