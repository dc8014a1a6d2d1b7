// The address that the test browsers know: serves the test page and passes all else on to the hall behind it. It can
// cut a browser off, as a lost Wi-Fi does, while others stay connected.
import { readFile } from 'node:fs/promises'
import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect, type Socket } from 'node:net'
import { extname, join } from 'node:path'
import type { Duplex } from 'node:stream'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
}
const pagePath = '/editor-page/'

export interface FrontDoor {
  readonly url: string
  /** Cuts off the browsers whose user agent ends so, or lets them back in. */
  setCut(tag: string, isCut: boolean): void
  close(): Promise<void>
}

const tagOf = (request: IncomingMessage): string =>
  /tag-(\S+)$/.exec(request.headers['user-agent'] ?? '')?.[1] ?? ''

const servePage = async (dir: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const path = new URL(request.url ?? '/', 'http://page').pathname.slice(pagePath.length)
  const file = path === '' ? 'index.html' : path
  const body = await readFile(join(dir, file)).catch(() => null)
  response.writeHead(body === null ? 404 : 200, {
    'content-type': types[extname(file)] ?? 'application/octet-stream',
  })
  response.end(body)
}

const passOn = (port: number, request: IncomingMessage, response: ServerResponse): void => {
  const onward = ask(
    { host: '127.0.0.1', port, method: request.method, path: request.url, headers: request.headers },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    },
  )
  onward.on('error', () => response.destroy())
  request.pipe(onward)
}

const headOf = (request: IncomingMessage): string => {
  const lines = [`${request.method} ${request.url} HTTP/1.1`]
  for (let i = 0; i < request.rawHeaders.length; i += 2)
    lines.push(`${request.rawHeaders[i]}: ${request.rawHeaders[i + 1]}`)
  return `${lines.join('\r\n')}\r\n\r\n`
}

const passSocket = (port: number, request: IncomingMessage, socket: Duplex, head: Buffer): Socket => {
  const onward = connect(port, '127.0.0.1')
  onward.write(headOf(request))
  onward.write(head)
  onward.pipe(socket).pipe(onward)
  const end = () => {
    onward.destroy()
    socket.destroy()
  }
  for (const side of [onward, socket]) {
    side.on('error', end)
    side.on('close', end)
  }
  return onward
}

export const openFrontDoor = (port: number, hallPort: number, pageDir: string): Promise<FrontDoor> => {
  const cut = new Set<string>()
  const open = new Map<Socket, string>()
  const server = createServer((request, response) => {
    if (cut.has(tagOf(request))) response.destroy()
    else if (request.url?.startsWith(pagePath)) void servePage(pageDir, request, response)
    else passOn(hallPort, request, response)
  })
  server.on('upgrade', (request, socket, head) => {
    const tag = tagOf(request)
    if (cut.has(tag)) {
      socket.destroy()
      return
    }
    const onward = passSocket(hallPort, request, socket, head)
    open.set(onward, tag)
    onward.on('close', () => open.delete(onward))
  })
  return new Promise((settle) => {
    server.listen(port, '127.0.0.1', () =>
      settle({
        url: `http://127.0.0.1:${port}`,
        setCut: (tag, isCut) => {
          if (isCut) cut.add(tag)
          else cut.delete(tag)
          if (isCut) for (const [socket, of] of open) if (of === tag) socket.destroy()
        },
        close: () =>
          new Promise((closed) => {
            server.close(() => closed())
            server.closeAllConnections()
            for (const socket of open.keys()) socket.destroy()
          }),
      }),
    )
  })
}
