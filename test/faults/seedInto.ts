// Seeded meetings in a store on which no server needs to run.
import { join } from 'node:path'
import { openLocalBus } from '../../server/bus/local.ts'
import {
  type SeedAccount,
  type SeedAsk,
  type Seeded,
  seedHall,
  seedMeeting,
} from '../../server/cli/seedMeeting.ts'
import type { Store } from '../../server/ports.ts'
import { openRooms } from '../../server/rooms.ts'
import { openPostgresStore } from '../../server/store/postgres.ts'
import { openSqliteStore } from '../../server/store/sqlite.ts'
import { systemClock, systemIds } from '../../server/system.ts'
import { silentLogger } from '../live/hall.ts'

export interface SeededHall {
  /** The secretary, where the hall was set up by this. */
  readonly account: SeedAccount | null
  readonly meetings: readonly Seeded[]
}

const seedStore = async (store: Store, asks: readonly SeedAsk[]): Promise<SeededHall> => {
  const bus = openLocalBus()
  const rooms = openRooms({ store, clock: systemClock, ids: systemIds, bus, logger: silentLogger })
  const parts = { store, clock: systemClock, ids: systemIds, rooms }
  const account = await seedHall(parts)
  const meetings: Seeded[] = []
  for (const ask of asks) meetings.push(await seedMeeting(parts, ask))
  await rooms.close()
  await bus.close()
  await store.close()
  return { account, meetings }
}

/** One meeting in a data folder. */
export const seedInto = async (dataDir: string, ask: SeedAsk): Promise<Seeded> => {
  const { meetings } = await seedStore(await openSqliteStore(join(dataDir, 'hall.db')), [ask])
  const [seeded] = meetings
  if (!seeded) throw new Error('no meeting was made')
  return seeded
}

/** Meetings in a database of PostgreSQL. */
export const seedDatabase = async (databaseUrl: string, asks: readonly SeedAsk[]): Promise<SeededHall> =>
  seedStore(await openPostgresStore(databaseUrl), asks)
