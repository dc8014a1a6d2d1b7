// A PostgreSQL server of the tests' own: a new cluster in a temporary folder, on a free port of this machine's own loop.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, readdirSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { forbidWriting, mountSmallDisk } from '../cluster/disk.ts'
import { freePort } from '../faults/serverProcess.ts'
import { patienceMs } from '../patience.ts'

const folderOfPrograms = ((): string | null => {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const folders = [
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ]
  return folders.find((folder) => existsSync(join(folder, 'initdb'))) ?? null
})()

/** What to install where there is none. */
export const howPostgreSQLIsMissing: string | null = folderOfPrograms
  ? null
  : 'no PostgreSQL was found: install Debian’s package postgresql, or put initdb on the PATH'

/** Suites are skipped without PostgreSQL, in words; with CI they must run. */
export const skipsPostgres = ((): boolean => {
  const how = howPostgreSQLIsMissing
  if (how === null) return false
  if (process.env.CI) throw new Error(how)
  process.stderr.write(`tests on PostgreSQL are skipped: ${how}\n`)
  return true
})()

/** PostgreSQL does not run as root: then it runs as its own user, or as nobody. */
const unprivileged = (): { uid: number; gid: number } | Record<string, never> => {
  if (process.getuid?.() !== 0) return {}
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { stdio: 'pipe' }).toString())
  try {
    return { uid: idOf('-u'), gid: idOf('-g') }
  } catch {
    return { uid: 65_534, gid: 65_534 }
  }
}

const tryEveryMs = 50
/** Of what it says, the end is kept, for the case that it does not start. */
const saidCharsMax = 2_000

export interface PostgresServer {
  /** Makes an empty database and resolves with its address. */
  database(): Promise<string>
  /** As when the power goes: everything stops at once, and the next start recovers from the log. */
  crash(): Promise<void>
  start(): Promise<void>
  /** Starts it again as a standby, which serves reads only; and as the primary that it was. */
  restartAs(role: 'standby' | 'primary'): Promise<void>
  /** No room is left for what it writes; resolves with how that was done, in words. */
  fillDisk(): Promise<string>
  /** There is room again, and it runs. */
  freeDisk(): Promise<void>
  close(): Promise<void>
}

/**
 * @param options.diskMebibytes keeps everything on a small disk of its own, where mounting is allowed
 * @param options.fsync waits for the disk, as a real server does; for what measures it or fills its disk
 */
export const openPostgresServer = async (
  options: { diskMebibytes?: number; fsync?: boolean } = {},
): Promise<PostgresServer> => {
  if (!folderOfPrograms) throw new Error('no PostgreSQL')
  const program = (name: string) => join(folderOfPrograms, name)
  const folder = await mkdtemp(join(tmpdir(), 'yishiting-postgres-'))
  const as = unprivileged()
  const disk = options.diskMebibytes ? await mountSmallDisk(folder, options.diskMebibytes) : null
  if (as.uid !== undefined) chownSync(folder, as.uid, as.gid)
  const data = join(folder, 'data')
  execFileSync(
    program('initdb'),
    ['-D', data, '-U', 'hall', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    {
      ...as,
      cwd: folder,
      stdio: 'pipe',
    },
  )
  const port = await freePort()
  const address = (database: string) => `postgres://hall@127.0.0.1:${port}/${database}`
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'shared_buffers=32MB']
  // A program that is killed loses nothing that the kernel took, and the recovery of a thousand files, each waiting for a
  // busy disk, takes half a minute.
  if (!options.fsync) settings.push('fsync=off')
  // What is left to fill should be data, not old log.
  if (disk) settings.push('max_wal_size=64MB', 'min_wal_size=32MB')
  let server: ChildProcess | null = null
  let databases = 0

  const ask = async (sql: string): Promise<void> => {
    const client = new Client({ connectionString: address('postgres') })
    client.on('error', () => {})
    try {
      await client.connect()
      await client.query(sql)
    } finally {
      await client.end().catch(() => {})
    }
  }

  const start = async (): Promise<void> => {
    const flags = settings.flatMap((setting) => ['-c', setting])
    const child = spawn(program('postgres'), ['-D', data, '-p', String(port), ...flags], {
      ...as,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    server = child
    let said = ''
    child.stderr.on('data', (bytes: Buffer) => {
      said = (said + bytes).slice(-saidCharsMax)
    })
    const until = Date.now() + patienceMs
    while (
      !(await ask('select 1').then(
        () => true,
        () => false,
      ))
    ) {
      if (child.exitCode !== null || Date.now() > until) throw new Error(`PostgreSQL did not start: ${said}`)
      await pause(tryEveryMs)
    }
  }

  const stop = async (signal: 'SIGQUIT' | 'SIGINT'): Promise<void> => {
    const child = server
    server = null
    if (!child || child.exitCode !== null) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }

  await start()
  return {
    database: async () => {
      databases += 1
      await ask(`create database hall_${databases}`)
      return address(`hall_${databases}`)
    },
    crash: () => stop('SIGQUIT'),
    start,
    restartAs: async (role) => {
      await stop('SIGINT')
      const signal = join(data, 'standby.signal')
      await (role === 'standby' ? writeFile(signal, '') : rm(signal))
      await start()
    },
    fillDisk: async () => {
      if (disk) await disk.fill()
      else forbidWriting(server?.pid ?? 0, true)
      return disk ? 'its disk is filled to the last block' : 'it may write no file any further (RLIMIT_FSIZE)'
    },
    freeDisk: async () => {
      if (disk) await disk.free()
      else if (server?.exitCode === null) forbidWriting(server.pid ?? 0, false)
      if (server?.exitCode !== null) await start()
    },
    close: async () => {
      await stop('SIGINT')
      await disk?.unmount()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
