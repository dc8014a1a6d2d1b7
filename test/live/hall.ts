// The real hall for tests: real sockets, a real store in a folder of its own, on a free port.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { io, type Socket } from 'socket.io-client'
import { type Hall, openHall } from '../../server/app.ts'
import { type Seeded, seedHall, seedMeeting } from '../../server/cli/seedMeeting.ts'
import type { Config } from '../../server/config.ts'
import { systemClock, systemIds } from '../../server/system.ts'
import type { Command } from '../../shared/meeting/commands.ts'
import type { Recorded } from '../../shared/meeting/events.ts'
import { evolve } from '../../shared/meeting/meeting.ts'
import type { MeetingState } from '../../shared/meeting/state.ts'
import {
  type Answer,
  type ClientToServer,
  type Done,
  type Me,
  type MyBallot,
  protocolVersion,
  type ServerToClient,
  type Tally,
} from '../../shared/wire/live.ts'

export interface TestHall {
  readonly hall: Hall
  readonly url: string
  readonly dataDir: string
  seed(seats: number, presetCode?: string): Promise<Seeded>
  restart(): Promise<void>
  close(): Promise<void>
}

export const configFor = (
  dataDir: string,
  shared: { databaseUrl?: string; redisUrl?: string } = {},
): Config => ({
  host: '127.0.0.1',
  port: 0,
  dataDir,
  databaseUrl: shared.databaseUrl ?? null,
  redisUrl: shared.redisUrl ?? null,
  publicUrl: 'http://hall.test',
  tls: null,
  logLevel: 'silent',
  trustProxy: 'loopback',
  drainMs: 0,
  backup: { dir: join(dataDir, 'backups'), everyHours: 0, keep: 7, upgradeWithout: false },
})

/** On the embedded store, unless the address of a database is given. */
export const openTestHall = async (
  clientDir: string | null = null,
  shared: { databaseUrl?: string } = {},
): Promise<TestHall> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'yishiting-hall-'))
  const config = configFor(dataDir, shared)
  let hall = await openHall({ config, clientDir })
  return {
    get hall() {
      return hall
    },
    get url() {
      return hall.url
    },
    dataDir,
    seed: async (seats, presetCode = 'tripartite') => {
      const parts = { store: hall.store, clock: systemClock, ids: systemIds, rooms: hall.rooms }
      await seedHall(parts)
      return seedMeeting(parts, { seats, presetCode, baseUrl: hall.url })
    },
    restart: async () => {
      const port = Number(new URL(hall.url).port)
      await hall.close()
      hall = await openHall({ config: { ...config, port }, clientDir })
    },
    close: async () => {
      await hall.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

export const silentLogger = pino({ level: 'silent' })

/** Exchanges a token for the session cookie. */
export const cookieFor = async (url: string, token: string): Promise<string> => {
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  })
  const cookie = answer.headers.get('set-cookie')?.split(';')[0]
  if (!answer.ok || !cookie) throw new Error(`no session: ${answer.status} ${await answer.text()}`)
  return cookie
}

let commands = 0
export const newCommandId = (): string => {
  commands += 1
  return `test-command-${commands}`
}

/** A connection that folds what it hears, as a face does. */
export class Guest {
  readonly socket: Socket<ServerToClient, ClientToServer>
  readonly heard: Recorded[] = []
  private readonly waiting = new Set<() => void>()
  state!: MeetingState
  me!: Me
  seq = 0
  private joined = false
  private early: Recorded[] = []
  tally: Tally | null = null
  /** Own ballots, as told because another line of this seat cast one. */
  myBallots: readonly MyBallot[] = []
  byes: string[] = []

  readonly meetingId: string
  readonly cookie: string

  private constructor(meetingId: string, cookie: string, socket: Socket<ServerToClient, ClientToServer>) {
    this.meetingId = meetingId
    this.cookie = cookie
    this.socket = socket
  }

  static async enter(url: string, meetingId: string, token: string): Promise<Guest> {
    const cookie = await cookieFor(url, token)
    const socket: Socket<ServerToClient, ClientToServer> = io(url, {
      transports: ['websocket'],
      extraHeaders: { cookie },
      forceNew: true,
      reconnectionDelay: 20,
      reconnectionDelayMax: 100,
    })
    const guest = new Guest(meetingId, cookie, socket)
    socket.on('frame', ({ events }) => {
      for (const event of events) guest.take(event)
      guest.wake()
    })
    socket.on('tally', (tally) => {
      guest.tally = tally
      guest.wake()
    })
    socket.on('myBallots', (ballots) => {
      guest.myBallots = ballots
      guest.wake()
    })
    socket.on('disconnect', () => {
      guest.joined = false
      guest.early = []
    })
    socket.on('bye', ({ code }) => {
      guest.byes.push(code)
      guest.wake()
    })
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('connect_error', reject)
    })
    await guest.join()
    return guest
  }

  async join(): Promise<void> {
    const welcome = await this.socket.emitWithAck('join', {
      meetingId: this.meetingId,
      protocol: protocolVersion,
    })
    if (!welcome.ok) throw new Error(`not let in: ${welcome.refusal.code}`)
    this.joined = true
    this.state = welcome.value.state
    this.me = welcome.value.me
    this.seq = welcome.value.seq
    this.tally = welcome.value.tally
    for (const event of this.early.splice(0)) this.take(event)
    this.wake()
  }

  private take(event: Recorded): void {
    // A frame may overtake the welcome's promise: it is kept until there is something to fold it on.
    if (!this.joined) {
      this.early.push(event)
      return
    }
    if (event.seq <= this.seq) return
    if (event.seq !== this.seq + 1) throw new Error(`event ${this.seq + 1} was missed`)
    this.state = evolve(this.state, event)
    this.seq = event.seq
    this.heard.push(event)
  }

  private wake(): void {
    for (const check of this.waiting) check()
  }

  /** Gives an order; a command id of one's own makes it the same order again. */
  order(command: Command, commandId = newCommandId()): Promise<Answer<Done>> {
    return this.socket.emitWithAck('command', { meetingId: this.meetingId, commandId, command })
  }

  /** Sends anything under the name of a message and returns what is answered. */
  sends(name: string, payload: unknown): Promise<Answer<unknown>> {
    return (this.socket as unknown as Socket).emitWithAck(name, payload)
  }

  /** Resolves when what was heard makes it true. */
  until(isTrue: (guest: Guest) => boolean): Promise<void> {
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

  leave(): void {
    this.socket.disconnect()
  }
}

/** What a seat chose in a poll for and against, by its own ballots. */
export const choicesIn = (ballots: readonly MyBallot[], ofPoll: string): string[] =>
  ballots.flatMap(({ pollId, choice }) => (pollId === ofPoll && 'choice' in choice ? [choice.choice] : []))

export const codeOf = (answer: Answer<unknown>): string => (answer.ok ? 'accepted' : answer.refusal.code)

/** Opens a poll on the current item and returns its id. */
export const openPollBy = async (
  facilitator: Guest,
  changes: Partial<Extract<Command, { type: 'openPoll' }>> = {},
): Promise<string> => {
  const before = facilitator.state.pollOrder.length
  const answer = await facilitator.order({
    type: 'openPoll',
    itemId: facilitator.state.currentItemId ?? '',
    question: '是否同意?',
    method: { kind: 'yesNo' },
    options: [],
    secrecy: 'named',
    show: 'hidden',
    ...changes,
  })
  if (!answer.ok) throw new Error(`no poll: ${answer.refusal.code}`)
  await facilitator.until(({ state }) => state.pollOrder.length > before)
  return facilitator.state.pollOrder.at(-1) ?? ''
}
