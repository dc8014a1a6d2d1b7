// One draft's side of other nodes: takes in what they committed, in whatever order it is heard of, and has doubtful
// updates wait until the store was asked whether another node knows better.
import type { DraftHint, Store } from '../ports.ts'
import type { Connection } from './connection.ts'
import { frameUpdate } from './frames.ts'
import { fitStored, type Verdict } from './guard.ts'
import { append, follow, type History, updatesOf } from './history.ts'
import { admit, type Holdings, type Piece } from './holdings.ts'
import { loadDraft } from './load.ts'
import { readDraft, type StoredDraft } from './log.ts'
import { holdsRow, isAtMark, type Mark, readNews, readOwners, rowsOf } from './nodesNews.ts'
import { everything, type Scan, type Section, scanUpdate } from './scan.ts'
import { stitch } from './stitch.ts'

/** What the room lends. The holdings grow in place; the history's parts are replaced in place. */
export interface RoomInside {
  readonly draftId: string
  readonly store: Store
  readonly holdings: Holdings
  readonly history: History
  /** Resolves once what is being committed now is in the history; `undefined` when nothing is. */
  inFlight(): Promise<void> | undefined
  /** The merging of the log that is under way. */
  merging(): Promise<void> | undefined
  /** Whether the history's packets may be joined now. */
  mayRestitch(): boolean
  relay(frame: Buffer): void
  ownerFound(client: number, owner: string): void
  /** Judges again, whatever comes of it. */
  takeNow(connection: Connection, bytes: Uint8Array): void
}

export interface FarWriters {
  /** A row of another node, told by the bus. */
  hear(hint: Extract<DraftHint, { kind: 'draftRow' }>): void
  /** Reads what is missing; resolves when it is in. Calls share a reading that has not begun. */
  catchUp(): Promise<void>
  /** Catches up when the store says that something is missing. */
  compare(mark: Mark): Promise<void>
  /** A reading is under way, so that packets of the history must stay as they are. */
  isReading(): boolean
  /** Whether an update waits, behind which this connection's next ones must wait too. */
  isWaiting(connection: Connection): boolean
  /** Has an update wait for a reading of the store, and everything behind it on the same connection. */
  wait(connection: Connection, bytes: Uint8Array): void
}

/** So much of one connection waits at most for a reading of the store. */
const waitingBytesMax = 8 * 1024 * 1024

/** Whether another node may know what makes it right: a client that moved over, or a tab it opened there. */
export const isDoubtful = (verdict: Verdict): boolean =>
  verdict.kind === 'refused' || (verdict.kind === 'piece' && verdict.piece.freshClients.length > 0)

const unitsOf = (sections: readonly Section[]): number =>
  sections.reduce((sum, { clock, end }) => sum + end - clock, 0)

/** What of it is not held yet; undefined when it does not follow. */
const fitFar = (holdings: Holdings, scan: Scan, edits: number): Piece | undefined => {
  const piece = fitStored(holdings, scan, edits)
  const all = unitsOf(scan.sections)
  if (!piece || all === 0) return piece
  return { ...piece, textBytes: Math.round((piece.textBytes * unitsOf(piece.sections)) / all) }
}

/**
 * What of these is not held yet: a row that came while the draft was read may have been merged into its snapshot before
 * that was read, and would stand in the history twice.
 */
const beyond = (holdings: Holdings, tail: History['tail']): History['tail'] =>
  tail.flatMap((entry) => {
    const scan = scanUpdate(entry.packet.bytes, everything, Number.POSITIVE_INFINITY)
    const piece = scan && fitStored(holdings, scan, entry.edits)
    if (!piece) return [entry]
    admit(holdings, piece)
    if (piece.sections.length === 0 && piece.deletes.length === 0) return []
    return [{ ...entry, packet: stitch([piece]) }]
  })

/** @param strayRows rows that do not follow from anything, found at loading */
export const openFarWriters = (room: RoomInside, strayRows: readonly number[]): FarWriters => {
  const { draftId, store, holdings, history } = room
  /** Held by nobody, but known. */
  let strays = [...strayRows]
  const waiting = new Map<Connection, { updates: Uint8Array[]; bytes: number }>()
  let running: Promise<void> | null = null
  let next: Promise<void> | null = null
  let isReading = false

  /**
   * `ahead`: it follows upon what somebody wrote here that is still on its way to the disk, and must come behind it.
   * `stray`: it does not follow from anything known.
   */
  const takeIn = (
    bytes: Uint8Array,
    edits: number,
    updateId: number | undefined,
  ): 'in' | 'ahead' | 'stray' => {
    const scan = scanUpdate(bytes, everything, Number.POSITIVE_INFINITY)
    const piece = scan && fitFar(holdings, scan, edits)
    if (!piece) return 'stray'
    if (updateId !== undefined && !follow(history, piece.sections)) return 'ahead'
    admit(holdings, piece)
    const packet = stitch([piece])
    if (updateId !== undefined) append(history, packet, updateId, edits, !isReading && room.mayRestitch())
    if (piece.sections.length > 0 || piece.deletes.length > 0) room.relay(frameUpdate(packet.bytes))
    return 'in'
  }

  /**
   * Nodes that write at once may number rows in another order than they depend on, so the rest is tried again.
   * @returns the rows that do not follow
   */
  const takeInAll = async (rows: StoredDraft['rows']): Promise<number[]> => {
    let left = rows.filter(({ updateId }) => !holdsRow(history, updateId))
    for (;;) {
      const before = left.length
      let isAhead = false
      left = left.filter(({ bytes, edits, updateId }) => {
        const found = takeIn(bytes, edits, updateId)
        isAhead ||= found === 'ahead'
        return found !== 'in'
      })
      if (left.length < before) continue
      const onItsWay = isAhead ? room.inFlight() : undefined
      if (!onItsWay) return left.map(({ updateId }) => updateId)
      await onItsWay
    }
  }

  const learnOwners = async (rows: StoredDraft['rows']): Promise<void> => {
    const clients = rows.flatMap(
      ({ bytes }) => scanUpdate(bytes, everything, Number.POSITIVE_INFINITY)?.sections ?? [],
    )
    const unknown = new Set(
      clients.map(({ client }) => client).filter((client) => !holdings.owners.has(client)),
    )
    for (const { clientId, owner } of await readOwners(store, draftId, [...unknown])) {
      room.ownerFound(clientId, owner)
    }
  }

  /** Another node merged rows into the snapshot, perhaps some that were never seen here: everything is read. */
  const takeWhole = async (): Promise<void> => {
    const before = new Set(history.tail)
    const stored = await readDraft(store, draftId)
    await room.inFlight()
    await room.merging()
    const fresh = loadDraft(stored)
    for (const { clientId, owner } of stored.owners) room.ownerFound(clientId, owner)
    for (const update of updatesOf(fresh.history)) takeIn(update, 0, undefined)
    const read = new Set(stored.rows.map(({ updateId }) => updateId))
    const later = history.tail.filter(
      (entry) => !before.has(entry) && !entry.rows.some((row) => read.has(row)),
    )
    history.base = fresh.history.base
    history.tail = [...fresh.history.tail, ...beyond(fresh.holdings, later)]
    history.clocks = new Map(fresh.holdings.clocks)
    history.replies.clear()
    history.baseParts.clear()
    strays = [...fresh.strayRows]
    holdings.edits = Math.max(holdings.edits, fresh.holdings.edits)
  }

  const read = async (): Promise<void> => {
    while (room.merging()) await room.merging()
    isReading = true
    try {
      const news = await readNews(store, draftId, [...rowsOf(history), ...strays])
      if (news.upTo !== history.base?.upTo) return await takeWhole()
      await learnOwners(news.rows)
      // A commit of this node may be in the store and not yet in the history, where it belongs by itself.
      await room.inFlight()
      strays.push(...(await takeInAll(news.rows)))
    } finally {
      isReading = false
    }
  }

  const catchUp = (): Promise<void> => {
    if (!running) {
      running = read().finally(() => {
        running = null
      })
      return running
    }
    // What runs may have read before what the caller knows of was written.
    next ??= running
      .catch(() => {})
      .then(() => {
        next = null
        return catchUp()
      })
    return next
  }

  const hear: FarWriters['hear'] = ({ updateId, bytes, edits, clients }) => {
    if (holdsRow(history, updateId)) return
    for (const { clientId, owner } of clients) room.ownerFound(clientId, owner)
    const scan =
      bytes === null || updateId <= (history.base?.upTo ?? -1)
        ? undefined
        : scanUpdate(Buffer.from(bytes, 'base64'), everything, Number.POSITIVE_INFINITY)
    const piece = scan && fitFar(holdings, scan, edits)
    // What is held in part may be on its way to the disk from here: the reading waits for that.
    const isWhole = piece && unitsOf(piece.sections) === unitsOf(scan.sections)
    if (
      !isWhole ||
      bytes === null ||
      takeIn(new Uint8Array(Buffer.from(bytes, 'base64')), edits, updateId) !== 'in'
    ) {
      catchUp().catch(() => {})
    }
  }

  const wait: FarWriters['wait'] = (connection, bytes) => {
    const known = waiting.get(connection)
    if (known) {
      known.updates.push(bytes)
      known.bytes += bytes.length
      if (known.bytes > waitingBytesMax) connection.refuse('tooFast')
      return
    }
    const mine = { updates: [bytes], bytes: bytes.length }
    waiting.set(connection, mine)
    catchUp().then(
      () => {
        waiting.delete(connection)
        for (const update of mine.updates) if (connection.isOpen()) room.takeNow(connection, update)
      },
      () => {
        waiting.delete(connection)
        connection.refuse('storeUnavailable')
      },
    )
  }

  return {
    hear,
    catchUp,
    compare: async (mark) => {
      if (!isReading && !isAtMark(history, strays, mark)) await catchUp()
    },
    isReading: () => isReading,
    isWaiting: (connection) => waiting.has(connection),
    wait,
  }
}
