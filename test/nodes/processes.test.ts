// Two nodes as processes of their own: one stands still for a while, one has a wrong clock, one is told to stop.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Seeded } from '../../server/cli/seedMeeting.ts'
import { openRedisServer, type RedisServer, skipsRedis } from '../bus/redisServer.ts'
import { seedDatabase } from '../faults/seedInto.ts'
import { freePort, type RunningServer, startServer } from '../faults/serverProcess.ts'
import { openHand } from '../faults/writers.ts'
import { codeOf, Guest } from '../live/hall.ts'
import { waiting } from '../patience.ts'
import { openPostgresServer, type PostgresServer, skipsPostgres } from '../store/postgresServer.ts'

const dayMs = 24 * 60 * 60_000
const main = fileURLToPath(new URL('../../server/main.ts', import.meta.url))
const skew = fileURLToPath(new URL('../cluster/skew.mjs', import.meta.url))

describe.skipIf(skipsPostgres || skipsRedis)('two processes of one hall', () => {
  let postgres: PostgresServer
  let redis: RedisServer
  let folder: string
  let seeded: Seeded
  const nodes: { url: string; server: RunningServer }[] = []

  const startNode = async (skewMs: number): Promise<{ url: string; server: RunningServer }> => {
    const port = await freePort()
    const env = {
      DATA_DIR: join(folder, String(port)),
      PORT: String(port),
      DATABASE_URL: databaseUrl,
      REDIS_URL: redis.url,
      DRAIN_MS: '1500',
      CLOCK_SKEW_MS: String(skewMs),
    }
    const server = await startServer(main, env, ['--import', 'tsx', '--import', skew])
    return { url: `http://127.0.0.1:${port}`, server }
  }
  let databaseUrl: string
  beforeAll(async () => {
    ;[postgres, redis] = await Promise.all([openPostgresServer(), openRedisServer()])
    folder = await mkdtemp(join(tmpdir(), 'yishiting-processes-'))
    databaseUrl = await postgres.database()
    const { meetings } = await seedDatabase(databaseUrl, [
      { seats: 3, presetCode: 'simple', baseUrl: 'http://hall.test' },
    ])
    if (!meetings[0]) throw new Error('no meeting')
    seeded = meetings[0]
    // The second is a day ahead; the first, later on, a day behind.
    nodes.push(await startNode(-dayMs), await startNode(dayMs))
  })
  afterAll(async () => {
    for (const { server } of nodes) await server.kill()
    await redis?.close()
    await postgres?.close()
    await rm(folder, { recursive: true, force: true })
  })

  const nodeOf = (i: number) => {
    const node = nodes[i]
    if (!node) throw new Error('no such node')
    return node
  }
  const enter = (i: number, token: string | undefined) =>
    Guest.enter(nodeOf(i).url, seeded.meetingId, token ?? '')

  test('a clock that is a day off changes no order and no time of the record', async () => {
    const [behind, ahead] = [await enter(0, seeded.facilitator.token), await enter(1, seeded.seats[0]?.token)]
    const began = Date.now()
    const raise = { type: 'raiseHand', kind: 'speak' } as const
    for (let i = 0; i < 3; i += 1) {
      expect(codeOf(await ahead.order(raise))).toBe('accepted')
      await behind.until(({ state }) => state.floor.hands.length === 1)
      expect(codeOf(await ahead.order({ type: 'lowerHand' }))).toBe('accepted')
      await behind.until(({ state }) => state.floor.hands.length === 0)
    }
    const times = behind.heard.map(({ at }) => at)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    for (const at of times) expect(Math.abs(at - began)).toBeLessThan(60 * 60_000)
    behind.leave()
    ahead.leave()
  })

  test('a node that stood still serves nothing stale when it goes on', async () => {
    const [chair, frozen] = [await enter(0, seeded.facilitator.token), await enter(1, seeded.seats[1]?.token)]
    const seats: (readonly string[])[] = []
    chair.socket.on('presence', (presence) => seats.push(presence.seats))
    const reader = openHand(nodeOf(1).url, seeded.draftId, frozen.cookie)
    const writer = openHand(nodeOf(0).url, seeded.draftId, chair.cookie)
    await vi.waitFor(
      () => expect([reader, writer].every(({ provider }) => provider.synced)).toBe(true),
      waiting,
    )
    await vi.waitFor(() => expect(seats.at(-1)).toHaveLength(1), waiting)

    nodeOf(1).server.freeze()
    await vi.waitFor(() => expect(seats.at(-1)).toHaveLength(0), waiting)
    expect(codeOf(await chair.order({ type: 'recessMeeting' }))).toBe('accepted')
    expect(codeOf(await chair.order({ type: 'resumeMeeting' }))).toBe('accepted')
    writer.doc.getText('t').insert(0, 'meanwhile')
    nodeOf(1).server.thaw()

    const back = await enter(1, seeded.facilitator.token)
    await chair.until(({ seq }) => seq > 0)
    expect(back.seq).toBeGreaterThanOrEqual(chair.seq)
    expect(back.state).toEqual(chair.state)
    await vi.waitFor(() => expect(reader.doc.getText('t').toString()).toBe('meanwhile'), waiting)
    await frozen.until(({ seq }) => seq >= chair.seq)
    for (const guest of [chair, frozen, back]) guest.leave()
    for (const hand of [reader, writer]) hand.leave()
  })

  test('a node that is told to stop sends its clients away and ends in good order', async () => {
    const [stays, goes] = [await enter(0, seeded.facilitator.token), await enter(1, seeded.seats[2]?.token)]
    const moved = new Promise<void>((resolve) => goes.socket.once('move', resolve))
    const stopped = nodeOf(1).server.stop()
    await moved
    await stopped
    expect(codeOf(await stays.order({ type: 'recessMeeting' }))).toBe('accepted')
    goes.leave()
    stays.leave()
  })
})
