// The practical limit of a WebSocket server in Node: reads no message, keeps nothing, and writes to each receiver at
// most once for all that one turn of the event loop brought to its draft.
import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'

const sockets = new WebSocketServer({ noServer: true, clientTracking: false, perMessageDeflate: false })
const server = createServer()
/** Path to its members and the frames that wait. */
const drafts = new Map()
let waiting = []

const framed = (data) => {
  const { length } = data
  const header = length < 126 ? Buffer.from([0x82, length]) : Buffer.alloc(length < 65_536 ? 4 : 10)
  if (length >= 65_536) {
    header[0] = 0x82
    header[1] = 127
    header.writeUInt32BE(length, 6)
  } else if (length >= 126) {
    header[0] = 0x82
    header[1] = 126
    header.writeUInt16BE(length, 2)
  }
  return [header, data]
}

const flush = () => {
  const due = waiting
  waiting = []
  for (const draft of due) {
    const bytes = Buffer.concat(draft.frames)
    draft.frames = []
    for (const socket of draft.members) socket.write(bytes)
  }
}

server.on('upgrade', (request, socket, head) => {
  sockets.handleUpgrade(request, socket, head, (ws) => {
    const path = request.url
    if (!drafts.has(path)) drafts.set(path, { members: new Set(), frames: [] })
    const draft = drafts.get(path)
    draft.members.add(socket)
    ws.on('error', () => {})
    ws.on('close', () => draft.members.delete(socket))
    ws.on('message', (data) => {
      // A question to the server is for the server.
      if (data[0] === 0 && data[1] === 0) return
      if (draft.frames.length === 0) {
        if (waiting.length === 0) setImmediate(flush)
        waiting.push(draft)
      }
      draft.frames.push(...framed(data))
    })
  })
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`))
