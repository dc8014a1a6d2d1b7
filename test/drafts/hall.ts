// A drafts door on a real store and a real port, for tests: `?as=owner` is the seat, `&read=1` one that may not write.
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import type { DraftLimits } from '../../server/drafts/draftLimits.ts'
import { type DraftGate, type DraftsDoor, openDraftsDoor } from '../../server/drafts/endpoint.ts'
import type { DraftActivity } from '../../server/drafts/roomPorts.ts'
import type { Workbench } from '../../server/drafts/workbench.ts'
import type { Store } from '../../server/ports.ts'
import { openSqliteStore } from '../../server/store/sqlite.ts'
import { patienceMs } from '../patience.ts'

export const draftId = 'dr_test0000'

export const testGate: DraftGate = async (request, id) => {
  const query = new URL(request.url ?? '/', 'http://hall').searchParams
  const owner = query.get('as')
  if (!owner) return { refused: 'notSignedIn' }
  if (!id.startsWith('dr_')) return { refused: 'notFound' }
  return { owner, mayEdit: query.get('read') !== '1', sessionId: `session of ${owner}` }
}

export interface Hall {
  readonly store: Store
  readonly door: DraftsDoor
  readonly port: number
  readonly url: string
  readonly activity: DraftActivity[]
  readonly faults: unknown[]
  /** Ends the door and the store; the file stays. */
  stop(): Promise<void>
  /** The most that waits in this process for any one reader. */
  backlogBytes(): number
  /** Breaks every line without a word, and ends the door. */
  breakOff(): Promise<void>
}

export const quietLogger = (faults: unknown[]) => {
  const note = (fault: unknown): void => {
    faults.push(fault)
  }
  return { info: () => {}, warn: note, error: note }
}

export interface HallOptions {
  readonly limits?: Partial<DraftLimits>
  readonly port?: number
  readonly wrap?: (store: Store) => Store
  readonly workbench?: Workbench
}

export const openHall = async (file: string, options: HallOptions = {}): Promise<Hall> =>
  openHallOn(await openSqliteStore(file), options)

export const openHallOn = async (store: Store, options: HallOptions = {}): Promise<Hall> => {
  const activity: DraftActivity[] = []
  const faults: unknown[] = []
  const door = openDraftsDoor({
    store: options.wrap?.(store) ?? store,
    clock: { now: () => Date.now() },
    gate: testGate,
    logger: quietLogger(faults),
    onActivity: (each) => activity.push(each),
    ...(options.limits ? { limits: options.limits } : {}),
    ...(options.workbench ? { workbench: options.workbench } : {}),
  })
  const server = createServer()
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  server.on('upgrade', (request, socket, head) => {
    const id = new URL(request.url ?? '/', 'http://hall').pathname.split('/').pop() ?? ''
    door.handleUpgrade(request, socket, head, id)
  })
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const stop = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    await door.close()
    server.closeAllConnections()
    await closed
    await store.close()
  }
  const breakOff = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy()
    await stop()
  }
  const backlogBytes = (): number => Math.max(0, ...[...sockets].map(({ writableLength }) => writableLength))
  const url = `ws://127.0.0.1:${port}/drafts`
  return { store, door, port, url, activity, faults, stop, backlogBytes, breakOff }
}

export const tempFolder = async (): Promise<{ file: string; remove(): Promise<void> }> => {
  const folder = await mkdtemp(join(tmpdir(), 'yishiting-drafts-'))
  return { file: join(folder, 'hall.db'), remove: () => rm(folder, { recursive: true, force: true }) }
}

export const insertDraft = (store: Store, id = draftId): Promise<unknown> =>
  store.db
    .insertInto('drafts')
    .values({ draftId: id, meetingId: null, unitId: 'un_test', title: 'draft', createdAt: 0 })
    .execute()

/** An unmodified y-websocket client. */
export interface Editor {
  readonly doc: Y.Doc
  readonly text: Y.Text
  readonly provider: WebsocketProvider
  /** Why the server closed its connections, in order. */
  readonly closes: { code: number; reason: string }[]
  leave(): void
}

export const openEditor = (
  url: string,
  owner: string,
  options: {
    doc?: Y.Doc
    read?: boolean
    id?: string
    connect?: boolean
    socket?: typeof WebSocket
    maxBackoffMs?: number
  } = {},
): Editor => {
  const doc = options.doc ?? new Y.Doc()
  const provider = new WebsocketProvider(url, options.id ?? draftId, doc, {
    params: options.read ? { as: owner, read: '1' } : { as: owner },
    WebSocketPolyfill: (options.socket ?? WebSocket) as unknown as typeof globalThis.WebSocket,
    disableBc: true,
    maxBackoffTime: options.maxBackoffMs ?? 200,
    connect: options.connect ?? true,
  })
  const closes: Editor['closes'] = []
  provider.on('connection-close', (event: { code: number; reason: string } | null) => {
    if (event) closes.push({ code: event.code, reason: event.reason })
  })
  const leave = (): void => {
    provider.destroy()
    doc.destroy()
  }
  return { doc, text: doc.getText('t'), provider, closes, leave }
}

/** Asks again with every turn of the event loop until it holds; fails with what it waited for. */
export const until = async (what: string, holds: () => boolean, withinMs = patienceMs): Promise<void> => {
  const deadline = performance.now() + withinMs
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`waited ${withinMs} ms in vain: ${what}`)
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
}

/** The log and the snapshot of a draft, read anew from the store. */
export const storedText = async (store: Store, id = draftId): Promise<string> => {
  const doc = new Y.Doc()
  // The log first: what is merged meanwhile is then seen twice, not missed.
  const rows = await store.db
    .selectFrom('draftUpdates')
    .select('bytes')
    .where('draftId', '=', id)
    .orderBy('updateId')
    .execute()
  const snapshot = await store.db
    .selectFrom('draftSnapshots')
    .select('bytes')
    .where('draftId', '=', id)
    .executeTakeFirst()
  if (snapshot) Y.applyUpdate(doc, snapshot.bytes)
  for (const { bytes } of rows) Y.applyUpdate(doc, bytes)
  return doc.getText('t').toString()
}
