// One seat's connection, as light as it can be, so that ten thousand of them measure the server and not themselves: its
// own WebSocket frames over a bare socket, all sockets reading into one buffer, Socket.IO spoken by hand.
import { connect, type Socket } from 'node:net'

export interface Where {
  readonly port: number
  /** Socket.IO, or frames without anything around them. */
  readonly speaks: 'socketIo' | 'bare'
  readonly cookie: string
}

const readBuffer = Buffer.allocUnsafe(256 * 1024)
const nothing = Buffer.alloc(0)
const headerBytesMax = 14
const digit = { zero: 48, two: 50, three: 51, four: 52 } as const
const opcode = { text: 1, close: 8, ping: 9 } as const

/** A text frame from a client, masked with zeros, which leave it as it is. */
const frameOf = (text: string): Buffer => {
  const length = Buffer.byteLength(text)
  const frame = Buffer.allocUnsafe(headerBytesMax + length)
  let at = 2
  frame[0] = 0x80 | opcode.text
  if (length < 126) frame[1] = 0x80 | length
  else if (length < 65_536) {
    frame[1] = 0x80 | 126
    frame.writeUInt16BE(length, 2)
    at = 4
  } else {
    frame[1] = 0x80 | 127
    frame.writeBigUInt64BE(BigInt(length), 2)
    at = 10
  }
  frame.fill(0, at, at + 4)
  at += 4
  frame.write(text, at)
  return frame.subarray(0, at + length)
}

export class Seat {
  private readonly socket: Socket
  private readonly where: Where
  /** Called with what the server says unasked; a view, valid during the call. */
  private readonly hear: (message: Buffer) => void
  private readonly answers = new Map<number, (message: Buffer) => void>()
  private rest: Buffer = nothing
  private isUpgraded = false
  private asked = 0
  private whenIn: () => void = () => {}
  private whenLost: (why: Error) => void = () => {}

  private constructor(where: Where, hear: (message: Buffer) => void) {
    this.where = where
    this.hear = hear
    this.socket = connect({
      host: '127.0.0.1',
      port: where.port,
      noDelay: true,
      onread: {
        buffer: readBuffer,
        callback: (length: number, buffer: Uint8Array) => {
          this.take(buffer.subarray(0, length) as Buffer)
          return true
        },
      },
    })
    this.socket.on('error', (fault) => this.whenLost(fault))
    this.socket.on('close', () => this.whenLost(new Error('the line was closed')))
  }

  /** Resolves when the server has let it in. */
  static enter(where: Where, hear: (message: Buffer) => void): Promise<Seat> {
    const seat = new Seat(where, hear)
    const path = where.speaks === 'bare' ? '/' : '/socket.io/?EIO=4&transport=websocket'
    const cookie = where.cookie ? `Cookie: ${where.cookie}\r\n` : ''
    seat.socket.write(
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${where.port}\r\n${cookie}Connection: Upgrade\r\nUpgrade: websocket\r\n` +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    )
    return new Promise((resolve, reject) => {
      seat.whenIn = () => resolve(seat)
      seat.whenLost = reject
    })
  }

  /** Sends a Socket.IO message, or the bare payload. */
  say(name: string, payload: unknown): void {
    const bare = this.where.speaks === 'bare'
    this.socket.write(frameOf(bare ? JSON.stringify(payload) : `42${JSON.stringify([name, payload])}`))
  }

  /** Resolves with what the server answers. */
  ask<T>(name: string, payload: unknown): Promise<T> {
    return new Promise((resolve) => {
      this.send(name, payload, (message) => resolve(JSON.parse(message.toString())[0]))
    })
  }

  /** Resolves with whether the answer was yes, without reading the rest: a welcome is long. */
  isGranted(name: string, payload: unknown): Promise<boolean> {
    return new Promise((resolve) => {
      this.send(name, payload, (message) => resolve(message.includes('{"ok":true')))
    })
  }

  private send(name: string, payload: unknown, whenAnswered: (message: Buffer) => void): void {
    const id = this.asked
    this.asked += 1
    this.answers.set(id, whenAnswered)
    this.socket.write(frameOf(`42${id}${JSON.stringify([name, payload])}`))
  }

  leave(): void {
    this.whenLost = () => {}
    this.socket.destroy()
  }

  private take(chunk: Buffer): void {
    let bytes = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk])
    if (!this.isUpgraded) {
      const end = bytes.indexOf('\r\n\r\n')
      if (end < 0) {
        this.rest = Buffer.from(bytes)
        return
      }
      if (!bytes.subarray(0, 12).toString().endsWith('101')) {
        this.whenLost(new Error(bytes.subarray(0, 60).toString()))
        return
      }
      this.isUpgraded = true
      bytes = bytes.subarray(end + 4)
      if (this.where.speaks === 'bare') this.whenIn()
    }
    const left = this.readFrames(bytes)
    this.rest = left.length === 0 ? nothing : Buffer.from(left)
  }

  private readFrames(bytes: Buffer): Buffer {
    let at = 0
    while (bytes.length - at >= 2) {
      let length = (bytes[at + 1] as number) & 127
      let start = at + 2
      if (length === 126) {
        if (bytes.length < at + 4) break
        length = bytes.readUInt16BE(at + 2)
        start = at + 4
      } else if (length === 127) {
        if (bytes.length < at + 10) break
        length = Number(bytes.readBigUInt64BE(at + 2))
        start = at + 10
      }
      if (bytes.length < start + length) break
      if (((bytes[at] as number) & 15) === opcode.text) this.read(bytes.subarray(start, start + length))
      at = start + length
    }
    return bytes.subarray(at)
  }

  /** Engine.IO: `0` opens, `2` pings, `4` carries Socket.IO: `40` lets in, `42` says, `43` answers, `44` refuses. */
  private read(message: Buffer): void {
    if (this.where.speaks === 'bare') this.hear(message)
    else if (message[0] === digit.two) this.socket.write(frameOf('3'))
    else if (message[0] === digit.zero) this.socket.write(frameOf('40'))
    else if (message[0] !== digit.four) return
    else if (message[1] === digit.two) this.hear(message)
    else if (message[1] === digit.zero) this.whenIn()
    else if (message[1] === digit.four) this.whenLost(new Error(message.toString()))
    else if (message[1] === digit.three) {
      const list = message.indexOf('[')
      const id = Number(message.toString('latin1', 2, list))
      this.answers.get(id)?.(message.subarray(list))
      this.answers.delete(id)
    }
  }
}
