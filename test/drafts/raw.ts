// A client that speaks bytes, for what no honest client sends.
import { createHash } from 'node:crypto'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { draftId, until } from './hall.ts'

export interface Raw {
  readonly ws: WebSocket
  readonly messages: Uint8Array[]
  closed: { code: number; reason: string } | undefined
  sync(kind: 1 | 2, update: Uint8Array): void
  send(bytes: Uint8Array): void
}

export const varUint = (value: number): number[] => {
  const bytes: number[] = []
  let rest = value
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128)
  return [...bytes, rest]
}

const withLength = (bytes: Uint8Array): number[] => [...varUint(bytes.length), ...bytes]

export const syncFrame = (kind: number, body: Uint8Array): Uint8Array => {
  const head = [0, kind, ...varUint(body.length)]
  const frame = new Uint8Array(head.length + body.length)
  frame.set(head)
  frame.set(body, head.length)
  return frame
}

export const awarenessFrame = (
  entries: readonly [client: number, clock: number, state: string][],
): Uint8Array => {
  const body = [...varUint(entries.length)]
  for (const [client, clock, state] of entries) {
    body.push(...varUint(client), ...varUint(clock), ...withLength(new TextEncoder().encode(state)))
  }
  return new Uint8Array([1, ...withLength(new Uint8Array(body))])
}

/** Connected, and past its empty answer to the server's question unless `settle` is false. */
export const openRaw = async (url: string, owner: string, query = '', settle = true): Promise<Raw> => {
  const ws = new WebSocket(`${url}/${draftId}?as=${owner}${query}`)
  const raw: Raw = {
    ws,
    messages: [],
    closed: undefined,
    sync: (kind, update) => ws.send(syncFrame(kind, update)),
    send: (bytes) => ws.send(bytes),
  }
  ws.on('message', (data: Buffer) => raw.messages.push(data))
  ws.on('error', () => {})
  ws.on('close', (code, reason) => {
    raw.closed = { code, reason: reason.toString() }
  })
  await until('the first message', () => raw.messages.length > 0 || raw.closed !== undefined)
  if (settle) raw.sync(1, new Uint8Array([0, 0]))
  return raw
}

/** The update of a document with a known client id that typed `text`. */
export const typed = (client: number, text: string): Uint8Array => {
  const doc = new Y.Doc()
  doc.clientID = client
  doc.getText('t').insert(0, text)
  return Y.encodeStateAsUpdate(doc)
}

/** Numbers from a seed, the same on every machine. */
export const seeded = (seed: string) => {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0) || 1
  const next = (): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
  return { next, below: (bound: number): number => Math.floor(next() * bound) }
}
