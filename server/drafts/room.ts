// One draft in memory: judges what comes in, hears of commits, relays them, answers those who join.
import type { DraftCloseReason } from '../../shared/drafts/wire.ts'
import { type Aside, longBytes, openAside, type Received } from './aside.ts'
import { Audience } from './audience.ts'
import { type Batch, type CommitQueue, openCommitQueue, type Told } from './commitQueue.ts'
import type { Connection } from './connection.ts'
import type { DraftLimits } from './draftLimits.ts'
import { frameCommitted, frameUpdate } from './frames.ts'
import { fitStored, judgeScan, judgeUpdate, upToDate, type Verdict, type Writer } from './guard.ts'
import { append, type History, replyTo, updatesOf } from './history.ts'
import { admit, type Holdings, type Piece } from './holdings.ts'
import { takeLetter } from './letters.ts'
import type { LoadedDraft } from './load.ts'
import { type Merging, openMerging } from './merge.ts'
import { unbounded } from './news.ts'
import { type FarWriters, isDoubtful, openFarWriters } from './nodesRoom.ts'
import type { RoomPorts } from './roomPorts.ts'
import type { Scan } from './scan.ts'
import type { Packet } from './stitch.ts'

/** The owner of client ids that are of another draft of the family: nobody's here. */
const elsewhere = 'elsewhere'
/** The owner of what the hall itself writes. */
const hall: Writer = { owner: 'hall', mayEdit: true, settled: true }

export class Room {
  readonly draftId: string
  readonly audience: Audience
  /** Those who write to the same draft through other nodes. */
  readonly far: FarWriters
  readonly limits: DraftLimits
  readonly #ports: RoomPorts
  readonly #aside: Aside
  readonly #merging: Merging
  readonly #queue: CommitQueue
  readonly #holdings: Holdings
  readonly #history: History
  #isClosed = false

  constructor(draftId: string, loaded: LoadedDraft, ports: RoomPorts) {
    this.draftId = draftId
    this.#ports = ports
    this.limits = ports.limits
    this.#holdings = loaded.holdings
    this.#history = loaded.history
    this.audience = new Audience(draftId, this.#holdings, ports)
    this.#merging = openMerging(draftId, this.#history, ports, () => void this.far.catchUp().catch(() => {}))
    this.#queue = openCommitQueue(draftId, ports, {
      committed: (batch, packet, row) => this.#committed(batch, packet, row),
      failed: (fault) => this.#failed(fault),
    })
    this.#aside = openAside({
      workbench: ports.workbench,
      holdings: this.#holdings,
      bounds: {
        deletedRangesMax: ports.limits.deletedRangesPerUpdateMax,
        sectionsMax: ports.limits.sectionsPerUpdateMax,
        needsMax: ports.limits.needsPerUpdateMax,
      },
      takeRead: (connection, received, scan) => this.#takeRead(connection, received, scan),
      take: (connection, received) => (this.#isClosed ? undefined : this.#take(connection, received)),
    })
    this.far = openFarWriters(this.#inside(), loaded.strayRows)
  }

  /** The store failed under it, or it was let go: nothing in its memory may be relied upon. */
  get isClosed(): boolean {
    return this.#isClosed
  }

  /** Brings a client from its state vector to now; one answer at a time to each. Throws `torn`. */
  answer(connection: Connection, stateVector: Uint8Array): void {
    if (!connection.isReading()) {
      connection.asked = new Uint8Array(stateVector)
      return
    }
    const reply = replyTo(this.#history, this.#holdings.clocks, stateVector)
    // Whoever asks again and again is slowed down like one who sends as much.
    connection.spend(Math.min(reply.length / 1024, this.#ports.limits.tokensMax / 2))
    connection.sendReply(reply, () => {
      const { asked } = connection
      connection.asked = undefined
      if (asked && !this.#isClosed) this.answer(connection, asked)
    })
  }

  /** Judges an update and, when it is good, queues it for the next commit. @returns why the sender must be closed */
  take(connection: Connection, bytes: Uint8Array): DraftCloseReason | undefined {
    return this.#take(connection, { bytes, isFinal: false })
  }

  #take(connection: Connection, received: Received): DraftCloseReason | undefined {
    const { bytes, isFinal } = received
    if (this.#aside.isWaiting(connection)) {
      this.#aside.wait(connection, received)
      return undefined
    }
    if (!isFinal && this.far.isWaiting(connection)) {
      this.far.wait(connection, bytes)
      return undefined
    }
    if (bytes.length >= longBytes) {
      this.#aside.wait(connection, received)
      return undefined
    }
    const letter = takeLetter(this.#holdings, this.#ownerOf, connection, bytes, this.#ports.limits)
    if (letter) {
      connection.received += 1
      this.audience.heldMore()
      this.#ports.figures.edits += 1
      this.#queue.addLetter(letter, connection)
      if (connection.wantsAcks) this.#acknowledge(connection)
      return undefined
    }
    return this.#carryOut(connection, received, this.#judge(connection, bytes))
  }

  #takeRead(
    connection: Connection,
    received: Received,
    scan: Scan | undefined,
  ): DraftCloseReason | undefined {
    if (this.#isClosed) return undefined
    const news = scan && upToDate(this.#holdings, scan)
    const { limits } = this.#ports
    const { length } = received.bytes
    const verdict = judgeScan(this.#holdings, this.#ownerOf, connection, news, length, limits)
    return this.#carryOut(connection, received, verdict)
  }

  #carryOut(
    connection: Connection,
    { bytes, isFinal }: Received,
    verdict: Verdict,
  ): DraftCloseReason | undefined {
    if (!isFinal && this.#ports.nodes && isDoubtful(verdict)) {
      this.far.wait(connection, bytes)
      return undefined
    }
    connection.received += 1
    if (verdict.kind === 'refused') return verdict.reason
    if (verdict.kind === 'early') {
      connection.owes = true
      return undefined
    }
    if (verdict.kind === 'piece') this.#admit(verdict.piece, connection.owner, connection)
    if (connection.wantsAcks) this.#acknowledge(connection)
    return undefined
  }

  /**
   * An update of the hall's own, or made by it for somebody; resolves when it is on disk.
   * @param provenance letters of it that are moved ones (provenance.ts)
   */
  takeOwn(bytes: Uint8Array, owner = hall.owner, provenance: string | null = null): Promise<void> {
    const verdict = this.#judge({ ...hall, owner }, bytes)
    if (verdict.kind === 'piece')
      this.#admit(verdict.piece, owner, undefined, { provenance, isOfOthers: false })
    else if (verdict.kind !== 'nothingNew') {
      const reason = verdict.kind === 'refused' ? verdict.reason : verdict.kind
      return Promise.reject(new Error(`the hall's own edit was refused: ${reason}`))
    }
    return this.settled()
  }

  /**
   * Takes in what another draft of the family holds, however much it is; resolves when it is on disk.
   * @param provenance who deleted and moved what there (provenance.ts)
   */
  async takeIn(bytes: Uint8Array, provenance: string | null): Promise<void> {
    const news = await this.#ports.workbench.news(bytes, this.#holdings.clocks, unbounded)
    // No bound of the guard applies to people who were judged when they wrote, but nothing that does not follow gets in.
    const piece = news && fitStored(this.#holdings, news, 1)
    if (!piece) throw new Error('the other draft does not follow from this one')
    const { owners } = this.#holdings
    for (const { client } of piece.sections) if (!owners.has(client)) owners.set(client, elsewhere)
    if (piece.sections.length > 0 || piece.deletes.length > 0)
      this.#admit(piece, hall.owner, undefined, { provenance, isOfOthers: true })
    return this.settled()
  }

  /** Who first wrote under a client id. */
  readonly writerOf = (client: number): string | undefined => this.#holdings.owners.get(client)

  /** Resolves when all that came so far is judged, and what was let in is on disk; rejects when the store failed. */
  async settled(): Promise<void> {
    await this.#aside.idle()
    await this.#queue.settled()
  }

  /** All that is committed, as updates to be applied in this order. */
  updates(): Uint8Array[] {
    return updatesOf(this.#history)
  }

  /** Ends the room; whoever calls closes its connections. */
  letGo(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.audience.close()
    this.#queue.close()
    this.#ports.onClosed(this)
  }

  /** Merges the log when it has `rows` and more. */
  async tidy(rows: number): Promise<void> {
    await this.#merging.underWay()
    if (!this.#isClosed && !this.far.isReading()) await this.#merging.mergeFrom(rows)
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
      inFlight: () =>
        !this.#isClosed && this.#queue.last() ? this.#queue.settled().catch(() => {}) : undefined,
      merging: () => this.#merging.underWay(),
      mayRestitch: () => this.#merging.underWay() === undefined,
      relay: (frame) => {
        this.audience.heldMore()
        this.audience.relay(frame)
      },
      ownerFound: (client, owner) => {
        if (!this.#holdings.owners.has(client)) this.#holdings.owners.set(client, owner)
      },
      takeNow: (connection, bytes) => {
        const offence = this.#take(connection, { bytes, isFinal: true })
        if (offence) connection.refuse(offence)
      },
    }
  }

  readonly #ownerOf = (client: number): string | undefined =>
    this.#ports.kin.isElsewhere(client)
      ? elsewhere
      : (this.#holdings.owners.get(client) ?? this.audience.awareness.ownerOf(client))

  #judge(writer: Writer, bytes: Uint8Array) {
    return judgeUpdate(this.#holdings, this.#ownerOf, writer, bytes, this.#ports.limits)
  }

  #admit(piece: Piece, owner: string, writer: Connection | undefined, told?: Told): void {
    admit(this.#holdings, piece)
    for (const client of piece.freshClients) {
      this.#holdings.owners.set(client, owner)
      this.#ports.kin.claim(client)
    }
    this.audience.heldMore()
    this.#ports.figures.edits += 1
    this.#queue.add(piece, owner, writer, told)
  }

  /** Only with the next commit, as what an update repeats may itself be on its way to the disk. */
  #acknowledge(connection: Connection): void {
    if (connection.owes && !connection.settled) return
    const batch = this.#queue.last()
    if (batch) batch.acks.set(connection, connection.received)
    else connection.send(frameCommitted(connection.received))
  }

  #committed(batch: Batch, packet: Packet, row: number): void {
    const { figures, clock, nodes, onActivity } = this.#ports
    figures.commits += 1
    const mayRestitch = this.#merging.underWay() === undefined && !this.far.isReading()
    append(this.#history, packet, row, batch.edits, mayRestitch)
    nodes?.committed(this.draftId, { updateId: row, edits: batch.edits, bytes: packet.bytes }, batch.clients)
    this.audience.relayCommitted(frameUpdate(packet.bytes), batch.soleWriter)
    for (const [connection, count] of batch.acks) connection.send(frameCommitted(count))
    onActivity?.({
      draftId: this.draftId,
      owners: [...batch.owners],
      edits: batch.edits,
      at: clock.now(),
    })
    this.audience.warnWhenNearlyFull()
    if (!this.far.isReading()) this.#merging.mergeWhenLong()
  }

  /** Nobody saw what the commit carried, so its writers still hold it: they come back and bring it again. */
  #failed(fault: Error): void {
    const { figures, logger } = this.#ports
    figures.storeFaults += 1
    logger.error({ draftId: this.draftId, err: fault }, 'a draft could not be committed')
    this.letGo()
    for (const member of [...this.audience.members]) member.refuse('storeUnavailable')
  }
}
