// Long updates are read on the worker thread, so that nobody waits for a pasted book; whatever the same connection sends
// behind one waits for it, as order is part of what is judged.
import type { DraftCloseReason } from '../../shared/drafts/wire.ts'
import type { Connection } from './connection.ts'
import type { Holdings } from './holdings.ts'
import type { NewsBounds } from './news.ts'
import type { Scan } from './scan.ts'
import type { Workbench } from './workbench.ts'

/** From so many bytes on. Shorter ones are read within a few milliseconds, whatever is in them. */
export const longBytes = 32 * 1024
/** So much of one connection waits at most. */
const waitingBytesMax = 12 * 1024 * 1024

export interface Received {
  readonly bytes: Uint8Array
  /** It was judged before and has waited for other nodes: what is found now stands. */
  readonly isFinal: boolean
}

export interface AsidePorts {
  readonly workbench: Workbench
  readonly holdings: Holdings
  readonly bounds: NewsBounds
  /** Judges what was read. @returns why the sender must be closed */
  takeRead(connection: Connection, received: Received, scan: Scan | undefined): DraftCloseReason | undefined
  /** Takes what waited behind. @returns why the sender must be closed */
  take(connection: Connection, received: Received): DraftCloseReason | undefined
}

export interface Aside {
  /** Whether something of the connection is being read, behind which its next updates must wait. */
  isWaiting(connection: Connection): boolean
  wait(connection: Connection, received: Received): void
  /** Resolves when nothing waits. */
  idle(): Promise<void> | undefined
}

export const openAside = (ports: AsidePorts): Aside => {
  const { workbench, holdings, bounds } = ports
  const behind = new Map<Connection, { list: Received[]; bytes: number }>()
  /** One after the other: each is cut by what is held once the one before is in. */
  let last: Promise<void> | undefined

  const read = async (connection: Connection, received: Received): Promise<void> => {
    const scan = await workbench.news(received.bytes, holdings.clocks, bounds).catch(() => null)
    const waited = behind.get(connection)
    behind.delete(connection)
    let offence = scan === null ? 'storeUnavailable' : ports.takeRead(connection, received, scan)
    for (const next of waited?.list ?? []) offence ??= ports.take(connection, next)
    if (offence) connection.refuse(offence)
  }

  return {
    isWaiting: (connection) => behind.has(connection),
    wait: (connection, received) => {
      const waited = behind.get(connection)
      if (waited) {
        waited.list.push(received)
        waited.bytes += received.bytes.length
        if (waited.bytes > waitingBytesMax) connection.refuse('tooFast')
        return
      }
      behind.set(connection, { list: [], bytes: 0 })
      const reading = (last ?? Promise.resolve()).then(() => read(connection, received))
      last = reading
      void reading.finally(() => {
        if (last === reading) last = undefined
      })
    },
    idle: () => last,
  }
}
