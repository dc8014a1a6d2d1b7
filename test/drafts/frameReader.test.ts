// However the bytes of a socket are cut, each message is read once, whole, and in order; what is not short and whole is
// read by `ws` itself.
import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import { readFrames } from '../../server/drafts/frameReader.ts'
import { until } from './hall.ts'
import { seeded } from './raw.ts'

interface Met {
  readonly messages: string[]
  readonly pings: string[]
  ws: WebSocket | undefined
}

let met: Met
let client: Socket
let answer = ''
let stop: () => Promise<void>

beforeEach(async () => {
  met = { messages: [], pings: [], ws: undefined }
  answer = ''
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 200_000 })
  const server = createServer()
  server.on('upgrade', (request, socket, head) => {
    sockets.handleUpgrade(request, socket, head, (ws) => {
      met.ws = ws
      ws.on('message', (data: Buffer) => met.messages.push(data.toString('latin1')))
      ws.on('ping', (data: Buffer) => met.pings.push(data.toString('latin1')))
      ws.on('error', () => {})
      readFrames(socket, (data) => met.messages.push(Buffer.from(data).toString('latin1')))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  client = connect({ host: '127.0.0.1', port: (server.address() as AddressInfo).port, noDelay: true })
  client.on('data', (data: Buffer) => {
    answer += data.toString('latin1')
  })
  client.on('error', () => {})
  client.write(
    'GET / HTTP/1.1\r\nHost: hall\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  )
  await until('the upgrade', () => answer.includes('\r\n\r\n'))
  stop = async () => {
    client.destroy()
    met.ws?.terminate()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }
})

afterEach(() => stop())

const frame = (opcode: number, body: string, isFinal = true, mask = [7, 99, 200, 31]): Buffer => {
  const bytes = Buffer.from(body, 'latin1')
  const { length } = bytes
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10)
  head[0] = (isFinal ? 0x80 : 0) | opcode
  head[1] = 0x80 | (length < 126 ? length : length < 65_536 ? 126 : 127)
  if (head.length === 4) head.writeUInt16BE(length, 2)
  if (head.length === 10) head.writeUInt32BE(length, 6)
  const masked = bytes.map((byte, i) => byte ^ (mask[i & 3] as number))
  return Buffer.concat([head, Buffer.from(mask), masked])
}

/** From the server's close frame. */
const closeCode = (): number | undefined => {
  const frames = Buffer.from(answer.slice(answer.indexOf('\r\n\r\n') + 4), 'latin1')
  return frames[0] === 0x88 && frames.length >= 4 ? frames.readUInt16BE(2) : undefined
}

const lengths = [0, 1, 5, 125, 126, 127, 300, 4_096, 4_097, 20_000, 65_535, 65_536, 90_000]

for (const seed of ['one', 'two', 'three']) {
  test(`messages of every kind and length, cut anywhere (seed "${seed}")`, async () => {
    const { below } = seeded(`frames ${seed}`)
    const sent: string[] = []
    const pings: string[] = []
    const frames: Buffer[] = []
    for (let i = 0; i < 300; i += 1) {
      const length = below(3) > 0 ? below(60) : (lengths[below(lengths.length)] as number)
      const body = String.fromCharCode(...Array.from({ length: Math.min(length, 64) }, () => below(256)))
        .padEnd(length, `${i}.`)
        .slice(0, length)
      const kind = below(8)
      if (kind === 0) {
        frames.push(frame(9, `ping ${i}`))
        pings.push(`ping ${i}`)
      } else if (kind === 1) {
        const middle = below(length + 1)
        frames.push(frame(2, body.slice(0, middle), false), frame(9, `in ${i}`), frame(0, body.slice(middle)))
        pings.push(`in ${i}`)
        sent.push(body)
      } else {
        frames.push(frame(2, body))
        sent.push(body)
      }
    }
    const all = Buffer.concat(frames)
    for (let at = 0; at < all.length; ) {
      const size = below(4) === 0 ? 1 + below(20) : 1 + below(30_000)
      const part = all.subarray(at, at + size)
      await new Promise<void>((resolve) => client.write(part, () => setImmediate(resolve)))
      at += size
    }
    await until('all are read', () => met.messages.length >= sent.length && met.pings.length >= pings.length)
    expect(met.messages).toEqual(sent)
    expect(met.pings).toEqual(pings)
  })
}

test('a frame without a mask breaks the protocol, as ws says', async () => {
  client.write(Buffer.from([0x82, 1, 65]))
  await until('closed', () => closeCode() !== undefined)
  expect(closeCode()).toBe(1002)
  expect(met.messages).toEqual([])
})

test('a message over the bound is refused by ws', async () => {
  client.write(frame(2, 'x'.repeat(200_001)).subarray(0, 1_000))
  await until('closed', () => closeCode() !== undefined)
  expect(closeCode()).toBe(1009)
})

test('a whole message inside a fragmented one breaks the protocol', async () => {
  client.write(Buffer.concat([frame(2, 'begin', false), frame(2, 'again')]))
  await until('closed', () => closeCode() !== undefined)
  expect(closeCode()).toBe(1002)
  expect(met.messages).toEqual([])
})
