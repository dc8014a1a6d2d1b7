// The servers that are measured, each a process of its own pinned to the first core, and how a person gets into a
// draft on each. Peers are installed beside this file at the first run, and never with the product.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildServer, freePort } from '../../faults/serverProcess.ts'
import { type SeededTemplate, seedTemplate } from './seedTemplate.ts'

export type ContenderName = 'hall' | 'yWebsocket' | 'hocuspocus' | 'relay'

/** What a client says to get into a draft, and how its messages begin. */
export interface Place {
  readonly port: number
  readonly path: string
  readonly cookie: string
  /** Hocuspocus puts the name of the document before every message. */
  readonly documentName: string | null
  /** A relay has nothing to answer. */
  readonly answers: boolean
}

export interface Running {
  readonly pid: number
  place(draft: number, person: number): Place
  kill(): Promise<void>
  /** Ends it, starts it again on what it kept. */
  restart(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
  end(): Promise<void>
}

export interface Contender {
  readonly name: ContenderName
  readonly title: string
  /** @param keeps whether it must keep what is written, where it has the choice */
  start(keeps: boolean): Promise<Running>
  remove(): Promise<void>
}

const peersDir = fileURLToPath(new URL('./peers', import.meta.url))
export const serverCore = '0'
export const loadCore = '1'
const hasTaskset = spawnSync('taskset', ['--version']).status === 0

/** Moves this process to the core of the load. @returns whether processes can be pinned on this machine */
export const pinLoad = (): boolean => {
  if (hasTaskset) spawnSync('taskset', ['-a', '-p', '-c', loadCore, String(process.pid)])
  return hasTaskset
}

interface Script {
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** The port, where the script does not print its own. */
  readonly port?: number
}

const nodeFlags = (process.env.BENCH_NODE_FLAGS ?? '').split(' ').filter(Boolean)

const launch = async ({ args, env, port }: Script): Promise<{ child: ChildProcess; port: number }> => {
  const command = [process.execPath, ...nodeFlags, ...args]
  const [file, ...rest] = hasTaskset ? ['taskset', '-c', serverCore, ...command] : command
  const child = spawn(file as string, rest, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', process.env.BENCH_TRACE ? 'inherit' : 'ignore'],
  })
  const printed = await new Promise<string>((resolve, reject) => {
    let text = ''
    child.stdout?.on('data', (data: Buffer) => {
      text += data.toString()
      const isUp = port === undefined ? /^\d+$/m.exec(text) : text.includes('running at')
      if (isUp) resolve(isUp === true ? String(port) : isUp[0])
    })
    child.once('exit', (code) => reject(new Error(`${args[0]} ended with ${code} before it listened`)))
  })
  return { child, port: Number(printed) }
}

const ended = (child: ChildProcess, signal: NodeJS.Signals): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill(signal)
    // A peer that cannot shut down in this time is not waited for.
    setTimeout(() => child.kill('SIGKILL'), 20_000).unref()
  })

const run = async (
  scriptOf: () => Promise<Script>,
  placeOf: (port: number, draft: number, person: number) => Place,
  clean: () => Promise<void>,
): Promise<Running> => {
  let { child, port } = await launch(await scriptOf())
  return {
    get pid() {
      return child.pid ?? 0
    },
    place: (draft, person) => placeOf(port, draft, person),
    kill: () => ended(child, 'SIGKILL'),
    restart: async (signal) => {
      await ended(child, signal)
      ;({ child, port } = await launch(await scriptOf()))
    },
    end: async () => {
      await ended(child, 'SIGKILL')
      await clean()
    },
  }
}

const tempDir = (): Promise<string> => mkdtemp(join(tmpdir(), 'yishiting-bench-drafts-'))
const removeDir = (dir: string) => () => rm(dir, { recursive: true, force: true })

/** The hall itself, as it is really run: built, on SQLite with fsync, its guard on, real sessions at its real door. */
export const openHallContender = async (ask: { drafts: number; crowd: number }): Promise<Contender> => {
  const built = await buildServer()
  const template: SeededTemplate = await seedTemplate(ask)
  return {
    name: 'hall',
    title: 'Yishiting',
    start: async () => {
      const dataDir = await tempDir()
      await cp(template.dataDir, dataDir, { recursive: true })
      const scriptOf = async (): Promise<Script> => {
        const port = await freePort()
        const env = { DATA_DIR: dataDir, PORT: String(port), HOST: '127.0.0.1', LOG_LEVEL: 'error' }
        return { args: [join(import.meta.dirname, 'hallProcess.mjs'), built.main], env }
      }
      const placeOf = (port: number, draft: number, person: number): Place => {
        const { draftId, cookies } = template.drafts[draft] ?? { draftId: '', cookies: [] }
        const cookie = cookies[person % cookies.length]
        if (!cookie) throw new Error(`draft ${draft} was not seeded`)
        return { port, path: `/drafts/${draftId}`, cookie, documentName: null, answers: true }
      }
      return run(scriptOf, placeOf, removeDir(dataDir))
    },
    remove: async () => {
      await built.remove()
      await template.remove()
    },
  }
}

const installPeers = (): string | null => {
  const listed = spawnSync('npm', ['ls', '--prefix', peersDir, '--depth', '0'], { encoding: 'utf8' })
  if (listed.status === 0) return null
  process.stderr.write('installing the peers to be measured against (once)…\n')
  const { status, stderr } = spawnSync('npm', ['ci', '--prefix', peersDir], {
    encoding: 'utf8',
    cwd: peersDir,
  })
  return status === 0 ? null : stderr.trim().split('\n').slice(-3).join(' · ')
}

const versionOf = async (name: string): Promise<string> =>
  JSON.parse(await readFile(join(peersDir, 'node_modules', name, 'package.json'), 'utf8')).version

const plainPlace =
  (answers: boolean) =>
  (port: number, draft: number): Place => ({
    port,
    path: `/d${draft}`,
    cookie: '',
    documentName: null,
    answers,
  })

const relay: Contender = {
  name: 'relay',
  title: 'bare coalescing relay',
  start: () =>
    run(
      async () => ({ args: [join(peersDir, 'relay.mjs')] }),
      plainPlace(false),
      async () => {},
    ),
  remove: async () => {},
}

const yWebsocket = async (): Promise<Contender> => ({
  name: 'yWebsocket',
  title: `@y/websocket-server ${await versionOf('@y/websocket-server')}`,
  start: async (keeps) => {
    const dir = await tempDir()
    const script = join(peersDir, 'node_modules/@y/websocket-server/src/server.js')
    const scriptOf = async (): Promise<Script> => {
      const port = await freePort()
      const kept = keeps ? { YPERSISTENCE: join(dir, 'level') } : undefined
      return { args: [script], env: { HOST: '127.0.0.1', PORT: String(port), ...kept }, port }
    }
    return run(scriptOf, plainPlace(true), removeDir(dir))
  },
  remove: async () => {},
})

const hocuspocus = async (): Promise<Contender> => ({
  name: 'hocuspocus',
  title: `Hocuspocus ${await versionOf('@hocuspocus/server')} with SQLite`,
  start: async () => {
    const dir = await tempDir()
    const scriptOf = async (): Promise<Script> => ({
      args: [join(peersDir, 'hocuspocus.mjs'), join(dir, 'hocuspocus.db')],
    })
    const placeOf = (port: number, draft: number): Place => ({
      port,
      path: '/',
      cookie: '',
      documentName: `d${draft}`,
      answers: true,
    })
    return run(scriptOf, placeOf, removeDir(dir))
  },
  remove: async () => {},
})

/** The peers that can be had on this machine, and in words what cannot. */
export const openPeers = async (): Promise<{ peers: Contender[]; missing: string[] }> => {
  const fault = installPeers()
  if (fault) return { peers: [relay], missing: [`the peers could not be installed: ${fault}`] }
  return { peers: [await yWebsocket(), await hocuspocus(), relay], missing: [] }
}
