// A seeded meeting in a data folder on which no server runs yet.
import { join } from 'node:path'
import { openLocalBus } from '../../server/bus/local.ts'
import { type SeedAsk, type Seeded, seedHall, seedMeeting } from '../../server/cli/seedMeeting.ts'
import { openRooms } from '../../server/rooms.ts'
import { openSqliteStore } from '../../server/store/sqlite.ts'
import { systemClock, systemIds } from '../../server/system.ts'
import { silentLogger } from '../live/hall.ts'

export const seedInto = async (dataDir: string, ask: SeedAsk): Promise<Seeded> => {
  const store = await openSqliteStore(join(dataDir, 'hall.db'))
  const bus = openLocalBus()
  const rooms = openRooms({ store, clock: systemClock, ids: systemIds, bus, logger: silentLogger })
  const parts = { store, clock: systemClock, ids: systemIds, rooms }
  await seedHall(parts)
  const seeded = await seedMeeting(parts, ask)
  await rooms.close()
  await bus.close()
  await store.close()
  return seeded
}
