// Owns the sending of orders, strictly one after another, so that a second ballot can never overtake the first.
import type { Command } from '../../shared/meeting/commands.ts'
import type { Answer, Done } from '../../shared/wire/live.ts'
import {
  type AnsweredOrder,
  isStale,
  keepOrders,
  newCommandId,
  type PendingOrder,
  readOrders,
  type TextStorage,
} from './orders.ts'

export interface OutboxParts {
  readonly meetingId: string
  readonly storage: TextStorage | null
  /** One try; `null` when no answer came. */
  readonly order: (commandId: string, command: Command) => Promise<Answer<Done> | null>
  readonly now: () => number
  readonly changed: (orders: readonly PendingOrder[]) => void
  readonly answered: (answered: AnsweredOrder) => void
}

export interface Outbox {
  give(command: Command, giver: string): Promise<Answer<Done>>
  /** The connection is live under this name: what waits is sent. */
  resume(actorId: string): void
  hold(): void
  close(): void
}

const notYet: ReadonlySet<string> = new Set(['tooFast', 'busy', 'storeUnavailable'])
const pauseMsMax = 8_000
const unreachable: Answer<never> = { ok: false, refusal: { code: 'unreachable' } }

export const openOutbox = (parts: OutboxParts): Outbox => {
  let orders: readonly PendingOrder[] = readOrders(parts.storage, parts.meetingId)
  const settlers = new Map<string, (answer: Answer<Done>) => void>()
  /** Whose connection is live; `null` while none is. */
  let actorId: string | null = null
  let isSending = false
  let pause: ReturnType<typeof setTimeout> | null = null
  let failures = 0
  let closed = false

  const keep = (next: readonly PendingOrder[]): void => {
    orders = next
    keepOrders(parts.storage, parts.meetingId, orders)
    parts.changed(orders)
  }

  const settle = (order: PendingOrder, answer: Answer<Done>): void => {
    keep(orders.filter((it) => it.commandId !== order.commandId))
    settlers.get(order.commandId)?.(answer)
    settlers.delete(order.commandId)
    parts.answered({ order, answer })
  }

  const pauseThenSend = (): void => {
    failures += 1
    if (pause !== null) return
    pause = setTimeout(
      () => {
        pause = null
        void sendAll()
      },
      Math.min(pauseMsMax, 250 * 2 ** Math.min(failures, 5)) * (0.75 + Math.random() / 2),
    )
  }

  const sendFirst = async (order: PendingOrder): Promise<void> => {
    const answer = await parts.order(order.commandId, order.command)
    if (closed) return
    if (answer === null || (!answer.ok && notYet.has(answer.refusal.code))) return pauseThenSend()
    failures = 0
    settle(order, answer)
  }

  const sendAll = async (): Promise<void> => {
    if (isSending) return
    isSending = true
    while (!closed && actorId !== null && pause === null) {
      const first = orders[0]
      if (first === undefined) break
      if (first.actorId !== actorId) keep(orders.slice(1))
      else if (isStale(first, parts.now())) settle(first, unreachable)
      else await sendFirst(first)
    }
    isSending = false
  }

  return {
    give: (command, giver) => {
      if (closed) return Promise.resolve(unreachable)
      const order: PendingOrder = {
        commandId: newCommandId(),
        meetingId: parts.meetingId,
        actorId: giver,
        command,
        givenAt: parts.now(),
      }
      return new Promise((settled) => {
        settlers.set(order.commandId, settled)
        keep([...orders, order])
        void sendAll()
      })
    },
    resume: (name) => {
      actorId = name
      failures = 0
      if (pause !== null) clearTimeout(pause)
      pause = null
      void sendAll()
    },
    hold: () => {
      actorId = null
    },
    close: () => {
      closed = true
      if (pause !== null) clearTimeout(pause)
      for (const settled of settlers.values()) settled(unreachable)
      settlers.clear()
    },
  }
}
