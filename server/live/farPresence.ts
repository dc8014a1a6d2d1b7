// Presence across nodes: each node says who is connected through it, over the bus at every change and again every few
// seconds, and in the store for those whom the bus does not reach.
import { sql } from 'kysely'
import type { Neighbours } from '../nodes/neighbours.ts'
import { openRounds } from '../nodes/rounds.ts'
import { type Bus, type Store, step } from '../ports.ts'
import type { PresenceRoom, Present } from './presence.ts'

const sayAgainEveryMs = 4_000
const writeEveryMs = 2_000
/** While nodes do not hear each other, a change is written as soon as this after the last. */
const writeGapMs = 300
/** A node heard over the bus so lately says there what its row says later. */
const busMsMax = 3_000
/** By the store's clock. */
const forgottenMs = 60_000

/** What every node's clock agrees on. */
const storeNow = sql<number>`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`

export interface FarPresence {
  /** Who is connected here to this meeting changed. */
  changed(meetingId: string): void
  close(): Promise<void>
}

interface FarPresenceDeps {
  readonly store: Store
  readonly bus: Bus
  readonly neighbours: Neighbours
  readonly presence: PresenceRoom
  /** Who is connected elsewhere to this meeting changed. */
  readonly onChange: (meetingId: string) => void
}

export const openFarPresence = (deps: FarPresenceDeps): FarPresence => {
  const { store, bus, neighbours, presence, onChange } = deps
  const { node } = neighbours
  let writtenAt = Number.NEGATIVE_INFINITY
  let hasChanged = true

  const say = (meetingId: string): void => {
    if (bus.status() === 'alone') return
    bus.publish({ kind: 'presence', node, meetingId, ...presence.presentHere(meetingId) })
  }
  const sayAll = (): void => {
    for (const meetingId of presence.meetings()) say(meetingId)
  }
  const hearAll = (other: string, all: Readonly<Record<string, Present>>): void => {
    for (const meetingId of presence.hearAll(other, all)) onChange(meetingId)
  }

  const heardOnBusAt = new Map<string, number>()
  const rowSeenAt = new Map<string, number>()

  const unsubscribe = bus.subscribe((message) => {
    if ((message.kind !== 'node' && message.kind !== 'presence') || message.node === node) return
    heardOnBusAt.set(message.node, performance.now())
    if (message.kind === 'node') return
    neighbours.heard(message.node)
    if (presence.hear(message.node, message.meetingId, message)) onChange(message.meetingId)
  })
  neighbours.watch({
    came: sayAll,
    gone: (other) => {
      heardOnBusAt.delete(other)
      hearAll(other, {})
    },
  })
  const again = setInterval(sayAll, sayAgainEveryMs)
  again.unref()

  const write = async (): Promise<void> => {
    const gapMs = hasChanged && bus.status() !== 'up' ? writeGapMs : writeEveryMs
    if (performance.now() - writtenAt < gapMs) return
    writtenAt = performance.now()
    hasChanged = false
    const all = Object.fromEntries(presence.meetings().map((id) => [id, presence.presentHere(id)]))
    const row = { seenAt: storeNow, presence: JSON.stringify(all) }
    const { db } = store
    await store.write([
      step(
        db
          .insertInto('nodes')
          .values({ node, ...row })
          .onConflict((conflict) => conflict.column('node').doUpdateSet(row)),
      ),
      step(db.deleteFrom('nodes').where('seenAt', '<', sql<number>`${storeNow} - ${forgottenMs}`)),
    ])
  }
  const read = async (): Promise<void> => {
    const rows = await store.db
      .selectFrom('nodes')
      .select(['node', 'presence', 'seenAt'])
      .where('node', '<>', node)
      .execute()
    for (const row of rows) {
      if (rowSeenAt.get(row.node) === row.seenAt) continue
      const isFirst = !rowSeenAt.has(row.node)
      rowSeenAt.set(row.node, row.seenAt)
      // A row that was there already may be of a node that is gone: it counts once it is renewed.
      if (isFirst) continue
      neighbours.heard(row.node)
      const heardMs = performance.now() - (heardOnBusAt.get(row.node) ?? Number.NEGATIVE_INFINITY)
      if (heardMs > busMsMax) hearAll(row.node, JSON.parse(row.presence))
    }
    const there = new Set(rows.map((row) => row.node))
    for (const other of rowSeenAt.keys()) if (!there.has(other)) rowSeenAt.delete(other)
  }
  const rounds = openRounds(store, bus, async () => {
    await write()
    await read()
  })

  return {
    changed: (meetingId) => {
      hasChanged = true
      say(meetingId)
    },
    close: async () => {
      clearInterval(again)
      rounds.close()
      unsubscribe()
      if (store.dialect === 'sqlite') return
      await store.write([step(store.db.deleteFrom('nodes').where('node', '=', node))]).catch(() => {})
    },
  }
}
