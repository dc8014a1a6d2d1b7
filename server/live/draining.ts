// Emptying the live door before this node goes: clients are asked to come in elsewhere, one by one over a while, so
// that the other nodes are not run over; who does not hear it is cut, and comes back by itself.
import { setTimeout as pause } from 'node:timers/promises'
import type { Server } from 'socket.io'

/** Of the time: over which the asking is spread; who is still there after the rest is cut. */
const askingShare = 0.7

/** Resolves when nobody is left, within the time. */
export const drainLines = async (io: Server, withinMs: number): Promise<void> => {
  const move = async (socket: { emit(name: 'move'): void; conn: { close(): void } }): Promise<void> => {
    await pause(Math.random() * withinMs * askingShare)
    socket.emit('move')
    await pause(withinMs * (1 - askingShare))
    // Not dismissed: a client that is dismissed does not come back by itself.
    socket.conn.close()
  }
  const moves = [...io.sockets.sockets.values()].map((socket) => {
    const gone = new Promise<void>((resolve) => socket.once('disconnect', () => resolve()))
    return Promise.race([gone, move(socket as never)])
  })
  await Promise.all(moves)
}

/** What is under way, so that stopping can wait for it. */
export const openUnderWay = () => {
  let running = 0
  let onIdle: (() => void) | null = null
  return {
    begin: (): void => {
      running += 1
    },
    end: (): void => {
      running -= 1
      if (running === 0) onIdle?.()
    },
    idle: (): Promise<void> =>
      running === 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            onIdle = resolve
          }),
  }
}
