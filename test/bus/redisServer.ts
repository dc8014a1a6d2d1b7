// A Redis server of the tests' own, on a free port, keeping nothing on disk.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createClient } from 'redis'
import { freePort } from '../faults/serverProcess.ts'
import { patienceMs } from '../patience.ts'

const program =
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'redis-server'))
    .find((path) => existsSync(path)) ?? null

/** What to install where there is none. */
export const howRedisIsMissing: string | null = program
  ? null
  : 'no Redis was found: install Debian’s package redis-server, or put redis-server on the PATH'

/** Suites are skipped without Redis, in words; with CI they must run. */
export const skipsRedis = ((): boolean => {
  const how = howRedisIsMissing
  if (how === null) return false
  if (process.env.CI) throw new Error(how)
  process.stderr.write(`tests on Redis are skipped: ${how}\n`)
  return true
})()

const tryEveryMs = 20

export interface RedisServer {
  readonly url: string
  /** Runs one command, as an operator would. */
  ask(...command: readonly string[]): Promise<void>
  kill(): Promise<void>
  freeze(): void
  thaw(): void
  /** Starts it again on the same port, empty. */
  start(): Promise<void>
  close(): Promise<void>
}

export const openRedisServer = async (): Promise<RedisServer> => {
  if (!program) throw new Error('no Redis')
  const folder = await mkdtemp(join(tmpdir(), 'yishiting-redis-'))
  const port = await freePort()
  const url = `redis://127.0.0.1:${port}`
  let server: ChildProcess | null = null

  const ask = async (...command: readonly string[]): Promise<void> => {
    const client = createClient({ url, socket: { reconnectStrategy: false } })
    client.on('error', () => {})
    await client.connect()
    try {
      await client.sendCommand([...command])
    } finally {
      client.destroy()
    }
  }

  const start = async (): Promise<void> => {
    const flags = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '']
    const child = spawn(program, [...flags, '--appendonly', 'no'], { stdio: 'ignore' })
    server = child
    const until = Date.now() + patienceMs
    while (
      !(await ask('PING').then(
        () => true,
        () => false,
      ))
    ) {
      if (child.exitCode !== null || Date.now() > until) throw new Error('Redis did not start')
      await pause(tryEveryMs)
    }
  }

  const kill = async (): Promise<void> => {
    const child = server
    server = null
    if (!child || child.exitCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }

  await start()
  return {
    url,
    ask,
    kill,
    freeze: () => server?.kill('SIGSTOP'),
    thaw: () => server?.kill('SIGCONT'),
    start,
    close: async () => {
      await kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
