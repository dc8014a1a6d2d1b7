// What is measured, each a process of its own: this hall, a bare Socket.IO server (with and without the Redis adapter) and
// a bare WebSocket fan-out. Children inherit the cores of whoever starts them.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openPostgresStore } from '../../../server/store/postgres.ts'
import { openSqliteStore } from '../../../server/store/sqlite.ts'
import { openRedisServer } from '../../bus/redisServer.ts'
import { freePort, startServer } from '../../faults/serverProcess.ts'
import { openPostgresServer } from '../../store/postgresServer.ts'
import type { Where } from './seat.ts'
import { type BenchMeeting, seedMeetings } from './seeding.ts'

export interface Arena {
  readonly title: string
  /** Where the clients of a node come in. */
  readonly ports: readonly number[]
  readonly pids: readonly number[]
  readonly speaks: Where['speaks']
  readonly meetings: readonly BenchMeeting[]
  close(): Promise<void>
}

export interface HallAsk {
  /** The built server's script. */
  readonly main: string
  readonly meetings: number
  readonly seats: number
  /** On the embedded store when absent. */
  readonly cluster?: { readonly nodes: number; readonly withRedis: boolean }
}

export const serverCores = '0'
const loadCores = '1'
const allCores = '0,1'

/** Whether processes can be bound to cores here. */
export const hasTaskset = spawnSync('taskset', ['-V']).status === 0

const bindTo = (cores: string): void => {
  if (hasTaskset) execFileSync('taskset', ['-a', '-cp', cores, String(process.pid)], { stdio: 'ignore' })
}

/** What is started within runs on these cores; this process itself goes back to where the load is made. */
export const onCores = async <T>(cores: string | null, start: () => Promise<T>): Promise<T> => {
  bindTo(cores ?? allCores)
  try {
    return await start()
  } finally {
    bindTo(cores === serverCores ? loadCores : allCores)
  }
}

export const openHallArena = async (ask: HallAsk): Promise<Arena> => {
  const folder = await mkdtemp(join(tmpdir(), 'yishiting-bench-'))
  const closing: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })]
  const env: Record<string, string> = { DATA_DIR: folder }
  if (ask.cluster) {
    const postgres = await openPostgresServer({ fsync: true })
    closing.unshift(postgres.close)
    env.DATABASE_URL = await postgres.database()
    if (ask.cluster.withRedis) {
      const redis = await openRedisServer()
      closing.unshift(redis.close)
      env.REDIS_URL = redis.url
    }
  }
  const store = env.DATABASE_URL
    ? await openPostgresStore(env.DATABASE_URL)
    : await openSqliteStore(join(folder, 'hall.db'))
  const meetings = await seedMeetings(store, ask)
  const ports: number[] = []
  const pids: number[] = []
  for (let i = 0; i < (ask.cluster?.nodes ?? 1); i += 1) {
    const port = await freePort()
    const server = await startServer(ask.main, { ...env, PORT: String(port) })
    closing.unshift(server.kill)
    ports.push(port)
    pids.push(server.pid)
  }
  const close = async (): Promise<void> => {
    for (const each of closing) await each()
  }
  return { title: 'this hall', ports, pids, speaks: 'socketIo', meetings, close }
}

const peersFolder = fileURLToPath(new URL('./peers', import.meta.url))

/** @returns why they could not be installed, or `null` */
export const installPeers = (): string | null => {
  if (spawnSync('npm', ['ls', '--depth', '0'], { cwd: peersFolder }).status === 0) return null
  process.stderr.write('installing what is measured against (once)…\n')
  const { status, stderr } = spawnSync('npm', ['ci'], { cwd: peersFolder, encoding: 'utf8' })
  return status === 0 ? null : stderr.trim()
}

const openPeer = async (
  title: string,
  script: string,
  speaks: Where['speaks'],
  env: Record<string, string> = {},
): Promise<Arena> => {
  const port = await freePort()
  const server = await startServer(join(peersFolder, script), { ...env, PORT: String(port) })
  return { title, ports: [port], pids: [server.pid], speaks, meetings: [], close: server.kill }
}

export const openSocketIo = (): Promise<Arena> => openPeer('bare Socket.IO', 'socketIo.mjs', 'socketIo')

export const openSocketIoWithRedis = async (): Promise<Arena> => {
  const redis = await openRedisServer()
  const title = 'bare Socket.IO, Redis adapter'
  const arena = await openPeer(title, 'socketIo.mjs', 'socketIo', { REDIS_URL: redis.url })
  const close = async (): Promise<void> => {
    await arena.close()
    await redis.close()
  }
  return { ...arena, close }
}

export const openFanOut = (): Promise<Arena> => openPeer('bare WebSocket fan-out', 'fanOut.mjs', 'bare')

export const rssKiB = (pid: number): number =>
  Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)]).toString())
