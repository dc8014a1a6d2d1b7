// Owns waiting for news of one's session outside of a meeting: a guest in the waiting room, a screen not yet paired.
import type { ByeCode } from './connection.ts'
import { type MakeSocket, makeSocket } from './socket.ts'

const returnMs = 2_000

/** The session cookie is enough for the hall to know whom to call; nothing is joined. Returns how to stop. */
export const listenForBye = (onBye: (code: ByeCode) => void, make: MakeSocket = makeSocket): (() => void) => {
  const socket = make()
  let timer: ReturnType<typeof setTimeout> | undefined
  const returnLater = (): void => {
    timer = setTimeout(() => socket.connect(), returnMs)
  }
  socket.on('bye', ({ code }) => onBye(code))
  socket.on('disconnect', (reason) => {
    if (reason === 'io server disconnect') returnLater()
  })
  socket.on('connect_error', () => {
    if (!socket.active) returnLater()
  })
  socket.connect()
  return () => {
    clearTimeout(timer)
    socket.removeAllListeners()
    socket.disconnect()
  }
}
