// Drafts across nodes: what is committed here is told to the others, what they commit is taken in, and carets travel.
// The bus only hints; whatever it loses is found by comparing with the store.
import type { Neighbours } from '../nodes/neighbours.ts'
import type { Rounds } from '../nodes/rounds.ts'
import type { Bus, FarCaret, Store } from '../ports.ts'
import { readMarks } from './nodesNews.ts'
import type { Room } from './room.ts'
import type { Timing } from './timing.ts'

/** Larger updates are read from the store, so that the bus stays light. */
const hintBytesMax = 16 * 1024
const caretsPerHint = 100
/** A draft that was compared with the store so lately is not compared again before it is read. */
const trustedMs = 1_500

export interface DraftNodes {
  committed(
    draftId: string,
    row: { readonly updateId: number; readonly edits: number; readonly bytes: Uint8Array },
    clients: readonly { readonly clientId: number; readonly owner: string }[],
  ): void
  caretsChanged(draftId: string, carets: readonly FarCaret[]): void
  opened(room: Room): void
  /** Resolves once the room holds what was committed anywhere before the call, or a moment before it (`lately`). */
  current(room: Room, how: 'now' | 'lately'): Promise<void>
  close(): void
}

export interface DraftNodesDeps {
  readonly store: Store
  readonly bus: Bus
  readonly neighbours: Neighbours
  readonly rooms: () => Promise<readonly Room[]>
  readonly roomOf: (draftId: string) => Promise<Room> | undefined
  readonly timing: Pick<Timing, 'now'>
  readonly openRounds: (look: () => Promise<void>) => Pick<Rounds, 'close'>
}

export const openDraftNodes = (deps: DraftNodesDeps): DraftNodes => {
  const { store, bus, neighbours, timing } = deps
  const { node } = neighbours
  const isAlone = (): boolean => bus.status() === 'alone'
  /** When a room was last known to hold everything. */
  const comparedAt = new WeakMap<Room, number>()

  const inRoom = (draftId: string, run: (room: Room) => void): void => {
    // A room that could not be opened has nobody to tell.
    deps.roomOf(draftId)?.then(
      (room) => {
        if (!room.isClosed) run(room)
      },
      () => {},
    )
  }
  const sayCarets = (draftId: string, carets: readonly FarCaret[]): void => {
    if (isAlone()) return
    for (let i = 0; i < carets.length; i += caretsPerHint) {
      bus.publish({ kind: 'carets', node, draftId, carets: carets.slice(i, i + caretsPerHint) })
    }
  }
  const everyRoom = async (run: (room: Room) => void): Promise<void> => {
    for (const room of await deps.rooms()) run(room)
  }

  const unsubscribe = bus.subscribe((message) => {
    if (message.kind === 'draftRow') inRoom(message.draftId, (room) => room.far.hear(message))
    if (message.kind === 'caretsWanted' && message.node !== node) {
      inRoom(message.draftId, (room) => sayCarets(message.draftId, room.audience.awareness.near()))
    }
    if (message.kind !== 'carets' || message.node === node) return
    neighbours.heard(message.node)
    inRoom(message.draftId, (room) => {
      room.audience.awareness.hearFar(message.node, message.carets)
      room.audience.awarenessChanged()
    })
  })
  neighbours.watch({
    came: () => void everyRoom((room) => sayCarets(room.draftId, room.audience.awareness.near())),
    gone: (other) =>
      void everyRoom((room) => {
        room.audience.awareness.forgetNode(other)
        room.audience.awarenessChanged()
      }),
  })

  const rounds = deps.openRounds(async () => {
    const rooms = new Map((await deps.rooms()).map((room) => [room.draftId, room]))
    const began = timing.now()
    for (const mark of await readMarks(store, [...rooms.keys()])) {
      const room = rooms.get(mark.draftId)
      if (!room || room.isClosed) continue
      await room.far.compare(mark)
      comparedAt.set(room, began)
    }
  })

  return {
    committed: (draftId, { updateId, edits, bytes }, clients) => {
      if (isAlone()) return
      const isSmall = bytes.length <= hintBytesMax
      const text = isSmall ? Buffer.from(bytes).toString('base64') : null
      bus.publish({ kind: 'draftRow', draftId, updateId, edits, bytes: text, clients })
    },
    caretsChanged: sayCarets,
    opened: (room) => {
      comparedAt.set(room, timing.now())
      if (!isAlone()) bus.publish({ kind: 'caretsWanted', node, draftId: room.draftId })
    },
    current: async (room, how) => {
      if (!store.isShared) return
      const sinceMs = timing.now() - (comparedAt.get(room) ?? Number.NEGATIVE_INFINITY)
      if (how === 'lately' && sinceMs < trustedMs) return
      const began = timing.now()
      await room.far.catchUp()
      comparedAt.set(room, began)
    },
    close: () => {
      rounds.close()
      unsubscribe()
    },
  }
}
