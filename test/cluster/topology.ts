// Several nodes of one hall on this machine: a PostgreSQL and a Redis of their own, every line between them a wire that
// can be cut, and a balancer before them.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openRedisServer, type RedisServer } from '../bus/redisServer.ts'
import { freePort, type RunningServer, startServer } from '../faults/serverProcess.ts'
import { openPostgresServer, type PostgresServer } from '../store/postgresServer.ts'
import { type Balancer, openBalancer } from './balancer.ts'
import { openWire, type Wire } from './wire.ts'

export interface ClusterNode {
  readonly url: string
  readonly toPostgres: Wire
  readonly toRedis: Wire
  /** @param skewMs how wrong its clock is */
  start(skewMs?: number): Promise<void>
  /** `kill -9` */
  kill(): Promise<void>
  /** As an operator stops it: it drains first. */
  stop(): Promise<void>
  freeze(): void
  thaw(): void
  /** False, too, when it ended by itself. */
  readonly isUp: boolean
}

export interface Topology {
  /** The balancer, where clients come in. */
  readonly url: string
  readonly nodes: readonly ClusterNode[]
  readonly postgres: PostgresServer
  readonly redis: RedisServer
  readonly databaseUrl: string
  /** Starts every node, and the balancer before them. */
  start(): Promise<void>
  close(): Promise<void>
}

export interface TopologyAsk {
  /** The built server's script. */
  readonly main: string
  readonly nodes: number
  readonly listen?: { readonly host: string; readonly port: number }
  readonly publicUrl?: string
  readonly env?: Readonly<Record<string, string>>
  /** PostgreSQL on a small disk of its own, where mounting is allowed. */
  readonly diskMebibytes?: number
}

const skewScript = fileURLToPath(new URL('./skew.mjs', import.meta.url))

const portOf = (url: string): number => Number(new URL(url).port)

const through = (url: string, { port }: Wire): string => {
  const passed = new URL(url)
  passed.port = String(port)
  return passed.href
}

/** Everything but the nodes and the balancer runs when it resolves, so that the database can be filled first. */
export const openTopology = async (ask: TopologyAsk): Promise<Topology> => {
  const folder = await mkdtemp(join(tmpdir(), 'yishiting-cluster-'))
  const [postgres, redis] = await Promise.all([
    openPostgresServer({ fsync: true, ...(ask.diskMebibytes ? { diskMebibytes: ask.diskMebibytes } : {}) }),
    openRedisServer(),
  ])
  const databaseUrl = await postgres.database()
  const port = ask.listen?.port || (await freePort())
  const url = `http://127.0.0.1:${port}`
  const nodes: ClusterNode[] = []
  for (let i = 0; i < ask.nodes; i += 1) {
    const wires = {
      toPostgres: await openWire(portOf(databaseUrl)),
      toRedis: await openWire(portOf(redis.url)),
    }
    const env = {
      DATA_DIR: join(folder, `node-${i + 1}`),
      DATABASE_URL: through(databaseUrl, wires.toPostgres),
      REDIS_URL: through(redis.url, wires.toRedis),
      PUBLIC_URL: ask.publicUrl ?? url,
      ...ask.env,
    }
    nodes.push(await openNode(ask.main, env, wires))
  }
  let balancer: Balancer | null = null
  return {
    url,
    nodes,
    postgres,
    redis,
    databaseUrl,
    start: async () => {
      await Promise.all(nodes.map((node) => node.start()))
      balancer = await openBalancer(
        nodes.map((node) => portOf(node.url)),
        { host: ask.listen?.host ?? '127.0.0.1', port },
      )
    },
    close: async () => {
      await balancer?.close()
      await Promise.all(nodes.map((node) => node.kill()))
      await Promise.all(nodes.flatMap(({ toPostgres, toRedis }) => [toPostgres.close(), toRedis.close()]))
      await redis.close()
      await postgres.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const openNode = async (
  main: string,
  env: Readonly<Record<string, string>>,
  wires: Pick<ClusterNode, 'toPostgres' | 'toRedis'>,
): Promise<ClusterNode> => {
  const port = await freePort()
  let server: RunningServer | null = null
  const end = async (how: 'kill' | 'stop'): Promise<void> => {
    const ending = server
    server = null
    await ending?.[how]()
  }
  return {
    ...wires,
    url: `http://127.0.0.1:${port}`,
    start: async (skewMs = 0) => {
      const skewed = skewMs === 0 ? {} : { CLOCK_SKEW_MS: String(skewMs) }
      const flags = skewMs === 0 ? [] : ['--import', skewScript]
      const started = await startServer(main, { ...env, ...skewed, PORT: String(port) }, flags)
      server = started
      void started.gone.then(() => {
        if (server === started) server = null
      })
    },
    kill: () => end('kill'),
    stop: () => end('stop'),
    freeze: () => server?.freeze(),
    thaw: () => server?.thaw(),
    get isUp() {
      return server !== null
    },
  }
}
