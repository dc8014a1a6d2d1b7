// Thousands of simulated meetings: see simulation.ts for what goes wrong in them and checks.ts for what must hold.
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, test } from 'vitest'
import { outputOf } from '../../server/cli/run.ts'
import type { Store } from '../../server/ports.ts'
import { everyType } from '../town/everyEvent.ts'
import { simulateDraft } from './drafts/simulation.ts'
import { draftDeeds } from './drafts/town.ts'
import { identityDeeds } from './identityDesk.ts'
import { MemoryDisk } from './memoryStore.ts'
import { playShare, type Visited } from './share.ts'
import { digestOf, simulate } from './simulation.ts'
import { faultKinds, World } from './world.ts'

const runs = Number(process.env.SIM_RUNS ?? 2_000)
const seed = process.env.SIM_SEED ?? '1'
const command = fileURLToPath(new URL('run.ts', import.meta.url))

/**
 * Polls under rules that weigh seats, polls that decide a link of a matter, and what stands in the matter's own record;
 * what becomes of sessions and of drafts.
 */
const besides = [
  'pollOpened weighed',
  'pollOpened link',
  'noticeHung',
  'noticeTakenDown',
  ...identityDeeds,
  ...draftDeeds,
]

let disk: MemoryDisk
beforeAll(async () => {
  disk = await MemoryDisk.open()
})

test(`${runs} simulated meetings lose nothing, double nothing, and everybody sees one and the same`, async () => {
  const visited = JSON.parse(
    await outputOf(command, ['--seed', seed, '--runs', String(runs), '--json'], {}),
  ) as Visited
  expect(visited.runs).toBe(runs)
  if (runs < 2_000) return
  expect([...everyType, ...besides].filter((type) => !visited.events.includes(type))).toEqual([])
  expect(faultKinds.filter((kind) => !visited.faults.includes(kind))).toEqual([])
}, 600_000)

test('the same seed is the same meeting, to the letter, whatever was simulated before and wherever', async () => {
  const digests = async (seeds: readonly string[]): Promise<string[]> => {
    const found: string[] = []
    for (const one of seeds) found.push(digestOf(await simulate(one, disk)))
    return found
  }
  const seeds = ['1', '2', '3', '4', '5']
  const once = await digests(seeds)
  expect(new Set(once).size).toBe(seeds.length)
  expect((await digests([...seeds].reverse())).reverse()).toEqual(once)
  expect(await outputOf(command, ['--seed', '3'], {})).toContain(once[2])
})

test('on several jobs the same is visited as on one', async () => {
  const here = await playShare({ seed: 1, runs: 60 }, disk)
  expect(JSON.parse(await outputOf(command, ['--runs', '60', '--jobs', '3', '--json'], {}))).toEqual(here)
})

test('a store that forgets a write it acknowledged is found out, and the seed is told', async () => {
  await expect(simulate('7', await forgetfulDisk())).rejects.toThrow('npm run sim -- --seed 7')
})

test('and so is one that forgets what was written to a draft', async () => {
  const forgetful = await forgetfulDisk()
  await expect(simulateDraft(new World('7'), forgetful)).rejects.toThrow()
})

const forgetfulDisk = async (): Promise<MemoryDisk> => {
  const forgetful = await MemoryDisk.open()
  const connect = forgetful.connect.bind(forgetful)
  let writes = 0
  forgetful.connect = (road) => {
    const store = connect(road)
    const write: Store['write'] = (steps) => {
      writes += 1
      if (writes % 20 > 0) return store.write(steps)
      return Promise.resolve({
        ok: true,
        steps: steps.map(() => ({ changes: 1, rows: [{ updateId: writes }] })),
      })
    }
    return { ...store, write }
  }
  return forgetful
}
