// The only reader of the environment.
import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join, resolve } from 'node:path'
import { createSecureContext } from 'node:tls'
import { reasonOf } from '../shared/kernel/reason.ts'

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

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']
const namedProxies = ['loopback', 'linklocal', 'uniquelocal']

/** @throws in words that name the variable */
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
      'DATABASE_PASSWORD_FILE',
      env.DATABASE_PASSWORD_FILE,
    ),
    redisUrl: withPassword(
      readAddress('REDIS_URL', env.REDIS_URL, ['redis:', 'rediss:']),
      'REDIS_PASSWORD_FILE',
      env.REDIS_PASSWORD_FILE,
    ),
    publicUrl: (readPublicUrl(env.PUBLIC_URL) ?? `${scheme}://${lanAddress()}:${port}`).replace(/\/+$/, ''),
    tls,
    logLevel: readLogLevel(env.LOG_LEVEL || 'info'),
    trustProxy: readProxies(env.TRUST_PROXY || 'loopback'),
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
const withPassword = (address: string | null, name: string, file: string | undefined): string | null => {
  if (address === null || !file) return address
  const password = readNamedFile(name, file).trim()
  if (!password) throw new Error(`${name}: ${file} is empty`)
  const whole = new URL(address)
  whole.password = encodeURIComponent(password)
  return whole.href
}

const readNamedFile = (name: string, file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch (fault) {
    throw new Error(`${name}: ${file} cannot be read (${reasonOf(fault)})`, { cause: fault })
  }
}

const readTls = (certFile: string | undefined, keyFile: string | undefined): Config['tls'] => {
  if (!certFile && !keyFile) return null
  if (!certFile || !keyFile) throw new Error('TLS_CERT and TLS_KEY go together')
  const pair = { cert: readNamedFile('TLS_CERT', certFile), key: readNamedFile('TLS_KEY', keyFile) }
  try {
    createSecureContext(pair)
  } catch (fault) {
    throw new Error(`TLS_CERT and TLS_KEY are no certificate with its key (${reasonOf(fault)})`, {
      cause: fault,
    })
  }
  return { certFile, keyFile }
}

/** It goes into QR codes as it stands, so a name alone would lead nowhere. */
const readPublicUrl = (text: string | undefined): string | null => {
  if (!text) return null
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new Error(`PUBLIC_URL is no address such as https://hall.example.org: ${text}`)
  return text
}

const readLogLevel = (text: string): string => {
  if (!logLevels.includes(text)) throw new Error(`LOG_LEVEL is one of ${logLevels.join(', ')}, not ${text}`)
  return text
}

const readProxies = (text: string): string => {
  const isProxy = (piece: string): boolean => {
    const [address = '', bits, ...more] = piece.split('/')
    const width = isIP(address) === 6 ? 128 : 32
    const isRange = bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= width)
    return namedProxies.includes(piece) || (isIP(address) !== 0 && isRange && more.length === 0)
  }
  const wrong = text.split(',').find((piece) => !isProxy(piece.trim()))
  if (wrong !== undefined)
    throw new Error(
      `TRUST_PROXY takes addresses and ranges such as 10.0.0.0/8, or loopback, with commas between: not ${wrong}`,
    )
  return text
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
