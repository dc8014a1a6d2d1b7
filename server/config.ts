// The only reader of the environment.
import { networkInterfaces } from 'node:os'
import { resolve } from 'node:path'

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
}

export const readConfig = (env: Readonly<Record<string, string | undefined>>): Config => {
  const port = readPort(env.PORT)
  const tls = readTls(env.TLS_CERT, env.TLS_KEY)
  const scheme = tls ? 'https' : 'http'
  return {
    host: env.HOST || '0.0.0.0',
    port,
    dataDir: resolve(env.DATA_DIR || 'data'),
    databaseUrl: readAddress('DATABASE_URL', env.DATABASE_URL, ['postgres:', 'postgresql:']),
    redisUrl: readAddress('REDIS_URL', env.REDIS_URL, ['redis:', 'rediss:']),
    publicUrl: (env.PUBLIC_URL || `${scheme}://${lanAddress()}:${port}`).replace(/\/+$/, ''),
    tls,
    logLevel: env.LOG_LEVEL || 'info',
  }
}

const readPort = (text: string | undefined): number => {
  const port = Number(text || 3000)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`PORT is no port: ${text}`)
  return port
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
