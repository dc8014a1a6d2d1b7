// What goes out over the live door is what Socket.IO itself would have sent, to clients of either transport.
import { once } from 'node:events'
import { createServer, type Server as HttpServer } from 'node:http'
import { Server } from 'socket.io'
import { io as connect, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { packetText, sentToMany, writeAsText } from '../../server/live/writing.ts'

const texts = ['', 'x'.repeat(110), '村'.repeat(60), '众人'.repeat(9_000), '𠮷"\\\n\u2028'.repeat(12_000)]
const types = { event: 2, ack: 3 } as const

let httpServer: HttpServer
let io: Server
let url: string
const clients: Socket[] = []

beforeAll(async () => {
  httpServer = createServer()
  io = new Server(httpServer, { perMessageDeflate: false, httpCompression: false, maxHttpBufferSize: 1e6 })
  writeAsText(io)
  io.on('connection', (socket) => {
    void socket.join('hall')
    socket.on('echo', (it, answer) => answer(it))
    socket.on('sit', (room, answer) => answer(socket.join(room)))
  })
  httpServer.listen(0, '127.0.0.1')
  await once(httpServer, 'listening')
  const address = httpServer.address()
  url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
})
afterAll(async () => {
  for (const client of clients) client.disconnect()
  await io.close()
})

const enter = async (transport: 'websocket' | 'polling'): Promise<Socket> => {
  const client = connect(url, { transports: [transport], forceNew: true })
  clients.push(client)
  await new Promise<void>((resolve) => client.once('connect', resolve))
  return client
}

test('a packet reads as Socket.IO writes it', () => {
  const own = new Server().encoder
  const value = { seq: 1, left: undefined, names: sentToMany({ a: '甲' }), list: [1, { b: null }] }
  for (const packet of [
    { type: types.event, nsp: '/', data: ['frame', { events: texts }] },
    { type: types.event, nsp: '/other', data: ['move'] },
    { type: types.ack, nsp: '/', id: 0, data: [{ ok: true, value }] },
    { type: types.ack, nsp: '/', id: 12, data: [{ ok: false, refusal: { code: 'busy' } }] },
    { type: 1, nsp: '/' },
  ]) {
    expect([packetText(packet)]).toEqual(own.encode(packet))
    // What is kept as text is the same the second time.
    expect([packetText(packet)]).toEqual(own.encode(packet))
  }
})

test.each(['websocket', 'polling'] as const)(
  'a %s client hears every length, in order, and its answers',
  async (transport) => {
    const client = await enter(transport)
    const heard: unknown[] = []
    const all = new Promise<void>((resolve) => {
      client.on('frame', (it) => {
        heard.push(it)
        if (heard.length === 2 * texts.length) resolve()
      })
    })
    // To the room at once and, between, to this one alone: some find the line idle, and some do not.
    for (const text of texts) {
      io.to('hall').emit('frame', text)
      for (const socket of io.sockets.sockets.values())
        if (socket.id === client.id) socket.emit('frame', text)
    }
    await all
    expect(heard).toEqual(texts.flatMap((text) => [text, text]))
    for (const text of texts) expect(await client.emitWithAck('echo', { text })).toEqual({ text })
  },
)

test('what goes to all but some reaches all the others, and those in their order', async () => {
  const [desk, seat] = [await enter('websocket'), await enter('websocket')]
  const heard = { desk: [] as unknown[], seat: [] as unknown[] }
  desk.on('tally', (it) => heard.desk.push(it))
  seat.on('tally', (it) => heard.seat.push(it))
  await desk.emitWithAck('sit', 'desk')
  io.to('hall').except('desk').emit('tally', 'for seats')
  io.to('desk').emit('tally', 'for desks')
  io.to('hall').except(['desk', 'nobody']).emit('tally', 'for seats again')
  // An answer comes behind all that was sent before it.
  for (const client of [desk, seat]) await client.emitWithAck('echo', '')
  expect(heard).toEqual({ desk: ['for desks'], seat: ['for seats', 'for seats again'] })
})
