// Gathers what was let in and commits it: at once for a lone typist, everything of a window together under load. One
// commit of a draft at a time, so that what comes meanwhile shares the next one; the store joins those of all drafts.
import type { Connection } from './connection.ts'
import type { Piece } from './holdings.ts'
import { beginRun, endRun, extendRun, type Letter, type Run } from './letters.ts'
import { type Deletions, noteDeletions, writeRowProvenance } from './provenance.ts'
import type { RoomPorts } from './roomPorts.ts'
import { type Packet, stitch } from './stitch.ts'

/** What is committed together. */
export interface Batch {
  readonly pieces: Pick<Piece, 'sections' | 'deletes'>[]
  /** What each client is typing, while it may go on. */
  readonly runs: Map<number, Run>
  edits: number
  /** When the first of it came, on the clock of `Timing`. */
  since: number
  /** The only connection that wrote; it needs no copy of its own words. */
  soleWriter: Connection | undefined | 'several'
  /** How many updates of a connection are on disk with this batch. */
  readonly acks: Map<Connection, number>
  readonly clients: { clientId: number; owner: string }[]
  readonly owners: Set<string>
  /** Who deleted what, and what others had deleted just before. */
  readonly deletions: Deletions
  readonly again: Deletions
  /** What came written with pieces of it (provenance.ts). */
  readonly told: string[]
  readonly waiters: { resolve: () => void; reject: (fault: Error) => void }[]
}

export interface CommitQueue {
  /** @param told what is known of the piece already; without it `owner` deleted what it deletes */
  add(piece: Piece, owner: string, writer: Connection | undefined, told?: Told): void
  addLetter(letter: Letter, writer: Connection): void
  /** The batch with which everything let in so far will be on disk; undefined when it is. */
  last(): Batch | undefined
  /** Resolves when everything let in so far is on disk; rejects when the store failed or the queue was closed. */
  settled(): Promise<void>
  close(): void
}

/** Whose hand was at what in a piece that the hall puts in. */
export interface Told {
  /** See provenance.ts; null where nothing is known. */
  readonly provenance: string | null
  /** Whether others deleted what it deletes, who are told of in `provenance`. */
  readonly isOfOthers: boolean
}

export interface CommitEvents {
  committed(batch: Batch, packet: Packet, row: number): void
  /** Nothing of what was let in since the last commit may be relied upon. The queue is closed. */
  failed(fault: Error): void
}

/** So many edits share a commit well enough, and wait no longer. */
const largeBatchEdits = 200

const newBatch = (): Batch => ({
  pieces: [],
  runs: new Map(),
  edits: 0,
  since: 0,
  soleWriter: undefined,
  acks: new Map(),
  clients: [],
  owners: new Set(),
  deletions: new Map(),
  again: new Map(),
  told: [],
  waiters: [],
})

export const openCommitQueue = (draftId: string, ports: RoomPorts, events: CommitEvents): CommitQueue => {
  const { store, log, clock, pace, timing } = ports
  let gathering = newBatch()
  let inFlight: Batch | undefined
  /** The batch whose flush is arranged, and whether it may be brought forward. */
  let arranged: Batch | undefined
  let isWaiting = false
  let isClosed = false
  let flushedAt = 0
  let lastWriter: Batch['soleWriter']

  const schedule = (): void => {
    if (inFlight || isClosed || gathering.edits === 0) return
    const isLarge = gathering.edits >= largeBatchEdits
    if (arranged === gathering && !(isWaiting && isLarge)) return
    arranged = gathering
    const batch = gathering
    const flushThis = (): void => {
      if (batch === gathering) flush()
    }
    const dueMs = isLarge ? 0 : dueAt()
    isWaiting = dueMs - timing.now() > 1
    if (isWaiting) pace.at(dueMs, flushThis)
    else timing.inThisTurn(flushThis)
  }

  /** Who writes alone waits for nothing after a pause of one window; where several write, letters wait for each other. */
  const dueAt = (): number => {
    const windowMs = pace.windowMs()
    if (windowMs === 0) return 0
    const isAlone = gathering.soleWriter !== 'several' && gathering.soleWriter === lastWriter
    return (isAlone ? flushedAt : gathering.since) + windowMs
  }

  const flush = (): void => {
    if (isClosed || inFlight || gathering.edits === 0) return
    const batch = gathering
    gathering = newBatch()
    inFlight = batch
    flushedAt = timing.now()
    lastWriter = batch.soleWriter
    for (const run of batch.runs.values()) endRun(run)
    const packet = stitch(batch.pieces)
    const provenance = writeRowProvenance(batch.deletions, batch.again, batch.told)
    const row = { bytes: packet.bytes, edits: batch.edits, at: clock.now(), provenance }
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

  const last = (): Batch | undefined => (gathering.edits > 0 ? gathering : inFlight)

  const note = (owner: string, writer: Connection | undefined): void => {
    gathering.soleWriter = gathering.edits === 0 || gathering.soleWriter === writer ? writer : 'several'
    if (gathering.edits === 0) gathering.since = timing.now()
    gathering.edits += 1
    gathering.owners.add(owner)
    schedule()
  }

  return {
    add: (piece, owner, writer, told) => {
      gathering.pieces.push(piece)
      if (piece.deletes.length > 0 && !told?.isOfOthers)
        noteDeletions(gathering.deletions, owner, piece.deletes)
      if (piece.again) noteDeletions(gathering.again, owner, piece.again)
      if (told?.provenance) gathering.told.push(told.provenance)
      for (const clientId of piece.freshClients) gathering.clients.push({ clientId, owner })
      note(owner, writer)
    },
    addLetter: (letter, writer) => {
      const run = gathering.runs.get(letter.client)
      if (!run || !extendRun(run, letter)) {
        if (run) endRun(run)
        const next = beginRun(letter)
        gathering.runs.set(letter.client, next)
        gathering.pieces.push(next.piece)
      }
      note(writer.owner, writer)
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
