// The one place that knows which adapters are used: it opens the store and the bus, the rooms, and the three doors.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Logger as Pino, pino } from 'pino'
import { openLocalBus } from './bus/local.ts'
import { openRedisBus } from './bus/redis.ts'
import type { Config } from './config.ts'
import { buildHttp } from './http/http.ts'
import { openFigures } from './live/figures.ts'
import { openGateway } from './live/gateway.ts'
import type { Bus, Clock, Ids, Store } from './ports.ts'
import { draftIdIn, openRooms, type Rooms } from './rooms.ts'
import { openPostgresStore } from './store/postgres.ts'
import { openSqliteStore } from './store/sqlite.ts'
import { systemClock, systemIds } from './system.ts'

export interface Hall {
  /** Where it listens on this machine, such as `http://127.0.0.1:3000`. */
  readonly url: string
  readonly rooms: Rooms
  readonly store: Store
  close(): Promise<void>
}

export interface HallParts {
  readonly config: Config
  /** The built client's folder; `null` when something else serves it. */
  readonly clientDir: string | null
  readonly clock?: Clock
  readonly ids?: Ids
  readonly bus?: Bus
  readonly store?: Store
}

export const storeOf = ({ databaseUrl, dataDir }: Config): Promise<Store> =>
  databaseUrl ? openPostgresStore(databaseUrl) : openSqliteStore(join(dataDir, 'hall.db'))

const busOf = ({ redisUrl }: Config, logger: Pino): Bus => {
  if (!redisUrl) return openLocalBus()
  const words = { up: 'nodes hear each other through Redis', down: 'Redis is away: nodes follow the store' }
  return openRedisBus(redisUrl, { onStatus: (status) => logger.warn({ redis: status }, words[status]) })
}

/** Opens the hall and listens. */
export const openHall = async (parts: HallParts): Promise<Hall> => {
  const { config, clock = systemClock, ids = systemIds } = parts
  const logger: Pino = pino({ level: config.logLevel })
  const store = parts.store ?? (await storeOf(config))
  const bus = parts.bus ?? busOf(config, logger)
  const rooms = openRooms({ store, clock, ids, bus, logger })
  const { meetings, identity, drafts } = rooms
  const figures = openFigures()

  const tls = config.tls && {
    cert: await readFile(config.tls.certFile),
    key: await readFile(config.tls.keyFile),
  }
  const app = await buildHttp({
    store,
    clock,
    ids,
    bus,
    identity,
    meetings,
    logger,
    registry: figures.registry,
    liveScreens: (meetingId) => gateway.screensOf(meetingId),
    config: {
      publicUrl: config.publicUrl,
      clientDir: parts.clientDir && existsSync(parts.clientDir) ? parts.clientDir : null,
      tls,
    },
  })
  const gateway = openGateway({
    httpServer: app.server,
    store,
    clock,
    bus,
    meetings,
    principalOf: identity.fromCookieHeader,
    mayEnter: identity.mayEnter,
    names: identity.names,
    desk: identity.desk,
    farewell: identity.farewell,
    onRefusal: figures.refused,
  })
  figures.watch({ connections: gateway.connections, drafts: drafts.stats })
  app.server.on('upgrade', (request, socket, head) => {
    const draftId = draftIdIn(request.url)
    if (draftId !== null) drafts.handleUpgrade(request, socket, head, draftId)
    else if (!request.url?.startsWith('/socket.io/')) socket.destroy()
  })
  await app.listen({ host: config.host, port: config.port })
  const address = app.server.address()
  const port = typeof address === 'object' && address ? address.port : config.port

  return {
    url: `${config.tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    rooms,
    store,
    close: async () => {
      await gateway.close()
      await rooms.close()
      await app.close()
      await bus.close()
      await store.close()
    },
  }
}
