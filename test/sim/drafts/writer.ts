// Somebody who writes: an unmodified Yjs document, and the client's half of the y-websocket protocol over lines that break.
import * as Y from 'yjs'
import {
  type Cursor,
  readVarBytes,
  readVarUint,
  sizeOfVarUint,
  writeVarUint,
} from '../../../server/drafts/bytes.ts'
import {
  type DraftCloseReason,
  draftCloseCodes,
  draftMessage,
  hallMessage,
  syncMessage,
} from '../../../shared/drafts/wire.ts'
import type { DraftLine } from './line.ts'
import type { DraftNode } from './node.ts'
import type { DraftTown } from './town.ts'

const lineMs = 12
const againMs = 80
const patienceMs = 900
const remote = 'remote'

export class Writer {
  readonly draftId: string
  readonly owner: string
  doc: Y.Doc
  /** Client ids it has written under, and how much of each it was told is saved. */
  readonly saved = new Map<number, number>()
  /** Why it was sent away for good, if it was. */
  dismissed: DraftCloseReason | undefined
  private readonly town: DraftTown
  private line = 0
  private node: DraftNode | null = null
  private opened: DraftLine | null = null
  private isSynced = false
  /** How far it had written with each update that it sent on this line. */
  private marks: number[] = []
  private inbox: Uint8Array[] = []
  private nextInAt = 0
  private nextOutAt = 0

  constructor(town: DraftTown, draftId: string, owner: string) {
    this.town = town
    this.draftId = draftId
    this.owner = owner
    this.doc = this.newDoc()
  }

  get text(): Y.Text {
    return this.doc.getText('t')
  }

  get isLive(): boolean {
    return this.isSynced
  }

  /** The page is opened anew: what was not saved is lost with it, and it writes under another id. */
  reload(): void {
    this.doc = this.newDoc()
    this.connect()
  }

  connect(): void {
    const { world, nodes } = this.town
    this.leave()
    const { line } = this
    const node = world.dice.pick(nodes.filter(({ isUp }) => isUp))
    if (!node) {
      this.here(line, () => this.connect(), againMs)
      return
    }
    this.node = node
    node.on(world.soon(lineMs), () => {
      if (this.line !== line) return
      const wire = {
        message: (payload: Uint8Array) => this.travel(line, () => this.read(payload)),
        closed: (reason: DraftCloseReason | undefined) => this.travel(line, () => this.sentAway(reason)),
      }
      node.enter(this.draftId, this.owner, wire).then(
        (entered) => {
          if (!entered) return this.travel(line, () => this.connect())
          if (this.line !== line) return node.leave(entered.line)
          this.opened = entered.line
          this.here(line, () => this.send(syncMessage.step1, Y.encodeStateVector(this.doc)))
        },
        () => this.travel(line, () => this.connect()),
      )
    })
    // A node that dies says nothing; the line notices by itself.
    this.here(
      line,
      () => {
        if (!this.isSynced) this.connect()
      },
      patienceMs,
    )
  }

  leave(): void {
    const { node, opened } = this
    this.line += 1
    this.isSynced = false
    this.marks = []
    this.inbox = []
    this.nextInAt = 0
    this.nextOutAt = 0
    this.node = null
    this.opened = null
    if (node && opened) node.on(this.town.world.soon(lineMs), () => node.leave(opened))
  }

  private newDoc(): Y.Doc {
    const doc = new Y.Doc({ gc: false, guid: this.draftId })
    doc.clientID = 1 + this.town.world.dice.below(2 ** 31)
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== remote && this.opened && this.doc === doc) this.send(syncMessage.update, update)
    })
    return doc
  }

  private here(line: number, run: () => void, ms = this.town.world.soon(lineMs)): void {
    this.town.world.after(ms, () => {
      if (this.line === line) run()
    })
  }

  /** To the writer, in order. */
  private travel(line: number, run: () => void): void {
    const { world } = this.town
    this.nextInAt = Math.max(this.nextInAt, world.now + world.soon(lineMs))
    this.here(line, run, this.nextInAt - world.now)
  }

  private send(kind: number, body: Uint8Array): void {
    const { world } = this.town
    const { node, opened, inbox } = this
    if (!node || !opened) return
    if (kind !== syncMessage.step1) this.marks.push(Y.getState(this.doc.store, this.doc.clientID))
    inbox.push(syncPayload(kind, body))
    this.nextOutAt = Math.max(this.nextOutAt, world.now + world.soon(lineMs))
    node.on(this.nextOutAt - world.now, () => {
      // A node that thaws takes up what came meanwhile in whatever order: this is the next that was sent.
      const next = inbox.shift()
      if (next) opened.receive(next)
    })
  }

  private read(payload: Uint8Array): void {
    const c: Cursor = { bytes: payload, pos: 0, end: payload.length }
    const type = readVarUint(c)
    if (type === draftMessage.hall && readVarUint(c) === hallMessage.committed) this.hearSaved(readVarUint(c))
    if (type !== draftMessage.sync) return
    const kind = readVarUint(c)
    const body = readVarBytes(c)
    if (kind === syncMessage.step1) {
      this.send(syncMessage.step2, Y.encodeStateAsUpdate(this.doc, body))
      return
    }
    Y.applyUpdate(this.doc, body, remote)
    if (kind === syncMessage.step2) this.isSynced = true
  }

  private hearSaved(count: number): void {
    const mark = this.marks[count - 1] ?? 0
    const { clientID } = this.doc
    this.saved.set(clientID, Math.max(this.saved.get(clientID) ?? 0, mark))
  }

  /** y-websocket comes back by itself, unless it is told that this will not help. */
  private sentAway(reason: DraftCloseReason | undefined): void {
    const code = reason === undefined ? 0 : draftCloseCodes[reason]
    this.leave()
    if (code >= 4400 && code < 4500) this.dismissed = reason
    else this.here(this.line, () => this.connect(), this.town.world.soon(againMs))
  }
}

export const syncPayload = (kind: number, body: Uint8Array): Uint8Array => {
  const payload = new Uint8Array(2 + sizeOfVarUint(body.length) + body.length)
  payload[0] = draftMessage.sync
  payload[1] = kind
  payload.set(body, writeVarUint(payload, 2, body.length))
  return payload
}
