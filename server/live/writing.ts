// How answers become text. What everybody who comes in is sent (a meeting's state, its names) is written once and not
// once for each of them: a thousand who come back after a power cut would otherwise wait for it.
import type { Server } from 'socket.io'
import { broadcastStraight, type Packet, sendWholeFrames } from './wholeFrames.ts'

const sent = new WeakSet<object>()
const written = new WeakMap<object, string>()

/** Marks what will be sent to many as it is, and never changes. */
export const sentToMany = <T extends object>(value: T): T => {
  sent.add(value)
  return value
}

const jsonOf = (value: unknown): string => {
  if (typeof value !== 'object' || value === null || !sent.has(value)) return JSON.stringify(value)
  const text = written.get(value) ?? JSON.stringify(value)
  written.set(value, text)
  return text
}

const fieldsOf = (value: object): string =>
  Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .map(([name, field]) => `${JSON.stringify(name)}:${jsonOf(field)}`)
    .join(',')

const holdsSent = (value: object): boolean => {
  for (const field of Object.values(value)) {
    if (typeof field === 'object' && field !== null && sent.has(field)) return true
  }
  return false
}

const isGranted = (answer: unknown): answer is { ok: true; value: object } =>
  typeof answer === 'object' &&
  answer !== null &&
  'value' in answer &&
  typeof answer.value === 'object' &&
  answer.value !== null &&
  holdsSent(answer.value)

const dataOf = (data: unknown): string => {
  const answer = Array.isArray(data) && data.length === 1 ? data[0] : undefined
  return isGranted(answer) ? `[{"ok":true,"value":{${fieldsOf(answer.value)}}}]` : JSON.stringify(data)
}

/** A packet of the Socket.IO protocol as text. Its own encoder would look through all of it for bytes, which no message has. */
export const packetText = ({ type, nsp, id, data }: Packet): string =>
  `${type}${nsp === '/' ? '' : `${nsp},`}${id ?? ''}${data === undefined ? '' : dataOf(data)}`

export const writeAsText = (io: Server): void => {
  Object.assign(io.encoder, { encode: (packet: Packet) => [packetText(packet)] })
  sendWholeFrames(io)
  broadcastStraight(io, packetText)
}
