// Owns a real hall for the screen's tests: the server as a process that can be killed, the built client before it, a
// browser, and the facilitator's orders over a socket.
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { accessSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Browser, chromium } from 'playwright-core'
import { io } from 'socket.io-client'
import { build, preview } from 'vite'
import { answering } from '../../server/cli/run.ts'
import type { Seeded } from '../../server/cli/seedMeeting.ts'
import type { Command } from '../../shared/meeting/commands.ts'
import type { Answer, Done, Welcome } from '../../shared/wire/live.ts'
import { patienceMs } from '../patience.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const chromiumPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => {
    try {
      accessSync(path)
      return true
    } catch {
      return false
    }
  },
)

/** With `CI=true` nothing is skipped: a missing browser is then a failure. */
export const lacksChromium = chromiumPath === undefined && process.env.CI !== 'true'

const freePort = (): Promise<number> =>
  new Promise((settle) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => settle(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

const startsWithinMs = 30_000

const startServer = (env: NodeJS.ProcessEnv): Promise<ChildProcess> =>
  new Promise((settle, fail) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], { cwd: root, env })
    let said = ''
    const hear = (bytes: Buffer) => {
      said += bytes.toString()
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', (code) => fail(new Error(`the hall stopped with ${code}: ${said}`)))
    answering(`http://127.0.0.1:${env.PORT}/healthz`, startsWithinMs).then(() => settle(child), fail)
  })

const kill = (child: ChildProcess): Promise<void> =>
  new Promise((settle) => {
    child.removeAllListeners('exit')
    child.once('exit', () => settle())
    child.kill('SIGKILL')
  })

const openClient = async (dir: string, port: number, serverPort: number) => {
  const configFile = join(root, 'vite.config.ts')
  await build({ configFile, logLevel: 'error', build: { outDir: dir, minify: false } })
  const target = `http://127.0.0.1:${serverPort}`
  return preview({
    configFile,
    logLevel: 'silent',
    build: { outDir: dir },
    preview: {
      port,
      strictPort: true,
      host: '127.0.0.1',
      proxy: { '/api': target, '/socket.io': { target, ws: true }, '/drafts': { target, ws: true } },
    },
  })
}

export interface ScreenHouse {
  readonly url: string
  readonly seeded: Seeded
  readonly browser: Browser
  readonly call: <T>(path: string, body?: unknown) => Promise<T>
  /** Gives orders as the facilitator, one after the other; a refusal is a failure. */
  readonly give: (...commands: Command[]) => Promise<void>
  readonly welcome: () => Promise<Welcome>
  killServer(): Promise<void>
  startServer(): Promise<void>
  close(): Promise<void>
}

export const openScreenHouse = async (): Promise<ScreenHouse> => {
  const dir = await mkdtemp(join(tmpdir(), 'yst-screen-'))
  const [port, clientPort] = await Promise.all([freePort(), freePort()])
  const api = `http://127.0.0.1:${port}`
  const url = `http://127.0.0.1:${clientPort}`
  const env = {
    ...process.env,
    DATA_DIR: join(dir, 'data'),
    PORT: String(port),
    HOST: '127.0.0.1',
    LOG_LEVEL: 'error',
  }
  const seedArgs = ['--import', 'tsx', 'server/cli/seed.ts', '--seats', '12', '--json']
  const { stdout } = await promisify(execFile)(process.execPath, seedArgs, { cwd: root, env })
  const seeded = JSON.parse(stdout) as Seeded
  const client = await openClient(join(dir, 'client'), clientPort, port)
  let server = await startServer(env)
  const browser = await chromium.launch({
    ...(chromiumPath === undefined ? {} : { executablePath: chromiumPath }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })

  const signIn = await fetch(`${api}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: seeded.facilitator.token }),
  })
  const cookie = signIn.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const { meetingId } = seeded
  const socket = io(api, {
    extraHeaders: { cookie },
    transports: ['websocket'],
    reconnectionDelay: 50,
    reconnectionDelayMax: 200,
  })
  const welcome = async (): Promise<Welcome> => {
    const answer: Answer<Welcome> = await socket
      .timeout(patienceMs)
      .emitWithAck('join', { meetingId, protocol: 1 })
    if (!answer.ok) throw new Error(`the meeting refused: ${answer.refusal.code}`)
    return answer.value
  }
  let given = 0

  return {
    url,
    seeded,
    browser,
    call: async <T>(path: string, body?: unknown): Promise<T> => {
      const response = await fetch(api + path, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { cookie, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
      return (await response.json()) as T
    },
    give: async (...commands) => {
      await welcome()
      for (const command of commands) {
        given += 1
        const ask = { meetingId, commandId: `screen-test-${given}`, command }
        const answer: Answer<Done> = await socket.timeout(patienceMs).emitWithAck('command', ask)
        if (!answer.ok) throw new Error(`${command.type} was refused: ${answer.refusal.code}`)
      }
    },
    welcome,
    killServer: () => kill(server),
    startServer: async () => {
      server = await startServer(env)
    },
    close: async () => {
      socket.disconnect()
      await browser.close()
      await client.close()
      await kill(server)
      await rm(dir, { recursive: true, force: true })
    },
  }
}
