// Somebody with a seat and a bare socket, who sends one hostile frame after the other and comes back whenever the hall
// closes the line. Behind each frame goes a ping: its answer says that the frame was read and let pass.
import { connect, type Socket } from 'node:net'
import { type Dice, diceOf } from '../../random/dice.ts'
import { syncFrame } from '../raw.ts'
import { type FrameKind, hostileFrame, inLine, type Targets } from './grammar.ts'

export interface AttackPlace {
  readonly port: number
  readonly draftId: string
  readonly cookie: string
}

export interface Outcomes {
  frames: number
  readonly kinds: Map<FrameKind, number>
  /** Why lines were closed; a frame is judged a little after the ping behind it is answered. */
  readonly closes: Map<string, number>
}

const count = <K>(counts: Map<K, number>, key: K): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

const ping = Buffer.from([0x89, 0x80, 0, 0, 0, 0])
const emptyAnswer = inLine(syncFrame(1, new Uint8Array([0, 0])))
const framesPerLine = 200
const volley = 5
const answerWithinMs = 60_000

/** Reads the hall's frames only as far as to know a pong, and why it closes. */
class Line {
  readonly #socket: Socket
  #rest: Buffer = Buffer.alloc(0)
  #isUpgraded = false
  #settle: () => void = () => {}
  readonly #onClosed: (reason: string) => void
  #isClosed = false
  /** How many pings are not answered yet. */
  #awaited = 0

  constructor({ port, draftId, cookie }: AttackPlace, onClosed: (reason: string) => void) {
    this.#onClosed = onClosed
    this.#socket = connect({ host: '127.0.0.1', port, noDelay: true })
    this.#socket.on('error', () => {})
    this.#socket.on('data', (chunk: Buffer) => this.#read(chunk))
    this.#socket.on('close', () => this.#end('cut'))
    const head = [
      `GET /drafts/${draftId} HTTP/1.1`,
      'Host: hall',
      'Connection: Upgrade',
      'Upgrade: websocket',
    ]
    const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='
    this.#socket.write([...head, 'Sec-WebSocket-Version: 13', key, `Cookie: ${cookie}`, '\r\n'].join('\r\n'))
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  send(frame: Uint8Array): void {
    this.#socket.write(frame)
  }

  /** Sends frames; resolves when all were read, or the line was closed. @returns how many were looked at */
  async try(frames: readonly Uint8Array[]): Promise<number> {
    if (this.#isClosed) return 0
    this.#awaited = frames.length
    this.#socket.write(Buffer.concat(frames.flatMap((frame) => [frame, ping])))
    let timer: NodeJS.Timeout | undefined
    await new Promise<void>((resolve, reject) => {
      this.#settle = resolve
      timer = setTimeout(() => reject(new Error('the hall neither answers nor closes')), answerWithinMs)
    })
    clearTimeout(timer)
    // The one for which it was closed was looked at, those behind it were not.
    return frames.length - Math.max(0, this.#awaited - 1)
  }

  end(): void {
    this.#isClosed = true
    this.#socket.resetAndDestroy()
  }

  #end(reason: string): void {
    if (!this.#isClosed) this.#onClosed(reason)
    this.end()
    this.#settle()
  }

  #read(chunk: Buffer): void {
    let bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    if (!this.#isUpgraded) {
      const end = bytes.indexOf('\r\n\r\n')
      this.#rest = bytes
      if (end < 0) return
      if (!bytes.subarray(0, 12).toString().endsWith('101')) {
        this.#end(bytes.subarray(0, 12).toString())
        return
      }
      this.#isUpgraded = true
      bytes = bytes.subarray(end + 4)
    }
    let at = 0
    while (at + 2 <= bytes.length) {
      const short = bytes[at + 1] as number
      const head = short < 126 ? 2 : short === 126 ? 4 : 10
      if (at + head > bytes.length) break
      const length =
        short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : bytes.readUInt32BE(at + 6)
      if (at + head + length > bytes.length) break
      this.#take(bytes[at] as number, bytes.subarray(at + head, at + head + length))
      at += head + length
    }
    this.#rest = bytes.subarray(at)
  }

  #take(first: number, payload: Buffer): void {
    if (first === 0x8a) {
      this.#awaited -= 1
      if (this.#awaited === 0) this.#settle()
    }
    if (first === 0x88)
      this.#end(payload.subarray(2).toString() || `${payload.length < 2 ? '' : payload.readUInt16BE(0)}`)
  }
}

export const attack = async (
  seed: string,
  places: readonly AttackPlace[],
  targets: Omit<Targets, 'own'>,
  outcomes: Outcomes,
  mayGoOn: () => boolean,
): Promise<void> => {
  const dice: Dice = diceOf(seed)
  let line: Line | undefined
  let own = 1
  let tried = 0
  while (mayGoOn()) {
    if (!line || line.isClosed || tried >= framesPerLine) {
      line?.end()
      line = new Line(dice.pick(places) as AttackPlace, (reason) => count(outcomes.closes, reason))
      // Most have answered the hall's question: before that, what does not follow is passed over.
      if (!dice.oneIn(8)) line.send(emptyAnswer)
      own = 2 ** 31 + dice.below(2 ** 31)
      tried = 0
    }
    const frames = Array.from({ length: volley }, () => hostileFrame(dice, { ...targets, own }))
    const looked = await line.try(frames.map(({ bytes }) => bytes))
    tried += looked
    outcomes.frames += looked
    for (const { kind } of frames.slice(0, looked)) count(outcomes.kinds, kind)
  }
  line?.end()
}
