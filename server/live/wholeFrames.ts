// A message leaves as one WebSocket frame in one piece: one write to the line, instead of a header and a body that are
// put together for each. What goes to everybody is put together once.
import type { Server } from 'socket.io'

/** A packet of the Socket.IO protocol. */
export interface Packet {
  readonly type: number
  readonly nsp: string
  readonly id?: number
  readonly data?: unknown
}

interface EnginePacket {
  readonly type: string
  readonly data?: unknown
  /** Shared by all to whom a broadcast goes. */
  readonly options: { readonly compress?: boolean; wsPreEncodedFrame?: readonly Buffer[] }
}

interface Transport {
  readonly name: string
  readonly writable: boolean
  /** The WebSocket; Engine.IO, too, hands it whole frames through its sender. */
  readonly socket?: { readonly _sender: { sendFrame(parts: readonly Buffer[]): void } }
}

type Write = (text: string, options: EnginePacket['options'], then?: () => void) => void

interface EngineSocket {
  readonly readyState: string
  readonly transport: Transport
  readonly writeBuffer: readonly unknown[]
  write: Write
  on(event: 'packetCreate', hear: (packet: EnginePacket) => void): void
}

/** Final, text. */
const opcode = 0x81
/** How Engine.IO begins a message: `4`. */
const message = 0x34

/** An unmasked WebSocket frame of the text behind the `4` of Engine.IO. */
export const frameOf = (text: string): Buffer => {
  const length = Buffer.byteLength(text) + 1
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const frame = Buffer.allocUnsafe(head + length)
  frame[0] = opcode
  if (head === 2) frame[1] = length
  else if (head === 4) {
    frame[1] = 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  frame[head] = message
  frame.write(text, head + 1)
  return frame
}

const inOnePiece = (text: string, parts: readonly Buffer[] | undefined): readonly Buffer[] =>
  parts?.length === 1 ? parts : [parts ? Buffer.concat(parts) : frameOf(text)]

/** Nothing waits before it, so that a message may go straight to the transport. */
const isIdle = ({ readyState, transport, writeBuffer }: EngineSocket): boolean =>
  readyState === 'open' && transport.name === 'websocket' && transport.writable && writeBuffer.length === 0

/** Most lines are idle: an answer goes to one without the ceremony of Engine.IO, which would wait for each write. */
export const sendWholeFrames = (io: Server): void => {
  io.engine.on('connection', (socket: EngineSocket) => {
    const usual: Write = socket.write.bind(socket)
    socket.write = (text, options, then) => {
      const line = socket.transport.socket
      if (then || !line || !isIdle(socket)) return usual(text, options, then)
      line._sender.sendFrame(inOnePiece(text, options.wsPreEncodedFrame))
    }
    socket.on('packetCreate', ({ type, data, options }) => {
      if (socket.transport.name !== 'websocket' || type !== 'message' || typeof data !== 'string') return
      options.wsPreEncodedFrame = inOnePiece(data, options.wsPreEncodedFrame)
    })
  })
}

/** To everybody in one room, but for those of others: put together once, and without a look at each one's rooms. */
export const broadcastStraight = (io: Server, textOf: (packet: Packet) => string): void => {
  const { adapter, sockets } = io.sockets
  const usual = adapter.broadcast.bind(adapter)
  const idsIn = (room: string): ReadonlySet<string> => adapter.rooms.get(room) ?? new Set()
  adapter.broadcast = (packet, to) => {
    const [room, ...more] = to.rooms
    if (room === undefined || more.length > 0) return usual(packet, to)
    const text = textOf({ ...packet, nsp: '/' })
    const options = { compress: false, wsPreEncodedFrame: [frameOf(text)] }
    const left = [...(to.except ?? [])].map(idsIn)
    for (const id of idsIn(room)) {
      if (left.some((ids) => ids.has(id))) continue
      const line = sockets.get(id)?.conn as unknown as EngineSocket | undefined
      line?.write(text, options)
    }
  }
}
