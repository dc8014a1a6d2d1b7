// Somebody in the hall who does not give up: an order is sent again, under the same id, until it is answered.
import { io, type Socket } from 'socket.io-client'
import type { Command } from '../../shared/meeting/commands.ts'
import type { Recorded } from '../../shared/meeting/events.ts'
import { evolve } from '../../shared/meeting/meeting.ts'
import type { MeetingState } from '../../shared/meeting/state.ts'
import {
  type Answer,
  type ClientToServer,
  type Done,
  type Presence,
  protocolVersion,
  type ServerToClient,
} from '../../shared/wire/live.ts'
import type { Ledger } from './ledger.ts'

/** Answers that ask for patience; the order itself was not decided. */
const passing: ReadonlySet<string> = new Set(['tooFast', 'busy', 'storeUnavailable', 'wrongMeeting'])
const patienceMs = 60
/** The middleware's refusals that ask for patience; Socket.IO does not come back by itself after one. */
const passingAtDoor: ReadonlySet<string> = new Set(['storeUnavailable', 'tooMany', 'busy'])

export class Person {
  state!: MeetingState
  seq = 0
  readonly name: string
  readonly seatId: string | null
  private readonly socket: Socket<ServerToClient, ClientToServer>
  private readonly meetingId: string
  private readonly ledger: Ledger
  private readonly waiting = new Set<() => void>()
  private joined = false
  private joining = false
  private early: Recorded[] = []
  private orders = 0
  private breaks = 0
  private goneAt: number | null = null
  /** How long each loss of connection lasted, from the break to the welcome, in milliseconds. */
  readonly awayMs: number[] = []
  /** The refusals that asked for patience, each followed by the same order again. */
  readonly putOff: string[] = []
  /** What must not happen to somebody in the hall, in words. */
  readonly complaints: string[] = []
  presence: Presence = { seats: [], screens: 0 }

  constructor(
    url: string,
    me: { meetingId: string; cookie: string; name: string; seatId: string | null; ledger: Ledger },
  ) {
    this.meetingId = me.meetingId
    this.name = me.name
    this.seatId = me.seatId
    this.ledger = me.ledger
    this.socket = io(url, {
      transports: ['websocket'],
      extraHeaders: { cookie: me.cookie },
      forceNew: true,
      reconnectionDelay: 20,
      reconnectionDelayMax: 80,
    })
    this.socket.on('connect', () => void this.join())
    this.socket.on('disconnect', () => {
      this.joined = false
      this.goneAt ??= performance.now()
    })
    this.socket.on('connect_error', ({ message }) => {
      if (!this.socket.active && passingAtDoor.has(message)) this.again(() => this.socket.connect())
    })
    this.socket.on('presence', (presence) => {
      this.presence = presence
      this.wake()
    })
    this.socket.on('frame', ({ events }) => {
      for (const event of events) this.hear(event)
      this.wake()
    })
  }

  private async join(): Promise<void> {
    if (this.joining) return
    this.joining = true
    this.joined = false
    this.early = []
    const ask = { meetingId: this.meetingId, protocol: protocolVersion }
    const welcome = await this.socket.emitWithAck('join', ask).catch(() => null)
    this.joining = false
    if (!welcome) {
      if (this.socket.connected) void this.join()
      return
    }
    if (!welcome.ok) {
      if (passing.has(welcome.refusal.code)) return this.again(() => void this.join())
      this.complaints.push(`${this.name} was not let in: ${welcome.refusal.code}`)
      return
    }
    if (welcome.value.seq < this.seq) {
      this.complaints.push(`${this.name} had seen event ${this.seq}, welcomed with ${welcome.value.seq}`)
      return this.again(() => void this.join())
    }
    this.state = welcome.value.state
    this.seq = welcome.value.seq
    this.presence = welcome.value.presence
    this.joined = true
    if (this.goneAt !== null) this.awayMs.push(performance.now() - this.goneAt)
    this.goneAt = null
    for (const event of this.early.splice(0)) this.hear(event)
    this.wake()
  }

  private again(act: () => void): void {
    setTimeout(act, patienceMs)
  }

  get isIn(): boolean {
    return this.joined
  }

  private hear(event: Recorded): void {
    if (!this.joined) {
      this.early.push(event)
      return
    }
    if (event.seq <= this.seq) return
    if (event.seq > this.seq + 1) {
      void this.join()
      return
    }
    this.state = evolve(this.state, event)
    this.seq = event.seq
  }

  private wake(): void {
    for (const check of this.waiting) check()
  }

  until(isTrue: (person: Person) => boolean): Promise<void> {
    if (isTrue(this)) return Promise.resolve()
    return new Promise((resolve) => {
      const check = () => {
        if (!isTrue(this)) return
        this.waiting.delete(check)
        resolve()
      }
      this.waiting.add(check)
    })
  }

  /** Resolves with the answer, however many lines and servers break on the way. */
  async give(command: Command): Promise<Answer<Done>> {
    this.orders += 1
    const commandId = `${this.name}-order-${this.orders}`
    const answer = await this.send(commandId, command)
    this.ledger.write({ commandId, by: this.name, seatId: this.seatId, command, answer })
    return answer
  }

  async send(commandId: string, command: Command): Promise<Answer<Done>> {
    for (;;) {
      await this.until(() => this.joined)
      const ask = { meetingId: this.meetingId, commandId, command }
      const answer = await this.socket.emitWithAck('command', ask).catch(() => null)
      if (!answer) continue
      if (answer.ok || !passing.has(answer.refusal.code)) return answer
      this.putOff.push(answer.refusal.code)
      await new Promise((resolve) => setTimeout(resolve, patienceMs))
    }
  }

  /** Gives an order once, over the line that there is; `null` when the line broke before the answer. */
  async tell(command: Command): Promise<Answer<Done> | null> {
    this.orders += 1
    const ask = { meetingId: this.meetingId, commandId: `${this.name}-told-${this.orders}`, command }
    return this.socket.emitWithAck('command', ask).catch(() => null)
  }

  /** The same order sent twice without waiting for the first answer. */
  async giveTwice(command: Command): Promise<[Answer<Done>, Answer<Done>]> {
    this.orders += 1
    const commandId = `${this.name}-order-${this.orders}`
    const both = await Promise.all([this.send(commandId, command), this.send(commandId, command)])
    this.ledger.write({ commandId, by: this.name, seatId: this.seatId, command, answer: both[0] })
    return both
  }

  /** The line breaks, and is mended by itself. */
  drop(): void {
    this.breaks += 1
    this.socket.io.engine.close()
  }

  get drops(): number {
    return this.breaks
  }

  /** Resolves so many turns after asking to be let in, which may be before the answer. */
  async askedToJoin(turns: number): Promise<void> {
    await new Promise<void>((resolve) => this.socket.once('connect', () => resolve()))
    for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve))
  }

  leave(): void {
    this.socket.disconnect()
  }
}
