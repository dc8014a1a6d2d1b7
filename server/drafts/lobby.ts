// Which drafts are in memory: loaded with the first visitor, whole or not at all; let go when nobody was there for a
// while.
import { openFamilies } from './forksFamilies.ts'
import { loadDraftAside } from './load.ts'
import { readDraft } from './log.ts'
import { Room } from './room.ts'
import type { RoomPorts } from './roomPorts.ts'

export interface Lobby {
  /** Loads the draft when it is not in memory. Rejects when the store cannot be read. */
  open(draftId: string): Promise<Room>
  /** The room, when it is in memory. */
  peek(draftId: string): Promise<Room> | undefined
  all(): Promise<Room[]>
  /** Lets a room go when it stays empty. */
  leave(room: Room): void
  size(): number
}

/** A log of so many rows is merged before its draft leaves memory. */
const tidyRows = 50

export const openLobby = (ports: Omit<RoomPorts, 'onClosed' | 'kin'>): Lobby => {
  const families = openFamilies(ports.store)
  const rooms = new Map<string, Promise<Room>>()
  const byRoom = new WeakMap<Room, Promise<Room>>()
  const forget = (room: Room): void => {
    if (rooms.get(room.draftId) === byRoom.get(room)) rooms.delete(room.draftId)
  }

  const load = async (draftId: string): Promise<Room> => {
    const kin = await families.join(draftId)
    const loaded = await readDraft(ports.store, draftId)
      .then((stored) => loadDraftAside(stored, ports.workbench))
      .catch((fault: unknown) => {
        kin.leave()
        throw fault
      })
    if (loaded.strayRows.length > 0) {
      ports.logger.error(
        { draftId, rows: loaded.strayRows },
        'rows of a draft do not follow and are not served',
      )
    }
    const onClosed = (room: Room): void => {
      kin.leave()
      forget(room)
    }
    const room = new Room(draftId, loaded, { ...ports, kin, onClosed })
    ports.nodes?.opened(room)
    return room
  }

  const open = async (draftId: string): Promise<Room> => {
    const known = rooms.get(draftId)
    if (known) {
      const room = await known
      // A room that closes is forgotten at once, so the next one is another.
      return room.isClosed ? open(draftId) : room
    }
    const loading = load(draftId)
    rooms.set(draftId, loading)
    loading.then(
      (room) => byRoom.set(room, loading),
      () => rooms.delete(draftId),
    )
    return loading
  }

  const unload = async (room: Room): Promise<void> => {
    if (room.audience.members.size > 0 || room.isClosed) return
    await room.settled()
    await room.tidy(tidyRows)
    if (room.isClosed) return
    await room.settled()
    if (room.audience.members.size === 0) room.letGo()
  }

  return {
    open,
    peek: (draftId) => rooms.get(draftId),
    all: async () => {
      const opened = await Promise.allSettled(rooms.values())
      return opened.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
    },
    leave: (room) => {
      if (room.audience.members.size > 0 || room.isClosed) return
      ports.timing.later(ports.limits.idleUnloadMs, () => {
        unload(room).catch((fault: Error) => {
          ports.logger.warn({ draftId: room.draftId, err: fault }, 'a draft could not be let go')
        })
      })
    },
    size: () => rooms.size,
  }
}
