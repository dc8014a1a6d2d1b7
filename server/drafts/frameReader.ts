// Reads the frames that nearly all of a draft's traffic consists of (one whole, short, binary message of a client)
// straight from the socket's bytes. Every other byte goes on to `ws` as it came: long and fragmented messages, pings,
// closing, and whatever breaks the protocol. Measured: a third of what a keystroke cost was spent between the socket
// and the message.
import type { Duplex } from 'node:stream'

/** Longer messages are no keystrokes. */
const shortBytesMax = 4_096
const wholeBinary = 0x82
const finBit = 0x80
const maskBit = 0x80
const firstControlOpcode = 8

type TakeBytes = (bytes: Buffer) => void

/** @param take is given a view of the socket's bytes, unmasked */
export const readFrames = (socket: Duplex, take: TakeBytes): void => {
  const listeners = socket.listeners('data')
  const [toWs] = listeners
  if (!toWs || listeners.length !== 1) throw new Error('the socket is not read by ws alone')
  socket.off('data', toWs as TakeBytes)
  /** The beginning of a frame, too short to say how long it is. */
  let held: Buffer | undefined
  /** Bytes of a frame that are still to go to `ws`. */
  let passing = 0
  let isFragmented = false

  const pass = (bytes: Buffer, at: number): number => {
    const to = Math.min(bytes.length, at + passing)
    passing -= to - at
    toWs.call(socket, bytes.subarray(at, to))
    return to
  }

  socket.on('data', (chunk: Buffer) => {
    const bytes = held ? Buffer.concat([held, chunk]) : chunk
    held = undefined
    let at = 0
    while (at < bytes.length) {
      if (passing > 0) {
        at = pass(bytes, at)
        continue
      }
      const head = headBytesAt(bytes, at)
      if (at + head > bytes.length) {
        held = Buffer.from(bytes.subarray(at))
        return
      }
      const length = lengthAt(bytes, at)
      const first = bytes[at] as number
      const isMasked = ((bytes[at + 1] as number) & maskBit) !== 0
      const end = at + head + length
      if (
        first === wholeBinary &&
        isMasked &&
        !isFragmented &&
        length <= shortBytesMax &&
        end <= bytes.length
      ) {
        unmask(bytes, at + head, end)
        take(bytes.subarray(at + head, end))
        at = end
        continue
      }
      if ((first & 15) < firstControlOpcode) isFragmented = (first & finBit) === 0
      passing = head + length
    }
  })
}

/** How long its header is, mask included; one byte more than there is, where that cannot be told yet. */
const headBytesAt = (bytes: Buffer, at: number): number => {
  if (at + 2 > bytes.length) return 2
  const second = bytes[at + 1] as number
  const short = second & 127
  return (short < 126 ? 2 : short === 126 ? 4 : 10) + (second & maskBit ? 4 : 0)
}

const lengthAt = (bytes: Buffer, at: number): number => {
  const short = (bytes[at + 1] as number) & 127
  if (short < 126) return short
  if (short === 126) return bytes.readUInt16BE(at + 2)
  return bytes.readUInt32BE(at + 2) * 2 ** 32 + bytes.readUInt32BE(at + 6)
}

/** The mask stands right before the message. */
const unmask = (bytes: Buffer, from: number, to: number): void => {
  for (let i = from; i < to; i += 1) {
    bytes[i] = (bytes[i] as number) ^ (bytes[from - 4 + ((i - from) & 3)] as number)
  }
}
