// Owns the orders that wait for an answer: sent one after another, the same id until an answer comes, kept in the
// tab's storage so that a page killed in the background sends the same ballot again when it returns.
import type { Command } from '../../shared/meeting/commands.ts'
import type { Answer, Done } from '../../shared/wire/live.ts'

export interface PendingOrder {
  readonly commandId: string
  readonly meetingId: string
  /** Who gave it: it must never be sent in another's name when the device changes hands. */
  readonly actorId: string
  readonly command: Command
  readonly givenAt: number
}

/** What became of an order, also of one that an earlier life of this page gave. */
export interface AnsweredOrder {
  readonly order: PendingOrder
  readonly answer: Answer<Done>
}

export interface TextStorage {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

/** Whoever gave other orders than these does not expect them minutes later, when the meeting has moved on. */
const lasting: ReadonlySet<Command['type']> = new Set(['castBallot', 'countHands', 'checkIn', 'leave'])
const orderAgeMsMax = 120_000

export const isStale = (order: PendingOrder, now: number): boolean =>
  !lasting.has(order.command.type) && now - order.givenAt > orderAgeMsMax

const storageKey = (meetingId: string): string => `yishiting.orders.${meetingId}`

const isPendingOrder = (it: unknown): it is PendingOrder => {
  if (typeof it !== 'object' || it === null) return false
  const order = it as Partial<Record<keyof PendingOrder, unknown>>
  return (
    typeof order.commandId === 'string' &&
    typeof order.meetingId === 'string' &&
    typeof order.actorId === 'string' &&
    typeof order.givenAt === 'number' &&
    typeof order.command === 'object' &&
    order.command !== null
  )
}

export const readOrders = (storage: TextStorage | null, meetingId: string): readonly PendingOrder[] => {
  try {
    const kept: unknown = JSON.parse(storage?.getItem(storageKey(meetingId)) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isPendingOrder).filter((it) => it.meetingId === meetingId) : []
  } catch {
    return []
  }
}

export const keepOrders = (
  storage: TextStorage | null,
  meetingId: string,
  orders: readonly PendingOrder[],
): void => {
  try {
    if (orders.length === 0) storage?.removeItem(storageKey(meetingId))
    else storage?.setItem(storageKey(meetingId), JSON.stringify(orders))
  } catch {
    // A browser that forbids storage still sends, as long as the page lives.
  }
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** 132 random bits. `crypto.randomUUID` is missing on plain http, `getRandomValues` is not. */
export const newCommandId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(22)), (byte) => alphabet[byte & 63]).join('')
