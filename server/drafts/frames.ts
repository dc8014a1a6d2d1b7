// Whole WebSocket frames, header included, built once and written as they are to every receiver's socket. Measured:
// one `socket.write` of a ready frame costs a quarter less than `ws.send`, which frames anew and writes two buffers.
import { draftMessage, hallMessage, syncMessage } from '../../shared/drafts/wire.ts'
import { sizeOfVarUint, writeVarUint } from './bytes.ts'

const finBinary = 0x82

const headerSize = (length: number): number => (length < 126 ? 2 : length < 65_536 ? 4 : 10)

const writeHeader = (frame: Buffer, length: number): number => {
  frame[0] = finBinary
  if (length < 126) {
    frame[1] = length
    return 2
  }
  if (length < 65_536) {
    frame[1] = 126
    frame.writeUInt16BE(length, 2)
    return 4
  }
  frame[1] = 127
  frame.writeUInt32BE(0, 2)
  frame.writeUInt32BE(length, 6)
  return 10
}

/** `numbers` as varUints, then, with `body`, its length and its bytes. */
const frameOf = (numbers: readonly number[], body?: Uint8Array): Buffer => {
  let length = 0
  for (const number of numbers) length += sizeOfVarUint(number)
  if (body) length += sizeOfVarUint(body.length) + body.length
  const frame = Buffer.allocUnsafe(headerSize(length) + length)
  let pos = writeHeader(frame, length)
  for (const number of numbers) pos = writeVarUint(frame, pos, number)
  if (body) frame.set(body, writeVarUint(frame, pos, body.length))
  return frame
}

export const frameStep1 = (stateVector: Uint8Array): Buffer =>
  frameOf([draftMessage.sync, syncMessage.step1], stateVector)

export const frameStep2 = (update: Uint8Array): Buffer =>
  frameOf([draftMessage.sync, syncMessage.step2], update)

export const frameUpdate = (update: Uint8Array): Buffer =>
  frameOf([draftMessage.sync, syncMessage.update], update)

export const frameAwareness = (update: Uint8Array): Buffer => frameOf([draftMessage.awareness], update)

export const frameDenied = (reason: string): Buffer =>
  frameOf([draftMessage.auth, 0], new TextEncoder().encode(reason))

export const frameCommitted = (count: number): Buffer =>
  frameOf([draftMessage.hall, hallMessage.committed, count])

export const frameRoom = (textBytes: number, textBytesMax: number, edits: number, editsMax: number): Buffer =>
  frameOf([draftMessage.hall, hallMessage.room, textBytes, textBytesMax, edits, editsMax])

/** Awareness without entries: changes nothing, and keeps clients that count messages from thinking us gone. */
export const frameHeartbeat = frameAwareness(new Uint8Array([0]))
