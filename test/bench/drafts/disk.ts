// What the disk alone takes, beside what waits for it: the same moment's disk, without anything of ours.
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Spread, spread } from '../figures.ts'

const times = 400
const pauseMs = 3
/** About what a letter's commit writes. */
const bytes = Buffer.alloc(12 * 1024, 1)

/** Milliseconds of an append and its fsync, in a folder where drafts are kept while they are measured. */
export const bareFsync = async (): Promise<Spread> => {
  const folder = await mkdtemp(join(tmpdir(), 'yishiting-bench-disk-'))
  const file = await open(join(folder, 'log'), 'w')
  const took: number[] = []
  for (let i = 0; i < times; i += 1) {
    const began = performance.now()
    await file.write(bytes)
    await file.sync()
    took.push(performance.now() - began)
    await pause(pauseMs)
  }
  await file.close()
  await rm(folder, { recursive: true })
  return spread(took)
}
