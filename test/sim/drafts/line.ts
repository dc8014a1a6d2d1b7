// The hall's end of somebody's line to a draft: what goes out on it is held against the truth first.

import { type Cursor, readVarBytes, readVarUint } from '../../../server/drafts/bytes.ts'
import type { Connection } from '../../../server/drafts/connection.ts'
import { receiveMessage } from '../../../server/drafts/messages.ts'
import type { Room } from '../../../server/drafts/room.ts'
import { type DraftCloseReason, draftMessage, hallMessage, syncMessage } from '../../../shared/drafts/wire.ts'
import type { DraftNode } from './node.ts'
import type { DraftTown } from './town.ts'

/** The other end. */
export interface Wire {
  readonly message: (payload: Uint8Array) => void
  /** @param reason undefined where the line broke */
  readonly closed: (reason: DraftCloseReason | undefined) => void
}

const readMs = 8

export class DraftLine implements Connection {
  readonly draftId: string
  readonly owner: string
  readonly mayEdit = true
  readonly wantsAcks = true
  shownAs: number | undefined
  settled = false
  owes = false
  received = 0
  asked: Uint8Array | undefined
  /** Set once it is in. */
  room: Room | undefined
  private readonly town: DraftTown
  private readonly node: DraftNode
  private readonly wire: Wire
  /** The updates that came on it, in order. */
  private readonly came: Uint8Array[] = []
  private isGone = false
  private repliesUnread = 0

  constructor(town: DraftTown, node: DraftNode, draftId: string, owner: string, wire: Wire) {
    this.town = town
    this.node = node
    this.draftId = draftId
    this.owner = owner
    this.wire = wire
  }

  receive(payload: Uint8Array): void {
    const { room } = this
    if (this.isGone || !room) return
    const c: Cursor = { bytes: payload, pos: 0, end: payload.length }
    const isUpdate = readVarUint(c) === draftMessage.sync && readVarUint(c) !== syncMessage.step1
    if (isUpdate) this.came.push(readVarBytes(c))
    receiveMessage(room, this, payload)
  }

  isOpen(): boolean {
    return !this.isGone
  }

  send(frame: Buffer): void {
    if (this.isGone) return
    for (const payload of payloadsIn(frame)) {
      this.check(payload)
      this.wire.message(payload)
    }
  }

  sendReply(frame: Buffer, then: () => void): void {
    this.repliesUnread += 1
    this.send(frame)
    this.node.on(this.town.world.soon(readMs), () => {
      this.repliesUnread -= 1
      then()
    })
  }

  isReading(): boolean {
    return this.repliesUnread === 0
  }

  spend(): void {}

  refuse(reason: DraftCloseReason): void {
    if (this.isGone) return
    this.isGone = true
    this.wire.closed(reason)
    this.node.leave(this)
  }

  /** Without a word. */
  cut(): void {
    if (this.isGone) return
    this.isGone = true
    this.wire.closed(undefined)
  }

  /** Nothing is relayed, and nothing called saved, before its commit. */
  private check(payload: Uint8Array): void {
    const c: Cursor = { bytes: payload, pos: 0, end: payload.length }
    const type = readVarUint(c)
    const kind = readVarUint(c)
    if (type === draftMessage.sync && kind !== syncMessage.step1)
      this.town.expectCommitted(this.draftId, readVarBytes(c), `${this.owner} is told`)
    if (type !== draftMessage.hall || kind !== hallMessage.committed) return
    for (const update of this.came.splice(0, readVarUint(c) - this.acknowledged)) {
      this.acknowledged += 1
      this.town.expectCommitted(this.draftId, update, `${this.owner} is told that it is saved`)
    }
  }

  private acknowledged = 0
}

/** What stands in one buffer of WebSocket frames. */
const payloadsIn = (frames: Buffer): Uint8Array[] => {
  const payloads: Uint8Array[] = []
  for (let pos = 0; pos < frames.length; ) {
    const short = frames[pos + 1] as number
    const [from, length] =
      short < 126
        ? [pos + 2, short]
        : short === 126
          ? [pos + 4, frames.readUInt16BE(pos + 2)]
          : [pos + 10, frames.readUInt32BE(pos + 6)]
    payloads.push(new Uint8Array(frames.subarray(from, from + length)))
    pos = from + length
  }
  return payloads
}
