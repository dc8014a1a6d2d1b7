// The only reader of the environment.
import { readFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { join, resolve } from 'node:path'

export interface Config {
  readonly host: string
  readonly port: number
  readonly dataDir: string
  /** PostgreSQL instead of the embedded store, so that several nodes may serve one hall. */
  readonly databaseUrl: string | null
  /** The bus between nodes; without it they follow the store, more slowly. */
  readonly redisUrl: string | null
  /** The address that people reach the hall at, without a slash at the end; it goes into QR codes. */
  readonly publicUrl: string
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null
  readonly logLevel: string
  /** Proxies whose word on where a request comes from is believed: addresses and ranges, or `loopback`. */
  readonly trustProxy: string
  /** How long this node takes to send its clients elsewhere before it stops. */
  readonly drainMs: number
  readonly backup: BackupPlan
}

export interface BackupPlan {
  readonly dir: string
  /** 0 for never. */
  readonly everyHours: number
  /** So many of the newest stay. */
  readonly keep: number
  /** Brings an older store up to date although no backup of it can be made. */
  readonly upgradeWithout: boolean
}

export const readConfig = (env: Readonly<Record<string, string | undefined>>): Config => {
  const port = readPort(env.PORT)
  const tls = readTls(env.TLS_CERT, env.TLS_KEY)
  const dataDir = resolve(env.DATA_DIR || 'data')
  const scheme = tls ? 'https' : 'http'
  return {
    host: env.HOST || '0.0.0.0',
    port,
    dataDir,
    databaseUrl: withPassword(
      readAddress('DATABASE_URL', env.DATABASE_URL, ['postgres:', 'postgresql:']),
      env.DATABASE_PASSWORD_FILE,
    ),
    redisUrl: withPassword(
      readAddress('REDIS_URL', env.REDIS_URL, ['redis:', 'rediss:']),
      env.REDIS_PASSWORD_FILE,
    ),
    publicUrl: (env.PUBLIC_URL || `${scheme}://${lanAddress()}:${port}`).replace(/\/+$/, ''),
    tls,
    logLevel: env.LOG_LEVEL || 'info',
    trustProxy: env.TRUST_PROXY || 'loopback',
    // Without other nodes there is nowhere to send anybody.
    drainMs: readCount('DRAIN_MS', env.DRAIN_MS, env.DATABASE_URL ? 8_000 : 0, 0),
    backup: {
      dir: resolve(env.BACKUP_DIR || join(dataDir, 'backups')),
      // The embedded store keeps itself; whoever runs PostgreSQL says where backups may lie.
      everyHours: readCount('BACKUP_EVERY_HOURS', env.BACKUP_EVERY_HOURS, env.DATABASE_URL ? 0 : 24, 0),
      keep: readCount('BACKUP_KEEP', env.BACKUP_KEEP, 7, 1),
      upgradeWithout: env.UPGRADE_WITHOUT_BACKUP === 'yes',
    },
  }
}

const readPort = (text: string | undefined): number => {
  const port = Number(text || 3000)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`PORT is no port: ${text}`)
  return port
}

const readCount = (name: string, text: string | undefined, unset: number, least: number): number => {
  const count = text ? Number(text) : unset
  if (!(count >= least) || count === Number.POSITIVE_INFINITY)
    throw new Error(`${name} takes a number from ${least}`)
  return count
}

/** Its text is not repeated in the fault: it holds a password. */
const readAddress = (
  name: string,
  text: string | undefined,
  protocols: readonly [string, ...string[]],
): string | null => {
  if (!text) return null
  if (!URL.canParse(text) || !protocols.includes(new URL(text).protocol))
    throw new Error(`${name} is no address that begins with ${protocols[0]}//`)
  return text
}

/** A password kept in a file, as containers are given secrets, goes into the address here. */
const withPassword = (address: string | null, file: string | undefined): string | null => {
  if (address === null || !file) return address
  const whole = new URL(address)
  whole.password = encodeURIComponent(readFileSync(file, 'utf8').trim())
  return whole.href
}

const readTls = (certFile: string | undefined, keyFile: string | undefined): Config['tls'] => {
  if (!certFile && !keyFile) return null
  if (!certFile || !keyFile) throw new Error('TLS_CERT and TLS_KEY go together')
  return { certFile, keyFile }
}

/** The first address on the local network that is not this machine's own loop. */
const lanAddress = (): string => {
  for (const addresses of Object.values(networkInterfaces())) {
    for (const address of addresses ?? []) {
      if (address.family === 'IPv4' && !address.internal) return address.address
    }
  }
  return 'localhost'
}
