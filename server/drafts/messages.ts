// Reads one message of the y-websocket protocol and hands it to the room; whatever does not decode ends the connection.
import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import { type DraftCloseReason, draftMessage, syncMessage } from '../../shared/drafts/wire.ts'
import { type Cursor, readVarBytes, readVarUint, torn } from './bytes.ts'
import type { Connection } from './connection.ts'
import { readFrames } from './frameReader.ts'
import { frameAwareness } from './frames.ts'
import type { Room } from './room.ts'

/** Reads what a client sends for as long as the door is open. */
export const receiveFrom = (
  ws: WebSocket,
  socket: Duplex,
  room: Room,
  connection: Connection,
  frameBytesMax: number,
  isOpen: () => boolean,
): void => {
  ws.on('message', (data: Buffer, isBinary: boolean) => {
    if (!isOpen()) return
    if (!isBinary) connection.refuse('malformed')
    else if (data.length > frameBytesMax) connection.refuse('tooLarge')
    else receiveMessage(room, connection, data)
  })
  readFrames(socket, (data) => {
    if (isOpen()) receiveMessage(room, connection, data)
  })
}

/** One message, without the header of its WebSocket frame. */
export const receiveMessage = (room: Room, connection: Connection, data: Uint8Array): void => {
  // A connection that was refused may still have frames on the way.
  if (!connection.isOpen() || room.isClosed) return
  connection.spend(1 + data.length / 1024)
  const offence = read(room, connection, data)
  if (offence) connection.refuse(offence)
}

const read = (room: Room, connection: Connection, data: Uint8Array): DraftCloseReason | undefined => {
  const c: Cursor = { bytes: data, pos: 0, end: data.length }
  try {
    switch (readVarUint(c)) {
      case draftMessage.sync:
        return readSync(room, connection, c)
      case draftMessage.awareness: {
        const payload = readVarBytes(c)
        return c.pos === c.end ? readAwareness(room, connection, payload) : 'malformed'
      }
      case draftMessage.queryAwareness: {
        if (c.pos !== c.end) return 'malformed'
        const present = room.audience.awareness.all()
        if (!present) return undefined
        connection.spend(present.length / 1024)
        connection.send(frameAwareness(present))
        return undefined
      }
      default:
        return 'malformed'
    }
  } catch (fault) {
    if (fault === torn) return 'malformed'
    throw fault
  }
}

const readSync = (room: Room, connection: Connection, c: Cursor): DraftCloseReason | undefined => {
  const kind = readVarUint(c)
  const body = readVarBytes(c)
  if (c.pos !== c.end) return 'malformed'
  if (kind === syncMessage.step1) {
    if (body.length > room.limits.stateVectorBytesMax) return 'tooLarge'
    room.answer(connection, body)
    return undefined
  }
  if (kind !== syncMessage.step2 && kind !== syncMessage.update) return 'malformed'
  if (kind === syncMessage.step2) connection.settled = true
  return room.take(connection, body)
}

const readAwareness = (
  room: Room,
  connection: Connection,
  payload: Uint8Array,
): DraftCloseReason | undefined => {
  const offence = room.audience.awareness.receive(connection, payload, room.writerOf)
  if (!offence) room.audience.awarenessChanged()
  return offence
}
