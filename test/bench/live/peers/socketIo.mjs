// A bare Socket.IO server: emits what it is told to everybody, acknowledges what it is sent, keeps nothing.
import { createServer } from 'node:http'
import { createAdapter } from '@socket.io/redis-streams-adapter'
import { createClient } from 'redis'
import { Server } from 'socket.io'

const { PORT, REDIS_URL } = process.env
const server = createServer()
const options = { transports: ['websocket'], serveClient: false, perMessageDeflate: false }
if (REDIS_URL) {
  const client = createClient({ url: REDIS_URL })
  await client.connect()
  options.adapter = createAdapter(client)
}
const io = new Server(server, options)
io.on('connection', (socket) => {
  socket.on('say', (frame) => io.emit('frame', frame))
  socket.on('command', (ask, answer) => answer({ ok: true, value: { seq: 1, receipt: ask.commandId } }))
})
server.listen(Number(PORT), '127.0.0.1', () => process.stdout.write('listening\n'))
