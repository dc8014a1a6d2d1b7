// Thousands of grammar-made hostile frames at the door of the real hall. `DRAFT_FRAMES` of them, from `DRAFT_SEED`.
import { expect, test } from 'vitest'
import { frameKinds } from './hostile/grammar.ts'
import { besiege } from './hostile/siege.ts'

const frames = Number(process.env.DRAFT_FRAMES ?? 15_000)
const seed = process.env.DRAFT_SEED ?? '1'
/** What caches may take once they are warm; a leak of 2 KiB a frame would show. */
const growthBytesMax = 32 * 2 ** 20

test(`${frames} hostile frames end nothing, fill no memory, and honest people notice none`, async () => {
  const siege = await besiege({ seed, frames })
  expect(siege.frames).toBeGreaterThanOrEqual(frames)
  expect(siege.noticed).toEqual([])
  expect(siege.end.heapBytes - siege.warm.heapBytes).toBeLessThan(growthBytesMax)
  // Everybody's letters arrived while it lasted.
  expect(siege.echoMs.length).toBe(siege.lettersTyped)
  for (const reason of [
    'malformed',
    'clockGap',
    'deleteBeyond',
    'clientTaken',
    'runTooLong',
    'awarenessForeign',
  ])
    expect([...siege.closes.keys()]).toContain(reason)
  for (const kind of frameKinds) expect([...siege.kinds.keys()]).toContain(kind)
}, 1_800_000)
