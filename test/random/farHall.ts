// The real hall over a store that answers every read some turns later, as a database across a network does: what can
// come between a question and its answer does come between.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { KyselyPlugin } from 'kysely'
import { type Hall, openHall } from '../../server/app.ts'
import { type Seeded, seedHall, seedMeeting } from '../../server/cli/seedMeeting.ts'
import { openSqliteStore } from '../../server/store/sqlite.ts'
import { systemClock, systemIds } from '../../server/system.ts'
import { configFor } from '../live/hall.ts'

export interface FarHall {
  readonly hall: Hall
  seed(seats: number): Promise<Seeded>
  close(): Promise<void>
}

const turnsLater = (turns: number): KyselyPlugin => ({
  transformQuery: ({ node }) => node,
  transformResult: async ({ result }) => {
    for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    return result
  },
})

export const openFarHall = async (turns = 3): Promise<FarHall> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'yishiting-far-'))
  const near = await openSqliteStore(join(dataDir, 'hall.db'))
  const store = { ...near, db: near.db.withPlugin(turnsLater(turns)) }
  const hall = await openHall({ config: configFor(dataDir), clientDir: null, store })
  return {
    hall,
    seed: async (seats) => {
      const parts = { store, clock: systemClock, ids: systemIds, rooms: hall.rooms }
      await seedHall(parts)
      return seedMeeting(parts, { seats, presetCode: 'simple', baseUrl: hall.url })
    },
    close: async () => {
      await hall.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
