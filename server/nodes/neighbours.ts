// Which other nodes of the hall are there. Each says so every moment, over the bus and in the store; who is silent on
// both roads is gone, with everybody who was connected through it.
import { randomBytes } from 'node:crypto'
import type { Bus } from '../ports.ts'

const sayEveryMs = 1_000
/** Silent for so long is gone. */
const silentMsMax = 5_000
/** A round this late means that this node stood still, so that it is no judge of others' silence. */
const lateMs = 3 * sayEveryMs

export interface NeighbourEvents {
  /** It hears us from now on, and knows nothing yet. */
  came(node: string): void
  gone(node: string): void
}

export interface Neighbours {
  /** This node's name, new at every start. */
  readonly node: string
  /** Something of it was heard or read just now. */
  heard(node: string): void
  watch(events: NeighbourEvents): void
  count(): number
  /** Says good-bye. */
  close(): void
}

export const openNeighbours = (bus: Bus): Neighbours => {
  const node = `nd_${randomBytes(9).toString('base64url')}`
  const heardAt = new Map<string, number>()
  const watchers: NeighbourEvents[] = []
  let saidAt = performance.now()

  const heard = (other: string): void => {
    if (other === node) return
    const isNew = !heardAt.has(other)
    heardAt.set(other, performance.now())
    if (isNew) for (const { came } of watchers) came(other)
  }
  const forget = (other: string): void => {
    if (!heardAt.delete(other)) return
    for (const { gone } of watchers) gone(other)
  }
  const unsubscribe = bus.subscribe((message) => {
    if (message.kind !== 'node') return
    if (message.leaves) forget(message.node)
    else heard(message.node)
  })

  const round = (): void => {
    bus.publish({ kind: 'node', node, leaves: false })
    const now = performance.now()
    const stoodStill = now - saidAt > lateMs
    saidAt = now
    for (const [other, at] of heardAt) {
      if (stoodStill) heardAt.set(other, now)
      else if (now - at > silentMsMax) forget(other)
    }
  }
  const timer = setInterval(round, sayEveryMs)
  timer.unref()
  bus.publish({ kind: 'node', node, leaves: false })

  return {
    node,
    heard,
    watch: (events) => {
      watchers.push(events)
    },
    count: () => heardAt.size,
    close: () => {
      clearInterval(timer)
      unsubscribe()
      bus.publish({ kind: 'node', node, leaves: true })
    },
  }
}
