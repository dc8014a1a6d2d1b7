// Owns a real Socket.IO server that speaks the live protocol for one meeting, with the faults a test asks for.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { io } from 'socket.io-client'
import type { MakeSocket } from '../../client/link/socket.ts'
import type { Command } from '../../shared/meeting/commands.ts'
import type { Recorded } from '../../shared/meeting/events.ts'
import {
  type Answer,
  type ClientToServer,
  type Done,
  type MyBallot,
  protocolVersion,
  type ServerToClient,
  type Welcome,
} from '../../shared/wire/live.ts'
import { firstEvents, meetingId, seatId, stateAfter } from './meetingFixture.ts'

type OrderAsk = { meetingId: string; commandId: string; command: Command }
type OrderHandler = (ask: OrderAsk, answer: (it: Answer<Done>) => void) => void

export const openLittleHall = async () => {
  const http = createServer()
  const server = new Server<ClientToServer, ServerToClient>(http, { path: '/socket.io' })
  const events: Recorded[] = firstEvents()
  const hall = {
    protocol: protocolVersion,
    now: () => Date.now(),
    joins: 0,
    refills: [] as number[],
    asks: [] as OrderAsk[],
    myBallots: [] as MyBallot[],
    onOrder: ((_ask, answer) => answer({ ok: true, value: { seq: events.length } })) as OrderHandler,
    joinAnswer: null as Answer<Welcome> | null,
    isSilent: false,
  }

  const welcome = (): Welcome => ({
    protocol: hall.protocol,
    me: { role: 'participant', actorId: seatId, seatId, name: '安娜' },
    now: hall.now(),
    seq: events.length,
    hash: '',
    state: stateAfter(events),
    names: { [seatId]: { name: '安娜', household: '' } },
    presence: { seats: [seatId], screens: 0 },
    tally: null,
    myBallots: hall.myBallots,
  })

  server.on('connection', (socket) => {
    socket.on('join', (_ask, answer) => {
      hall.joins += 1
      if (hall.isSilent) return
      void socket.join(meetingId)
      answer(hall.joinAnswer ?? { ok: true, value: welcome() })
    })
    socket.on('refill', ({ since }, answer) => {
      hall.refills.push(since)
      if (!hall.isSilent) answer({ ok: true, value: { meetingId, events: events.slice(since) } })
    })
    socket.on('command', (ask, answer) => {
      hall.asks.push(ask)
      hall.onOrder(ask, answer)
    })
  })
  await new Promise<void>((up) => http.listen(0, '127.0.0.1', up))
  const { port } = http.address() as AddressInfo

  const makeSocket: MakeSocket = () =>
    io(`http://127.0.0.1:${port}`, {
      path: '/socket.io',
      transports: ['websocket'],
      autoConnect: false,
      forceNew: true,
      reconnectionDelay: 20,
      reconnectionDelayMax: 50,
    })

  return {
    hall,
    server,
    events,
    makeSocket,
    append: (...more: Recorded[]) => events.push(...more),
    tell: (...some: Recorded[]) => server.to(meetingId).emit('frame', { meetingId, events: some }),
    /** Cuts every connection without a word, as Wi-Fi does. */
    cut: () => {
      for (const socket of server.sockets.sockets.values()) socket.conn.close()
    },
    close: () => server.close(),
  }
}

export type LittleHall = Awaited<ReturnType<typeof openLittleHall>>
