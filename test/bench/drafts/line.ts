// One person's WebSocket on a draft, as light as it can be, so that ten thousand of them measure the server and not
// themselves: its own frames over a bare socket, all sockets reading into one buffer.
import { connect, type Socket } from 'node:net'
import { type Cursor, readVarBytes, readVarUint } from '../../../server/drafts/bytes.ts'
import { varUint } from '../../drafts/raw.ts'
import type { Place } from './contenders.ts'

/** Shared by all lines: what is read is taken in before the next read. */
const readBuffer = Buffer.allocUnsafe(256 * 1024)
const nothing = Buffer.alloc(0)

export interface LineEvents {
  /** The update of a sync message; `isAnswer` for what answers a state vector. A view, valid during the call. */
  onUpdate(bytes: Uint8Array, isAnswer: boolean): void
  onAwareness?(bytes: Uint8Array): void
  onClosed?(why: string): void
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString()

export class Line {
  closed: string | undefined
  frames = 0
  hasAnswer = false
  private readonly socket: Socket
  private readonly place: Place
  private readonly events: LineEvents
  private rest: Buffer = nothing
  private isUpgraded = false
  private onUpgraded: () => void = () => {}
  /** What goes before every message of this person. */
  readonly prefix: Uint8Array

  /** @param own what it holds already, and the update with which it answers the server's question */
  constructor(
    place: Place,
    events: LineEvents,
    own: { readonly stateVector?: Uint8Array; readonly answer?: Uint8Array } = {},
  ) {
    this.place = place
    this.events = events
    this.prefix = prefixOf(place)
    this.stateVector = own.stateVector ?? new Uint8Array([0])
    this.answer = own.answer ?? new Uint8Array([0, 0])
    this.socket = connect({
      host: '127.0.0.1',
      port: place.port,
      noDelay: true,
      onread: {
        buffer: readBuffer,
        callback: (length: number, buffer: Uint8Array) => {
          this.take(buffer.subarray(0, length) as Buffer)
          return true
        },
      },
    })
    this.socket.on('error', (fault) => this.close(fault.message))
    this.socket.on('close', () => this.close('closed'))
  }

  private readonly stateVector: Uint8Array
  private readonly answer: Uint8Array

  /** Whether the server answers a state vector at all. */
  get awaitsAnswer(): boolean {
    return this.place.answers
  }

  /** Resolves when the server has let it in as far as HTTP goes. */
  open(): Promise<void> {
    const { path, port, cookie } = this.place
    this.socket.write(
      [
        `GET ${path} HTTP/1.1`,
        `Host: 127.0.0.1:${port}`,
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Version: 13',
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
        ...(cookie ? [`Cookie: ${cookie}`] : []),
        '\r\n',
      ].join('\r\n'),
    )
    return new Promise((resolve, reject) => {
      this.onUpgraded = () => {
        if (this.closed) reject(new Error(this.closed))
        else resolve()
      }
    })
  }

  /** Ready frames of `frameFor`; several at once go in one write. */
  write(frames: Uint8Array): void {
    if (!this.closed) this.socket.write(frames)
  }

  send(message: Uint8Array): void {
    this.write(frameFor(this.prefix, message))
  }

  end(): void {
    this.close('ended')
  }

  private close(why: string): void {
    if (this.closed !== undefined) return
    this.closed = why
    this.socket.destroy()
    this.onUpgraded()
    this.events.onClosed?.(why)
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
        this.close(bytes.subarray(0, 60).toString())
        return
      }
      this.isUpgraded = true
      bytes = bytes.subarray(end + 4)
      this.greet()
      this.onUpgraded()
    }
    const at = this.readFrames(bytes)
    this.rest = at === bytes.length ? nothing : Buffer.from(bytes.subarray(at))
  }

  private greet(): void {
    const { documentName, answers } = this.place
    // Hocuspocus: message 2, a token, which it asks of everybody.
    if (documentName !== null) this.send(new Uint8Array([2, 0, 1, 116]))
    if (answers) this.send(stepOne(this.stateVector))
  }

  /** @returns where the first frame begins that is not whole */
  private readFrames(bytes: Buffer): number {
    let at = 0
    while (bytes.length - at >= 2) {
      const short = (bytes[at + 1] as number) & 127
      const head = short < 126 ? 2 : short === 126 ? 4 : 10
      if (bytes.length - at < head) break
      const length =
        short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : bytes.readUInt32BE(at + 6)
      const end = at + head + length
      if (end > bytes.length) break
      this.takeFrame((bytes[at] as number) & 15, bytes.subarray(at + head, end))
      at = end
    }
    return at
  }

  private takeFrame(opcode: number, body: Buffer): void {
    if (opcode === 9) this.socket.write(new Uint8Array([0x8a, 0x80, 0, 0, 0, 0]))
    else if (opcode === 8) {
      this.close(`${body.length >= 2 ? body.readUInt16BE(0) : 1005} ${textOf(body.subarray(2))}`)
    } else if (opcode === 2) this.takeMessage(body)
  }

  private takeMessage(body: Buffer): void {
    this.frames += 1
    const c: Cursor = { bytes: body, pos: 0, end: body.length }
    if (this.place.documentName !== null) readVarBytes(c)
    const kind = readVarUint(c)
    if (kind === 1) this.events.onAwareness?.(readVarBytes(c))
    // Hocuspocus answers a question with message 4.
    if (kind !== 0 && !(kind === 4 && this.place.documentName !== null)) return
    const sync = readVarUint(c)
    if (sync === 0) this.send(stepTwo(this.answer))
    else {
      this.hasAnswer ||= sync === 1
      this.events.onUpdate(readVarBytes(c), sync === 1)
    }
  }
}

const prefixOf = ({ documentName }: Place): Uint8Array => {
  if (documentName === null) return nothing
  const name = Buffer.from(documentName)
  return new Uint8Array([...varUint(name.length), ...name])
}

const concat = (...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

const syncMessage = (kind: number, body: Uint8Array): Uint8Array =>
  concat([0, kind], varUint(body.length), body)

export const stepOne = (stateVector: Uint8Array): Uint8Array => syncMessage(0, stateVector)
export const stepTwo = (update: Uint8Array): Uint8Array => syncMessage(1, update)
export const updateMessage = (update: Uint8Array): Uint8Array => syncMessage(2, update)

/** A client's frame with a mask of zeros, which servers unmask like any other. */
export const frameFor = (prefix: Uint8Array, message: Uint8Array): Uint8Array => {
  const length = prefix.length + message.length
  const header =
    length < 126
      ? [0x82, 0x80 | length]
      : length < 65_536
        ? [0x82, 0x80 | 126, length >> 8, length & 255]
        : [
            0x82,
            0x80 | 127,
            0,
            0,
            0,
            0,
            length >>> 24,
            (length >> 16) & 255,
            (length >> 8) & 255,
            length & 255,
          ]
  return concat(header, [0, 0, 0, 0], prefix, message)
}
