// The one place that knows which adapters are used: it opens the store and the bus, the rooms, and the three doors.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { type Logger as Pino, pino } from 'pino'
import { openLocalBus } from './bus/local.ts'
import type { Config } from './config.ts'
import { buildHttp } from './http/http.ts'
import { faultWords } from './keeping/faultWords.ts'
import { openSchedule } from './keeping/schedule.ts'
import { backUpFirst } from './keeping/upgrade.ts'
import { openFigures } from './live/figures.ts'
import { openGateway } from './live/gateway.ts'
import { openNeighbours } from './nodes/neighbours.ts'
import { openStoreClock } from './nodes/storeClock.ts'
import type { Bus, Clock, Ids, Store } from './ports.ts'
import { draftIdIn, openRooms, type Rooms } from './rooms.ts'
import { hallFileIn, placeOf } from './store/places.ts'
import { openServing } from './store/serving.ts'
import { openSqliteStore } from './store/sqlite.ts'
import { systemClock, systemIds } from './system.ts'

/** So many may knock at once: Node's own 511 leave the others waiting for a second when a hall comes back together. */
const connectionsWaitingMax = 4_096
/** Of the time for draining: until nobody new is let in, and then in which those who are here are sent away. */
const noticeShare = 0.3
const leavingShare = 0.6

export interface Hall {
  /** Where it listens on this machine, such as `http://127.0.0.1:3000`. */
  readonly url: string
  readonly rooms: Rooms
  readonly store: Store
  /** Sends everybody to other nodes before closing, for as long as the config says. */
  drain(): Promise<void>
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

const sayOnTerminal = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

// What speaks to PostgreSQL and Redis is read only where they are used: it is a third of the time that a start takes.

/** A hall that is older than this build is backed up, and then brought up to date. */
export const storeOf = async (
  config: Config,
  say: (line: string) => void = sayOnTerminal,
): Promise<Store> => {
  const place = placeOf(config)
  const options = { beforeUpgrade: backUpFirst(config, place, say) }
  if (place.kind === 'sqlite') return openSqliteStore(hallFileIn(place.dataDir), options)
  const { openPostgresStore } = await import('./store/postgres.ts')
  return openPostgresStore(place.databaseUrl, options)
}

const busOf = async ({ redisUrl }: Config, logger: Pino): Promise<Bus> => {
  if (!redisUrl) return openLocalBus()
  const { openRedisBus } = await import('./bus/redis.ts')
  const words = { up: 'nodes hear each other through Redis', down: 'Redis is away: nodes follow the store' }
  return openRedisBus(redisUrl, {
    onStatus: (status, fault) =>
      logger.warn({ redis: status, ...(fault !== undefined && { why: faultWords(fault) }) }, words[status]),
  })
}

const ratesOf = async ({ redisUrl }: Config) => {
  if (!redisUrl) return null
  const { openRedisRates } = await import('./bus/redisRates.ts')
  return openRedisRates(redisUrl)
}

/** Opens the hall and listens. */
export const openHall = async (parts: HallParts): Promise<Hall> => {
  const { config, ids = systemIds } = parts
  const logger: Pino = pino({ level: config.logLevel })
  const serving = await openServing(placeOf(config))
  const store = parts.store ?? (await storeOf(config))
  const bus = parts.bus ?? (await busOf(config, logger))
  const storeClock = parts.clock || store.dialect === 'sqlite' ? null : await openStoreClock(store)
  const clock = parts.clock ?? storeClock ?? systemClock
  const rates = parts.bus ? null : await ratesOf(config)
  let isDraining = false
  const neighbours = openNeighbours(bus)
  const rooms = openRooms({ store, clock, ids, bus, neighbours, logger })
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
    presets: rooms.presets,
    matters: rooms.matters,
    review: rooms.review,
    forks: rooms.forks,
    logger,
    registry: figures.registry,
    RateStore: rates?.Store as never,
    isDraining: () => isDraining,
    liveScreens: (meetingId) => gateway.screensOf(meetingId),
    config: {
      publicUrl: config.publicUrl,
      clientDir: parts.clientDir && existsSync(parts.clientDir) ? parts.clientDir : null,
      tls,
      trustProxy: config.trustProxy,
    },
  })
  const gateway = openGateway({
    httpServer: app.server,
    store,
    clock,
    bus,
    neighbours,
    meetings,
    draftSessions: drafts.sessions,
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
  const schedule = openSchedule({
    plan: config.backup,
    place: placeOf(config),
    dataDir: config.dataDir,
    clock,
    serving,
    registry: figures.registry,
    logger,
  })
  await app.listen({ host: config.host, port: config.port, backlog: connectionsWaitingMax })
  const address = app.server.address()
  const port = typeof address === 'object' && address ? address.port : config.port

  return {
    url: `${config.tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    rooms,
    store,
    drain: async () => {
      if (isDraining || config.drainMs === 0) return
      isDraining = true
      logger.info('this node sends its clients elsewhere and stops')
      // First whoever balances between nodes hears of it, then nobody new gets in, then everybody is sent away.
      await pause(config.drainMs * noticeShare)
      app.server.close()
      const leavingMs = config.drainMs * leavingShare
      const gone = Promise.all([gateway.drain(leavingMs), drafts.drain(leavingMs)])
      await Promise.race([gone, pause(config.drainMs * (1 - noticeShare))])
    },
    close: async () => {
      rates?.close()
      storeClock?.close()
      await gateway.close()
      await rooms.close()
      await app.close()
      neighbours.close()
      await bus.close()
      await schedule.close()
      await store.close()
      await serving.close()
    },
  }
}
