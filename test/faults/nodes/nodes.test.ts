// A short evening of everything that `npm run faults` does: two nodes under load, and every fault once.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { skipsRedis } from '../../bus/redisServer.ts'
import { skipsPostgres } from '../../store/postgresServer.ts'
import { type BuiltServer, buildServer } from '../serverProcess.ts'
import { runStrikes } from './run.ts'

const lengths = { kills: 3, nodeFreezeMs: 3_000, redisFreezeMs: 2_000, outageMs: 1_000, duels: 2 }
const seats = 8

describe.skipIf(skipsPostgres || skipsRedis)('two nodes on PostgreSQL and Redis', () => {
  let built: BuiltServer
  beforeAll(async () => {
    built = await buildServer()
  })
  afterAll(() => built?.remove())

  test('lose and double nothing that was acknowledged, whatever is killed, frozen, filled or cut', {
    timeout: 900_000,
  }, async () => {
    const said: string[] = []
    const say = (line: string): void => void said.push(line)
    const outcome = await runStrikes({ main: built.main, seats, say }, lengths)
    expect(outcome.problems, said.join('\n')).toEqual([])
    expect(outcome.acknowledgements).toBeGreaterThan(100)
    expect(outcome.ballots).toBeGreaterThan(0)
    expect(outcome.edits).toBeGreaterThan(0)
  })
})
