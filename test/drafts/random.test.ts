// Random people who write, drop off, come back and outlive restarts and crashes over a network that loses, doubles and
// swaps messages: all end with one text, and nothing is lost. `DRAFT_RUNS` runs, from the seed `DRAFT_SEED` on.
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { outputOf } from '../../server/cli/run.ts'
import { openWorkbench } from '../../server/drafts/workbench.ts'
import type { Store } from '../../server/ports.ts'
import { MemoryDisk } from '../sim/memoryStore.ts'
import { tempFolder } from './hall.ts'
import { fileDisk, memoryDisk } from './random/disks.ts'
import { happenings, playRun } from './random/people.ts'
import type { Visited } from './random/run.ts'

const runs = Number(process.env.DRAFT_RUNS ?? 60)
const seed = process.env.DRAFT_SEED ?? '1'
const command = fileURLToPath(new URL('random/run.ts', import.meta.url))

test(`${runs} runs of random people come to one text and lose nothing`, async () => {
  const asked = ['--seed', seed, '--runs', String(runs), '--json']
  const visited = JSON.parse(await outputOf(command, asked, {})) as Visited
  expect(visited.runs).toBe(runs)
  expect(happenings.filter((each) => !visited.happened.includes(each))).toEqual([])
}, 3_600_000)

test('the same on the store of a real hall', async () => {
  const workbench = openWorkbench()
  for (const each of ['1', '2', '3']) {
    const folder = await tempFolder()
    await playRun(each, fileDisk(folder.file), workbench)
    await folder.remove()
  }
  await workbench.close()
})

test('a store that forgets a write it acknowledged is found out, and the seed is told', async () => {
  const workbench = openWorkbench()
  const disk = memoryDisk(await MemoryDisk.open(), '1')
  let writes = 0
  const connect = async (): Promise<Store> => {
    const store = await disk.connect()
    const write: Store['write'] = (steps) => {
      writes += 1
      if (writes % 3 > 0) return store.write(steps)
      const rows = [{ updateId: writes }]
      return Promise.resolve({ ok: true, steps: steps.map(() => ({ changes: 1, rows })) })
    }
    return { ...store, write }
  }
  await expect(playRun('1', { ...disk, connect }, workbench)).rejects.toThrow(
    'npm run sim:drafts -- --seed 1',
  )
  await workbench.close()
})
