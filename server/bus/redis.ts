// The bus between nodes: one Redis stream that every node writes to and follows. What a node says is heard by itself at
// once and without Redis; what Redis loses or delays is found in the store.
import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Bus, BusMessage } from '../ports.ts'
import { openLocalBus } from './local.ts'
import { connectionTo, silenceMsMax } from './redisLine.ts'

export interface RedisBusOptions {
  /** The stream's key; halls that share a Redis need different ones. */
  readonly key?: string
  /** `fault`: what the connection met with, where something says so. */
  readonly onStatus?: (status: 'up' | 'down', fault?: unknown) => void
}

export interface RedisBus extends Bus {
  /** `down` while nodes cannot hear each other through Redis. */
  status(): 'up' | 'down'
}

/** Entries kept, about: a node that was away for longer finds the rest in the store. */
const entriesMax = 5_000
const entriesPerRead = 500
const blockMs = 1_000
/** Answers outstanding, and their bytes, before hints are dropped instead of kept for a Redis that does not take them. */
const unansweredMax = 1_000
const unansweredBytesMax = 8 * 1024 * 1024

/** Ids of a stream, `<ms>-<n>`, by age. */
const isOlder = (a: string, b: string): boolean => {
  const [aMs = 0, aN = 0] = a.split('-').map(Number)
  const [bMs = 0, bN = 0] = b.split('-').map(Number)
  return aMs === bMs ? aN < bN : aMs < bMs
}

const beginning = '0-0'

/** @param url `redis://user:password@host:port/db`. Never waits for Redis: it may be away for as long as it likes. */
export const openRedisBus = (url: string, options: RedisBusOptions = {}): RedisBus => {
  const { key = 'yishiting:bus', onStatus } = options
  const node = randomBytes(9).toString('base64url')
  const local = openLocalBus()
  const speaker = connectionTo(url)
  const listener = connectionTo(url)
  const closing = new AbortController()
  let outbox: BusMessage[] = []
  let unanswered = 0
  let unansweredBytes = 0
  /** Where the listener stands in the stream; `null` until it first looked. */
  let position: string | null = null
  /** Whether it looked since it last came back. */
  let isPlaced = false
  let heardAt = Number.NEGATIVE_INFINITY
  /** `null` until either is certain. */
  let told: 'up' | 'down' | null = null

  const status = (): 'up' | 'down' =>
    speaker.isReady && listener.isReady && performance.now() - heardAt < silenceMsMax ? 'up' : 'down'
  const tellStatus = (fault?: unknown): void => {
    const now = status()
    if (now === told || closing.signal.aborted) return
    // While the lines are being opened, only a fault says that it is away: a wrong password, or nobody there.
    if (told === null && now === 'down' && fault === undefined) return
    told = now
    onStatus?.(now, fault)
  }
  for (const client of [speaker, listener]) client.on('ready', () => tellStatus()).on('error', tellStatus)

  /** What was said in one turn goes as one entry. */
  const send = (): void => {
    const messages = outbox
    outbox = []
    if (!speaker.isReady || unanswered >= unansweredMax || closing.signal.aborted) return
    const text = JSON.stringify(messages)
    if (unansweredBytes + text.length > unansweredBytesMax) return
    unanswered += 1
    unansweredBytes += text.length
    const TRIM = { strategy: 'MAXLEN', strategyModifier: '~', threshold: entriesMax } as const
    speaker
      .xAdd(key, '*', { node, messages: text }, { TRIM })
      .catch(() => {})
      .finally(() => {
        unanswered -= 1
        unansweredBytes -= text.length
      })
  }

  const hear = (entry: Readonly<Record<string, string>>): void => {
    if (entry.node === node || entry.messages === undefined) return
    for (const message of JSON.parse(entry.messages) as BusMessage[]) local.publish(message)
  }

  /**
   * A stream that was flushed begins anew, and on a clock that went back with ids below our position, which we would
   * wait for forever.
   */
  const findPosition = async (): Promise<string> => {
    const [newest] = (await listener.xRevRange(key, '+', '-', { COUNT: 1 })) ?? []
    heardAt = performance.now()
    tellStatus()
    if (position === null) return newest?.id ?? beginning
    return newest && isOlder(newest.id, position) ? beginning : position
  }

  const listen = async (): Promise<void> => {
    if (position === null || !isPlaced) position = await findPosition()
    isPlaced = true
    const streams = await listener.xRead({ key, id: position }, { BLOCK: blockMs, COUNT: entriesPerRead })
    heardAt = performance.now()
    tellStatus()
    if (!streams) {
      position = await findPosition()
      return
    }
    for (const { messages } of streams as { messages: { id: string; message: Record<string, string> }[] }[]) {
      for (const { id, message } of messages) {
        position = id
        hear(message)
      }
    }
  }

  const follow = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      try {
        await listen()
      } catch {
        isPlaced = false
        tellStatus()
        await pause(25 + Math.random() * 25)
      }
    }
  }

  for (const client of [speaker, listener]) client.connect().catch(() => {})
  const following = follow()

  return {
    publish: (message) => {
      local.publish(message)
      if (outbox.length === 0) setImmediate(send)
      outbox.push(message)
    },
    hear: local.publish,
    subscribe: local.subscribe,
    status,
    close: async () => {
      if (outbox.length > 0) send()
      closing.abort()
      for (const client of [speaker, listener]) if (client.isOpen) client.destroy()
      await following
      await local.close()
    },
  }
}
