// What is asked of a line: that no other site opened it, and that its reader keeps up.
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'socket.io'
import { limits } from '../../shared/kernel/limits.ts'

/** Browsers send an Origin with cookies; another site's page may not ride on them. */
export const sameOrigin = ({ headers: { origin, host } }: IncomingMessage): boolean => {
  if (origin === undefined) return true
  return URL.canParse(origin) && new URL(origin).host === host
}

/** A reader that does not keep up is cut; it comes back with one snapshot instead of a growing queue. */
export const cutSlowReaders = (sockets: Iterable<Socket>): void => {
  for (const socket of sockets) {
    const transport = socket.conn.transport as unknown as { socket?: { bufferedAmount?: number } }
    if ((transport.socket?.bufferedAmount ?? 0) > limits.outboundBacklogBytesMax) socket.disconnect(true)
  }
}
