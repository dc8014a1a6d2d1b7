// Two nodes of one hall in this process, on one PostgreSQL, with or without a Redis between them.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Hall, openHall } from '../../server/app.ts'
import { type Seeded, seedHall, seedMeeting } from '../../server/cli/seedMeeting.ts'
import { systemClock, systemIds } from '../../server/system.ts'
import { openRedisServer, type RedisServer } from '../bus/redisServer.ts'
import { openWire, type Wire } from '../cluster/wire.ts'
import { configFor } from '../live/hall.ts'
import { openPostgresServer, type PostgresServer } from '../store/postgresServer.ts'

export interface TwoHalls {
  readonly postgres: PostgresServer
  readonly databaseUrl: string
  readonly redis: RedisServer | null
  /** The second node's line to it. */
  readonly thereToRedis: Wire | null
  readonly here: Hall
  readonly there: Hall
  readonly seeded: Seeded
  close(): Promise<void>
}

export const openTwoHalls = async (
  ask: { withRedis?: boolean; seats?: number; drainMs?: number } = {},
): Promise<TwoHalls> => {
  const postgres = await openPostgresServer()
  const redis = ask.withRedis ? await openRedisServer() : null
  const folder = await mkdtemp(join(tmpdir(), 'yishiting-nodes-'))
  const databaseUrl = await postgres.database()
  const open = (redisUrl: string | undefined): Promise<Hall> => {
    const config = configFor(folder, { databaseUrl, ...(redisUrl && { redisUrl }) })
    return openHall({ config: { ...config, drainMs: ask.drainMs ?? 0 }, clientDir: null })
  }
  const thereToRedis = redis && (await openWire(Number(new URL(redis.url).port)))
  const [here, there] = await Promise.all([
    open(redis?.url),
    open(thereToRedis ? `redis://127.0.0.1:${thereToRedis.port}` : undefined),
  ])
  const parts = { store: here.store, clock: systemClock, ids: systemIds, rooms: here.rooms }
  await seedHall(parts)
  const seeded = await seedMeeting(parts, {
    seats: ask.seats ?? 4,
    presetCode: 'simple',
    baseUrl: here.url,
  })
  return {
    postgres,
    databaseUrl,
    redis,
    thereToRedis,
    here,
    there,
    seeded,
    close: async () => {
      await Promise.all([here.close(), there.close()])
      await thereToRedis?.close()
      await redis?.close()
      await postgres.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** What a node says of itself. */
export const readinessOf = async (
  hall: Hall,
): Promise<{ status: number; ok: boolean; store: string; bus: string; draining: boolean }> => {
  const answer = await fetch(`${hall.url}/readyz`)
  return { status: answer.status, ...(await answer.json()) }
}
