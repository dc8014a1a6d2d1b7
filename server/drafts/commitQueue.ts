// Gathers what was let in and commits it: at once for a lone typist, everything of a window together under load. One
// commit of a draft at a time, so that what comes meanwhile shares the next one; the store joins those of all drafts.
import type { Connection } from './connection.ts'
import type { Piece } from './holdings.ts'
import type { RoomPorts } from './roomPorts.ts'
import { type Packet, stitch } from './stitch.ts'

/** What is committed together. */
export interface Batch {
  readonly pieces: Piece[]
  /** The only connection that wrote; it needs no copy of its own words. */
  soleWriter: Connection | undefined | 'several'
  /** How many updates of a connection are on disk with this batch. */
  readonly acks: Map<Connection, number>
  readonly clients: { clientId: number; owner: string }[]
  readonly owners: Set<string>
  readonly waiters: { resolve: () => void; reject: (fault: Error) => void }[]
}

export interface CommitQueue {
  add(piece: Piece, owner: string, writer: Connection | undefined): void
  /** The batch with which everything let in so far will be on disk; undefined when it is. */
  last(): Batch | undefined
  /** Resolves when everything let in so far is on disk; rejects when the store failed or the queue was closed. */
  settled(): Promise<void>
  close(): void
}

export interface CommitEvents {
  committed(batch: Batch, packet: Packet, row: number): void
  /** Nothing of what was let in since the last commit may be relied upon. The queue is closed. */
  failed(fault: Error): void
}

const newBatch = (): Batch => ({
  pieces: [],
  soleWriter: undefined,
  acks: new Map(),
  clients: [],
  owners: new Set(),
  waiters: [],
})

export const openCommitQueue = (draftId: string, ports: RoomPorts, events: CommitEvents): CommitQueue => {
  const { store, log, clock, pace } = ports
  let gathering = newBatch()
  let inFlight: Batch | undefined
  let isScheduled = false
  let isClosed = false
  let flushedAt = 0

  const schedule = (): void => {
    if (isScheduled || inFlight || isClosed || gathering.pieces.length === 0) return
    isScheduled = true
    const waitMs = flushedAt + pace.windowMs() - performance.now()
    if (waitMs <= 1) ports.inThisTurn(flush)
    else setTimeout(flush, waitMs)
  }

  const flush = (): void => {
    isScheduled = false
    if (isClosed || inFlight || gathering.pieces.length === 0) return
    const batch = gathering
    gathering = newBatch()
    inFlight = batch
    flushedAt = performance.now()
    const packet = stitch(batch.pieces)
    const row = { bytes: packet.bytes, edits: batch.pieces.length, at: clock.now() }
    store.write(log.appendSteps(draftId, row, batch.clients)).then(
      (result) => {
        if (!result.ok) fail(new Error(`another node wrote to the draft at once: ${result.reason}`))
        else succeed(batch, packet, Number(result.steps[0]?.rows[0]?.updateId))
      },
      (fault: Error) => fail(fault),
    )
  }

  const succeed = (batch: Batch, packet: Packet, row: number): void => {
    if (isClosed) return
    inFlight = undefined
    events.committed(batch, packet, row)
    for (const { resolve } of batch.waiters) resolve()
    schedule()
  }

  const fail = (fault: Error): void => {
    if (isClosed) return
    close(fault)
    events.failed(fault)
  }

  const close = (fault: Error): void => {
    isClosed = true
    for (const batch of [inFlight, gathering]) for (const { reject } of batch?.waiters ?? []) reject(fault)
  }

  const last = (): Batch | undefined => (gathering.pieces.length > 0 ? gathering : inFlight)

  return {
    add: (piece, owner, writer) => {
      const isFirst = gathering.pieces.length === 0
      gathering.pieces.push(piece)
      for (const clientId of piece.freshClients) gathering.clients.push({ clientId, owner })
      gathering.owners.add(owner)
      gathering.soleWriter = isFirst || gathering.soleWriter === writer ? writer : 'several'
      schedule()
    },
    last,
    settled: () => {
      const batch = last()
      if (isClosed) return Promise.reject(new Error('the draft was closed'))
      if (!batch) return Promise.resolve()
      return new Promise((resolve, reject) => batch.waiters.push({ resolve, reject }))
    },
    close: () => close(new Error('the draft was closed')),
  }
}
