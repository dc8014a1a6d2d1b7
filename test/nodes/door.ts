// A drafts door of one node, for tests of several: a PostgreSQL store shared with others, a bus that may lead nowhere.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { DraftLimits } from '../../server/drafts/draftLimits.ts'
import { type DraftsDoor, openDraftsDoor } from '../../server/drafts/endpoint.ts'
import { openNeighbours } from '../../server/nodes/neighbours.ts'
import type { Bus, Store } from '../../server/ports.ts'
import { openPostgresStore } from '../../server/store/postgres.ts'
import { quietLogger, testGate } from '../drafts/hall.ts'

export interface DoorNode {
  readonly store: Store
  readonly door: DraftsDoor
  /** Where editors connect. */
  readonly url: string
  readonly faults: unknown[]
  /** @param how `dies`: without a word to anybody */
  close(how?: 'dies'): Promise<void>
}

export const openDoorNode = async (
  databaseUrl: string,
  bus: Bus,
  limits: Partial<DraftLimits> = {},
): Promise<DoorNode> => {
  const store = await openPostgresStore(databaseUrl)
  const neighbours = openNeighbours(bus)
  const faults: unknown[] = []
  const door = openDraftsDoor({
    store,
    clock: { now: () => Date.now() },
    gate: testGate,
    logger: quietLogger(faults),
    limits,
    far: { bus, neighbours },
  })
  const server = createServer()
  server.on('upgrade', (request, socket, head) => {
    const id = new URL(request.url ?? '/', 'http://hall').pathname.split('/').pop() ?? ''
    door.handleUpgrade(request, socket, head, id)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    store,
    door,
    url: `ws://127.0.0.1:${port}/drafts`,
    faults,
    close: async (how) => {
      if (how === 'dies') await bus.close()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      await door.close()
      neighbours.close()
      server.closeAllConnections()
      await closed
      await bus.close()
      await store.close()
    },
  }
}
