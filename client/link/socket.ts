// Owns the Socket.IO client's settings, the same for every face.
import { io, type Socket } from 'socket.io-client'
import type { ClientToServer, ServerToClient } from '../../shared/wire/live.ts'

export type LiveSocket = Socket<ServerToClient, ClientToServer>

export type MakeSocket = () => LiveSocket

/** Not connected yet. Where a proxy forbids WebSockets, long polling is tried after them. */
export const makeSocket: MakeSocket = () =>
  io({
    path: '/socket.io',
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    autoConnect: false,
    reconnectionDelay: 300,
    reconnectionDelayMax: 4_000,
    timeout: 6_000,
  })
