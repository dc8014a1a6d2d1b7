// One draft in memory: judges what comes in, hears of commits, relays them, answers those who join.
import type { DraftCloseReason } from '../../shared/drafts/wire.ts'
import { type Awareness, openAwareness } from './awareness.ts'
import { writeStateVector } from './bytes.ts'
import { type Batch, type CommitQueue, openCommitQueue } from './commitQueue.ts'
import type { Connection } from './connection.ts'
import { frameAwareness, frameCommitted, frameRoom, frameStep1, frameUpdate } from './frames.ts'
import { judgeUpdate, type Writer } from './guard.ts'
import { append, type History, replyTo, tailBytes, updatesOf } from './history.ts'
import { admit, type Holdings, standingTextBytes } from './holdings.ts'
import { type LoadedDraft, loadDraft } from './load.ts'
import { readDraft } from './log.ts'
import { mergeLog } from './merge.ts'
import type { RoomPorts } from './roomPorts.ts'
import type { Packet } from './stitch.ts'

/** The owner of what the hall itself writes. */
const hall: Writer = { owner: 'hall', mayEdit: true, settled: true }

const nearlyFullPercent = 80
/** The log is measured at every so many commits. */
const measureEveryCommits = 32

export class Room {
  readonly draftId: string
  readonly members = new Set<Connection>()
  readonly awareness: Awareness
  readonly #ports: RoomPorts
  readonly #queue: CommitQueue
  #holdings: Holdings
  #history: History
  #commits = 0
  #isClosed = false
  #merging: Promise<void> | undefined
  #rowsToMergeAt: number
  #awarenessTimer: NodeJS.Timeout | undefined
  #greeting: Buffer | undefined
  #fullPercent = 0

  constructor(draftId: string, loaded: LoadedDraft, ports: RoomPorts) {
    this.draftId = draftId
    this.#ports = ports
    this.#holdings = loaded.holdings
    this.#history = loaded.history
    this.#rowsToMergeAt = ports.limits.logRowsMax
    this.awareness = openAwareness(ports.limits)
    this.#queue = openCommitQueue(draftId, ports, {
      committed: (batch, packet, row) => this.#committed(batch, packet, row),
      failed: (fault) => this.#failed(fault),
    })
  }

  /** The store failed under it, or it was let go: nothing in its memory may be relied upon. */
  get isClosed(): boolean {
    return this.#isClosed
  }

  /** Greets a connection, which from then on hears what is committed. */
  join(connection: Connection): void {
    this.members.add(connection)
    this.#greeting ??= frameStep1(writeStateVector(this.#holdings.clocks))
    connection.send(this.#greeting)
    const present = this.awareness.all()
    if (present) connection.send(frameAwareness(present))
    if (connection.wantsAcks) connection.send(this.#roomFrame())
  }

  leave(connection: Connection): void {
    if (!this.members.delete(connection)) return
    this.awareness.leave(connection)
    this.awarenessChanged()
  }

  /** Brings a client from its state vector to now; one answer at a time to each. Throws `torn`. */
  answer(connection: Connection, stateVector: Uint8Array): void {
    if (!connection.isReading()) {
      connection.asked = new Uint8Array(stateVector)
      return
    }
    const reply = replyTo(this.#history, stateVector)
    connection.sendReply(reply, () => {
      const { asked } = connection
      connection.asked = undefined
      if (asked && !this.#isClosed) this.answer(connection, asked)
    })
  }

  /** Judges an update and, when it is good, queues it for the next commit. @returns why the sender must be closed */
  take(connection: Connection, bytes: Uint8Array): DraftCloseReason | undefined {
    connection.received += 1
    const verdict = this.#judge(connection, bytes)
    if (verdict.kind === 'refused') return verdict.reason
    if (verdict.kind === 'early') return undefined
    if (verdict.kind === 'piece') this.#admit(verdict.piece, connection.owner, connection)
    if (connection.wantsAcks) this.#acknowledge(connection)
    return undefined
  }

  /** An update of the hall's own; resolves when it is on disk. */
  takeOwn(bytes: Uint8Array): Promise<void> {
    const verdict = this.#judge(hall, bytes)
    if (verdict.kind === 'piece') this.#admit(verdict.piece, hall.owner, undefined)
    else if (verdict.kind !== 'nothingNew') {
      const reason = verdict.kind === 'refused' ? verdict.reason : verdict.kind
      return Promise.reject(new Error(`the hall's own edit was refused: ${reason}`))
    }
    return this.settled()
  }

  /** Who first wrote under a client id. */
  readonly writerOf = (client: number): string | undefined => this.#holdings.owners.get(client)

  /** Resolves when all that was let in so far is on disk; rejects when the store failed. */
  settled(): Promise<void> {
    return this.#queue.settled()
  }

  /** All that is committed, as updates to be applied in this order. */
  updates(): Uint8Array[] {
    return updatesOf(this.#history)
  }

  awarenessChanged(): void {
    if (this.#awarenessTimer || this.#isClosed || !this.awareness.hasChanges()) return
    const { limits, pace } = this.#ports
    this.#awarenessTimer = setTimeout(
      () => {
        this.#awarenessTimer = undefined
        const changes = this.awareness.takeChanges()
        // Its author hears it too: y-websocket takes a server that says nothing for half a minute to be gone.
        if (changes) this.#relay(frameAwareness(changes), undefined)
      },
      Math.max(limits.awarenessWindowMs, pace.windowMs()),
    )
  }

  /** Ends the room; whoever calls closes its connections. */
  letGo(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    if (this.#awarenessTimer) clearTimeout(this.#awarenessTimer)
    this.#queue.close()
    this.#ports.onClosed(this)
  }

  /** Merges the log when it has `rows` and more. */
  async tidy(rows: number): Promise<void> {
    await this.#merging
    if (!this.#isClosed && this.#logRows() >= rows) await this.#merge()
  }

  /** Reads what other nodes or processes wrote, and relays it. Tries again while people here write. */
  async refresh(): Promise<void> {
    for (let attempt = 0; attempt < 10 && !this.#isClosed; attempt += 1) {
      await this.settled()
      await this.#merging
      const [commits, base] = [this.#commits, this.#history.base]
      const fresh = loadDraft(await readDraft(this.#ports.store, this.draftId))
      const isStale = commits !== this.#commits || base !== this.#history.base
      if (isStale || this.#merging || this.#queue.last()) continue
      const news = replyTo(fresh.history, writeStateVector(this.#holdings.clocks))
      this.#holdings = fresh.holdings
      this.#history = fresh.history
      this.#greeting = undefined
      this.#relay(news, undefined)
      return
    }
  }

  readonly #ownerOf = (client: number): string | undefined =>
    this.#holdings.owners.get(client) ?? this.awareness.ownerOf(client)

  #judge(writer: Writer, bytes: Uint8Array) {
    return judgeUpdate(this.#holdings, this.#ownerOf, writer, bytes, this.#ports.limits)
  }

  #admit(piece: Parameters<CommitQueue['add']>[0], owner: string, writer: Connection | undefined): void {
    admit(this.#holdings, piece)
    for (const client of piece.freshClients) this.#holdings.owners.set(client, owner)
    this.#greeting = undefined
    this.#ports.figures.edits += 1
    this.#queue.add(piece, owner, writer)
  }

  /** Only with the next commit, as what an update repeats may itself be on its way to the disk. */
  #acknowledge(connection: Connection): void {
    const batch = this.#queue.last()
    if (batch) batch.acks.set(connection, connection.received)
    else connection.send(frameCommitted(connection.received))
  }

  #committed(batch: Batch, packet: Packet, row: number): void {
    const { figures, clock, onActivity } = this.#ports
    this.#commits += 1
    figures.commits += 1
    append(this.#history, packet, row, batch.pieces.length, this.#merging === undefined)
    this.#relay(frameUpdate(packet.bytes), batch.soleWriter)
    for (const [connection, count] of batch.acks) connection.send(frameCommitted(count))
    onActivity?.({
      draftId: this.draftId,
      owners: [...batch.owners],
      edits: batch.pieces.length,
      at: clock.now(),
    })
    this.#warnWhenNearlyFull()
    this.#mergeWhenLong()
  }

  /** Nobody saw what the commit carried, so its writers still hold it: they come back and bring it again. */
  #failed(fault: Error): void {
    const { figures, logger } = this.#ports
    figures.storeFaults += 1
    logger.error({ draftId: this.draftId, err: fault }, 'a draft could not be committed')
    this.letGo()
    for (const member of [...this.members]) member.refuse('storeUnavailable')
  }

  #relay(frame: Buffer, except: Connection | undefined | 'several'): void {
    for (const member of this.members) if (member !== except) member.send(frame)
  }

  #roomFrame(): Buffer {
    const { limits } = this.#ports
    const textBytes = standingTextBytes(this.#holdings)
    return frameRoom(textBytes, limits.textBytesMax, this.#holdings.edits, limits.editsMax)
  }

  #warnWhenNearlyFull(): void {
    const { limits } = this.#ports
    const { edits } = this.#holdings
    const share = Math.max(standingTextBytes(this.#holdings) / limits.textBytesMax, edits / limits.editsMax)
    const percent = Math.floor(share * 100)
    if (percent === this.#fullPercent) return
    const isNear = Math.max(percent, this.#fullPercent) >= nearlyFullPercent
    this.#fullPercent = percent
    if (!isNear) return
    const frame = this.#roomFrame()
    for (const member of this.members) if (member.wantsAcks) member.send(frame)
  }

  #logRows(): number {
    return this.#history.tail.reduce((sum, { rows }) => sum + rows.length, 0)
  }

  #mergeWhenLong(): void {
    if (this.#merging || this.#commits % measureEveryCommits !== 0) return
    const bytesMax = Math.max(this.#ports.limits.logBytesMax, (this.#history.base?.bytes.length ?? 0) / 2)
    if (this.#logRows() >= this.#rowsToMergeAt || tailBytes(this.#history) >= bytesMax) void this.#merge()
  }

  #merge(): Promise<void> {
    const { figures, limits, logger } = this.#ports
    this.#merging ??= mergeLog(this.draftId, this.#history, this.#ports)
      .then((isMerged) => {
        this.#rowsToMergeAt = isMerged ? limits.logRowsMax : this.#rowsToMergeAt * 2
        if (isMerged) figures.merges += 1
      })
      .catch((fault: Error) => {
        this.#rowsToMergeAt *= 2
        logger.warn({ draftId: this.draftId, err: fault }, 'the log of a draft could not be merged')
      })
      .finally(() => {
        this.#merging = undefined
      })
    return this.#merging
  }
}
