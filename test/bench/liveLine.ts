// A live connection as light as it can be, so that three hundred of them on one machine measure the server and not
// themselves: Engine.IO over one WebSocket, frames noted by number and time, folded only where asked.
import { WebSocket } from 'ws'
import type { Command } from '../../shared/meeting/commands.ts'
import { type Answer, type Done, type Frame, protocolVersion, type Welcome } from '../../shared/wire/live.ts'

export interface Heard {
  readonly lastSeq: number
  /** When the oldest event of the frame was decided. */
  readonly decidedAt: number
  readonly heardAt: number
}

const frameStart = '42["frame",'

export class LiveLine {
  readonly heard: Heard[] = []
  /** The frames themselves, where this line keeps them to fold later. */
  readonly frames: Frame[] = []
  welcome: Welcome | null = null
  seq = 0
  private readonly ws: WebSocket
  private readonly meetingId: string
  private readonly keeps: boolean
  private readonly answers = new Map<number, (answer: unknown) => void>()
  private asks = 0
  private orders = 0
  private readonly name: string
  private onClosed: () => void = () => {}

  private constructor(ws: WebSocket, meetingId: string, name: string, keeps: boolean) {
    this.ws = ws
    this.meetingId = meetingId
    this.name = name
    this.keeps = keeps
  }

  static async enter(
    url: string,
    me: { meetingId: string; cookie: string; name: string; keeps?: boolean },
  ): Promise<LiveLine> {
    const address = `${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`
    const ws = new WebSocket(address, { headers: { cookie: me.cookie }, perMessageDeflate: false })
    const line = new LiveLine(ws, me.meetingId, me.name, me.keeps ?? false)
    await new Promise<void>((resolve, reject) => {
      line.onClosed = () => reject(new Error(`${me.name}: the line was closed`))
      ws.on('close', () => line.onClosed())
      ws.on('error', reject)
      ws.on('message', (data: Buffer) => line.take(data.toString(), resolve))
    })
    const ask = { meetingId: me.meetingId, protocol: protocolVersion }
    const answer = (await line.ask('join', ask)) as Answer<Welcome>
    if (!answer.ok) throw new Error(`${me.name} was not let in: ${answer.refusal.code}`)
    line.welcome = answer.value
    line.seq = Math.max(line.seq, answer.value.seq)
    return line
  }

  private take(message: string, onConnected: () => void): void {
    if (message === '2') this.ws.send('3')
    else if (message.startsWith('0')) this.ws.send('40')
    else if (message.startsWith('40')) onConnected()
    else if (message.startsWith(frameStart)) this.hear(message)
    else if (message.startsWith('43')) {
      const at = message.indexOf('[')
      const id = Number(message.slice(2, at))
      const [answer] = JSON.parse(message.slice(at))
      this.answers.get(id)?.(answer)
      this.answers.delete(id)
    }
  }

  private hear(message: string): void {
    const heardAt = Date.now()
    const first = message.indexOf('"at":')
    const last = message.lastIndexOf('{"seq":')
    this.seq = Number.parseInt(message.slice(last + 7, last + 19), 10)
    const decidedAt = Number.parseInt(message.slice(first + 5, first + 21), 10)
    this.heard.push({ lastSeq: this.seq, decidedAt, heardAt })
    if (this.keeps) this.frames.push((JSON.parse(message.slice(2)) as ['frame', Frame])[1])
  }

  private ask(name: string, payload: unknown): Promise<unknown> {
    const id = this.asks
    this.asks += 1
    return new Promise((resolve) => {
      this.answers.set(id, resolve)
      this.ws.send(`42${id}${JSON.stringify([name, payload])}`)
    })
  }

  order(command: Command): Promise<Answer<Done>> {
    this.orders += 1
    const commandId = `${this.name}-bench-${this.orders}`
    return this.ask('command', { meetingId: this.meetingId, commandId, command }) as Promise<Answer<Done>>
  }

  /** When the event had been heard, or `undefined` if it was not. */
  heardAt(seq: number): number | undefined {
    return this.heard.find(({ lastSeq }) => lastSeq >= seq)?.heardAt
  }

  close(): void {
    this.onClosed = () => {}
    this.ws.close()
  }
}
