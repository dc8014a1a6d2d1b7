// The real server as a process of its own, to be killed: built once, since a built server starts several times faster.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** Inside node_modules, so that what was built finds its packages. */
const cacheDir = join(root, 'node_modules/.cache')

export interface BuiltServer {
  readonly main: string
  remove(): Promise<void>
}

export const buildServer = async (): Promise<BuiltServer> => {
  await mkdir(cacheDir, { recursive: true })
  const outDir = await mkdtemp(join(cacheDir, 'yishiting-server-'))
  await build({
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'error',
    mode: 'production',
    build: { ssr: true, outDir, emptyOutDir: true, sourcemap: false },
  })
  return { main: join(outDir, 'main.js'), remove: () => rm(outDir, { recursive: true, force: true }) }
}

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      probe.close(() => resolve(port))
    })
  })

export interface RunningServer {
  readonly pid: number
  /** Resolves when the process has ended, whoever ended it. */
  readonly gone: Promise<void>
  /** `kill -9`; resolves when the process is gone. */
  kill(): Promise<void>
  stop(): Promise<void>
  freeze(): void
  thaw(): void
}

/**
 * Resolves when the server has said where it is, which it does once it listens.
 * @param before what the command line begins with, such as `['taskset', '-c', '0']`
 */
export const startServer = async (
  main: string,
  env: Readonly<Record<string, string>>,
  nodeFlags: readonly string[] = [],
  before: readonly string[] = [],
): Promise<RunningServer> => {
  const [program = process.execPath, ...args] = [...before, process.execPath, ...nodeFlags, main]
  const child: ChildProcess = spawn(program, args, {
    cwd: root,
    env: { ...process.env, HOST: '127.0.0.1', LOG_LEVEL: 'error', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once('data', () => resolve())
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the server ended with ${code} before it listened`)))
  })
  const end = (signal: 'SIGKILL' | 'SIGTERM') => (): Promise<void> => {
    child.kill(signal)
    return gone
  }
  return {
    pid: child.pid ?? 0,
    gone,
    kill: end('SIGKILL'),
    stop: end('SIGTERM'),
    freeze: () => child.kill('SIGSTOP'),
    thaw: () => child.kill('SIGCONT'),
  }
}
