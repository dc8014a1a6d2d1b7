import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { openRedisBus, type RedisBus } from '../../server/bus/redis.ts'
import type { BusMessage } from '../../server/ports.ts'
import { waiting } from '../patience.ts'
import { appended, busContract } from './contract.ts'
import { openRedisServer, type RedisServer, skipsRedis } from './redisServer.ts'

const isUp = (bus: RedisBus) => vi.waitFor(() => expect(bus.status()).toBe('up'), waiting)
const isDown = (bus: RedisBus) => vi.waitFor(() => expect(bus.status()).toBe('down'), waiting)

describe.skipIf(skipsRedis)('on a Redis server', () => {
  let server: RedisServer
  beforeAll(async () => {
    server = await openRedisServer()
  })
  afterAll(() => server.close())

  busContract('over Redis', async () => {
    const bus = openRedisBus(server.url)
    await isUp(bus)
    return bus
  })

  busContract('over a Redis that is not there', async () => openRedisBus('redis://127.0.0.1:1'))

  test.each([
    ['nobody is there', () => 'redis://127.0.0.1:1', /ECONNREFUSED/],
    ['the password is wrong', () => server.url.replace('//', '//nobody:wrong@'), /AUTH|WRONGPASS|password/],
    ['it speaks no TLS', () => server.url.replace('redis:', 'rediss:'), /./],
  ])('says that it is away, and why, when %s from the beginning', async (_, urlOf, why) => {
    const told: [string, string][] = []
    const bus = openRedisBus(urlOf(), {
      onStatus: (status, fault) => told.push([status, fault instanceof Error ? fault.message : '']),
    })
    await vi.waitFor(() => expect(told).toEqual([['down', expect.stringMatching(why)]]), waiting)
    await bus.close()
  })

  test('says that it is up, and never that it was not, when all is well from the beginning', async () => {
    const told: string[] = []
    const bus = openRedisBus(server.url, { onStatus: (status) => told.push(status) })
    await isUp(bus)
    await vi.waitFor(() => expect(told).toEqual(['up']), waiting)
    await bus.close()
  })

  describe('two nodes', () => {
    let near: RedisBus
    let far: RedisBus
    let heardNear: BusMessage[]
    let heardFar: BusMessage[]
    beforeEach(async () => {
      near = openRedisBus(server.url)
      far = openRedisBus(server.url)
      heardNear = []
      heardFar = []
      near.subscribe((message) => heardNear.push(message))
      far.subscribe((message) => heardFar.push(message))
      await Promise.all([isUp(near), isUp(far)])
    })
    afterEach(async () => {
      await near.close()
      await far.close()
    })

    /** Hints may be lost while Redis is away, so one is said until it is heard. */
    const messagesFlow = async (): Promise<void> => {
      await vi.waitFor(() => {
        near.publish({ kind: 'desk', meetingId: 'mt_flow' })
        expect(heardFar).toContainEqual({ kind: 'desk', meetingId: 'mt_flow' })
      }, waiting)
    }

    test('hear each other in order, and each itself only once', async () => {
      const said = Array.from({ length: 200 }, (_, i) => appended(i))
      for (const message of said) near.publish(message)
      await vi.waitFor(() => expect(heardFar).toHaveLength(200), waiting)
      expect(heardFar).toEqual(said)
      far.publish(appended(200))
      await vi.waitFor(() => expect(heardNear).toHaveLength(201), waiting)
      expect(heardNear).toEqual([...said, appended(200)])
      expect(heardFar).toEqual([...said, appended(200)])
    })

    test('are heard at home while Redis is dead, and by each other when it is back', async () => {
      await server.kill()
      await isDown(near)
      near.publish(appended(1))
      await vi.waitFor(() => expect(heardNear).toEqual([appended(1)]), waiting)
      await server.start()
      await Promise.all([isUp(near), isUp(far)])
      await messagesFlow()
    })

    test('go on after everything in Redis was flushed', async () => {
      near.publish(appended(1))
      await vi.waitFor(() => expect(heardFar).toHaveLength(1), waiting)
      await server.ask('FLUSHALL')
      await messagesFlow()
    })

    test('go on with a stream that began anew on a clock that went back', async () => {
      near.publish(appended(1))
      await vi.waitFor(() => expect(heardFar).toHaveLength(1), waiting)
      await server.ask('DEL', 'yishiting:bus')
      await server.ask(
        'XADD',
        'yishiting:bus',
        '1-1',
        'node',
        'other',
        'messages',
        JSON.stringify([appended(2)]),
      )
      await vi.waitFor(() => expect(heardFar).toContainEqual(appended(2)), waiting)
    })

    test('notice that Redis is frozen, say so, and hear each other when it goes on', async () => {
      server.freeze()
      await Promise.all([isDown(near), isDown(far)])
      near.publish(appended(1))
      await vi.waitFor(() => expect(heardNear).toEqual([appended(1)]), waiting)
      server.thaw()
      await Promise.all([isUp(near), isUp(far)])
      await messagesFlow()
    })

    test('read past an entry that is not theirs', async () => {
      await server.ask('XADD', 'yishiting:bus', '*', 'node', 'other', 'messages', 'no JSON')
      await server.ask('XADD', 'yishiting:bus', '*', 'something', 'else')
      await messagesFlow()
    })
  })
})
