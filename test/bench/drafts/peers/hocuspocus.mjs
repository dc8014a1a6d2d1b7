// Hocuspocus as its guide sets it up: the server, and the SQLite extension on a file.
import { SQLite } from '@hocuspocus/extension-sqlite'
import { Server } from '@hocuspocus/server'

const [file] = process.argv.slice(2)
const server = new Server({
  address: '127.0.0.1',
  port: 0,
  quiet: true,
  extensions: [new SQLite({ database: file })],
})
await server.listen()
process.stdout.write(`${server.httpServer.address().port}\n`)
