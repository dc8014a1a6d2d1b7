// One draft in memory: judges what comes in, hears of commits, relays them, answers those who join.
import type { DraftCloseReason } from '../../shared/drafts/wire.ts'
import { type Awareness, openAwareness } from './awareness.ts'
import { writeStateVector } from './bytes.ts'
import { type Batch, type CommitQueue, openCommitQueue } from './commitQueue.ts'
import type { Connection } from './connection.ts'
import { newsIn } from './forksNews.ts'
import { frameAwareness, frameCommitted, frameRoom, frameStep1, frameUpdate } from './frames.ts'
import { judgeUpdate, type Verdict, type Writer } from './guard.ts'
import { append, type History, replyTo, tailBytes, updatesOf } from './history.ts'
import { admit, type Holdings, standingTextBytes } from './holdings.ts'
import { takeLetter } from './letters.ts'
import type { LoadedDraft } from './load.ts'
import { mergeLog } from './merge.ts'
import { type FarWriters, isDoubtful, openFarWriters } from './nodesRoom.ts'
import type { RoomPorts } from './roomPorts.ts'
import type { Packet } from './stitch.ts'

/** The owner of client ids that are of another draft of the family: nobody's here. */
const elsewhere = 'elsewhere'
/** The owner of what the hall itself writes. */
const hall: Writer = { owner: 'hall', mayEdit: true, settled: true }

const nearlyFullPercent = 80
/** The log is measured at every so many commits. */
const measureEveryCommits = 32

export class Room {
  readonly draftId: string
  readonly members = new Set<Connection>()
  /** How many of them are whose. */
  readonly #membersOf = new Map<string, number>()
  readonly awareness: Awareness
  /** Those who write to the same draft through other nodes. */
  readonly far: FarWriters
  readonly #ports: RoomPorts
  readonly #queue: CommitQueue
  readonly #holdings: Holdings
  readonly #history: History
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
    // Nodes that share a draft would otherwise all merge it at the same row.
    this.#rowsToMergeAt = ports.limits.logRowsMax * (ports.nodes ? 1 + Math.random() / 2 : 1)
    this.awareness = openAwareness(ports.limits, (viewer) => {
      // Not while the others are being told.
      for (const member of this.members) if (member === viewer) setImmediate(() => member.refuse('malformed'))
    })
    this.#queue = openCommitQueue(draftId, ports, {
      committed: (batch, packet, row) => this.#committed(batch, packet, row),
      failed: (fault) => this.#failed(fault),
    })
    this.far = openFarWriters(this.#inside(), loaded.strayRows)
  }

  /** The store failed under it, or it was let go: nothing in its memory may be relied upon. */
  get isClosed(): boolean {
    return this.#isClosed
  }

  /** Greets a connection, which from then on hears what is committed. */
  join(connection: Connection): void {
    this.members.add(connection)
    this.#membersOf.set(connection.owner, this.membersOf(connection.owner) + 1)
    this.#greeting ??= frameStep1(writeStateVector(this.#holdings.clocks))
    const present = this.awareness.all()
    connection.send(present ? Buffer.concat([this.#greeting, frameAwareness(present)]) : this.#greeting)
    if (connection.wantsAcks) connection.send(this.#roomFrame())
  }

  leave(connection: Connection): void {
    if (!this.members.delete(connection)) return
    const others = this.membersOf(connection.owner) - 1
    if (others > 0) this.#membersOf.set(connection.owner, others)
    else this.#membersOf.delete(connection.owner)
    this.awareness.leave(connection)
    this.awarenessChanged()
  }

  membersOf(owner: string): number {
    return this.#membersOf.get(owner) ?? 0
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
    if (this.far.isWaiting(connection)) {
      this.far.wait(connection, bytes)
      return undefined
    }
    const letter = takeLetter(this.#holdings, this.#ownerOf, connection, bytes, this.#ports.limits)
    if (letter) {
      connection.received += 1
      this.#greeting = undefined
      this.#ports.figures.edits += 1
      this.#queue.addLetter(letter, connection)
      if (connection.wantsAcks) this.#acknowledge(connection)
      return undefined
    }
    const verdict = this.#judge(connection, bytes)
    if (this.#ports.nodes && isDoubtful(verdict)) {
      this.far.wait(connection, bytes)
      return undefined
    }
    return this.#carryOut(connection, verdict)
  }

  #carryOut(connection: Connection, verdict: Verdict): DraftCloseReason | undefined {
    connection.received += 1
    if (verdict.kind === 'refused') return verdict.reason
    if (verdict.kind === 'early') return undefined
    if (verdict.kind === 'piece') this.#admit(verdict.piece, connection.owner, connection)
    if (connection.wantsAcks) this.#acknowledge(connection)
    return undefined
  }

  /** An update of the hall's own, or made by it for somebody; resolves when it is on disk. */
  takeOwn(bytes: Uint8Array, owner = hall.owner): Promise<void> {
    const verdict = this.#judge({ ...hall, owner }, bytes)
    if (verdict.kind === 'piece') this.#admit(verdict.piece, owner, undefined)
    else if (verdict.kind !== 'nothingNew') {
      const reason = verdict.kind === 'refused' ? verdict.reason : verdict.kind
      return Promise.reject(new Error(`the hall's own edit was refused: ${reason}`))
    }
    return this.settled()
  }

  /** Takes in what another draft of the family holds, however much it is; resolves when it is on disk. */
  takeIn(bytes: Uint8Array): Promise<void> {
    const piece = newsIn(this.#holdings, bytes)
    if (!piece) return Promise.reject(new Error('the other draft does not follow from this one'))
    const { owners } = this.#holdings
    for (const { client } of piece.sections) if (!owners.has(client)) owners.set(client, elsewhere)
    if (piece.sections.length > 0 || piece.deletes.length > 0) this.#admit(piece, hall.owner, undefined)
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
        const frame = this.#takeAwareness()
        // Its author hears it too: y-websocket takes a server that says nothing for half a minute to be gone.
        if (frame) this.#relay(frame, undefined)
      },
      // Under load it waits for the commit that most likely follows, and goes out in the same write.
      Math.max(limits.awarenessWindowMs, pace.windowMs() * 2),
    )
  }

  #takeAwareness(): Buffer | undefined {
    clearTimeout(this.#awarenessTimer)
    this.#awarenessTimer = undefined
    const changes = this.awareness.takeChanges()
    this.#ports.nodes?.caretsChanged(this.draftId, this.awareness.takeNear())
    return changes && frameAwareness(changes)
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
    if (!this.#isClosed && !this.far.isReading() && this.#logRows() >= rows) await this.#merge()
  }

  /** Reads what other nodes or processes wrote, and relays it. */
  refresh(): Promise<void> {
    return this.#isClosed ? Promise.resolve() : this.far.catchUp()
  }

  #inside(): Parameters<typeof openFarWriters>[0] {
    return {
      draftId: this.draftId,
      store: this.#ports.store,
      holdings: this.#holdings,
      history: this.#history,
      inFlight: () => (this.#queue.last() ? this.settled().catch(() => {}) : undefined),
      merging: () => this.#merging,
      mayRestitch: () => this.#merging === undefined,
      relay: (frame) => {
        this.#greeting = undefined
        this.#relay(frame, undefined)
      },
      ownerFound: (client, owner) => {
        if (!this.#holdings.owners.has(client)) this.#holdings.owners.set(client, owner)
      },
      takeNow: (connection, bytes) => {
        const offence = this.#carryOut(connection, this.#judge(connection, bytes))
        if (offence) connection.refuse(offence)
      },
    }
  }

  readonly #ownerOf = (client: number): string | undefined =>
    this.#ports.kin.isElsewhere(client)
      ? elsewhere
      : (this.#holdings.owners.get(client) ?? this.awareness.ownerOf(client))

  #judge(writer: Writer, bytes: Uint8Array) {
    return judgeUpdate(this.#holdings, this.#ownerOf, writer, bytes, this.#ports.limits)
  }

  #admit(piece: Parameters<CommitQueue['add']>[0], owner: string, writer: Connection | undefined): void {
    admit(this.#holdings, piece)
    for (const client of piece.freshClients) {
      this.#holdings.owners.set(client, owner)
      this.#ports.kin.claim(client)
    }
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
    const { figures, clock, nodes, onActivity } = this.#ports
    this.#commits += 1
    figures.commits += 1
    const mayRestitch = this.#merging === undefined && !this.far.isReading()
    append(this.#history, packet, row, batch.edits, mayRestitch)
    nodes?.committed(this.draftId, { updateId: row, edits: batch.edits, bytes: packet.bytes }, batch.clients)
    this.#relayCommitted(frameUpdate(packet.bytes), batch.soleWriter)
    for (const [connection, count] of batch.acks) connection.send(frameCommitted(count))
    onActivity?.({
      draftId: this.draftId,
      owners: [...batch.owners],
      edits: batch.edits,
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

  /** Cursors that wait go along, since a write costs more than the bytes in it. */
  #relayCommitted(update: Buffer, soleWriter: Batch['soleWriter']): void {
    const cursors = this.#awarenessTimer && this.#takeAwareness()
    this.#relay(cursors ? Buffer.concat([update, cursors]) : update, soleWriter)
    if (cursors && typeof soleWriter === 'object') soleWriter.send(cursors)
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
    const { logRowsMax, logBytesMax } = this.#ports.limits
    const isDue = this.#commits % Math.min(measureEveryCommits, logRowsMax) === 0
    if (this.#merging || this.far.isReading() || !isDue) return
    const bytesMax = Math.max(logBytesMax, (this.#history.base?.bytes.length ?? 0) / 2)
    if (this.#logRows() >= this.#rowsToMergeAt || tailBytes(this.#history) >= bytesMax) void this.#merge()
  }

  #merge(): Promise<void> {
    const { figures, limits, logger } = this.#ports
    this.#merging ??= mergeLog(this.draftId, this.#history, this.#ports)
      .then((isMerged) => {
        // Another node was there first, or wrote what is not known here: that is read, and then tried again.
        if (!isMerged && this.#ports.nodes) void this.far.catchUp().catch(() => {})
        else this.#rowsToMergeAt = isMerged ? limits.logRowsMax : this.#rowsToMergeAt * 2
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
