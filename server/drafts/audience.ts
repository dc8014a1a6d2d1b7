// Everybody who has the draft open here: greeted with what is held and who is there, told of every commit and caret, and
// warned when the draft is nearly full.
import { type Awareness, openAwareness } from './awareness.ts'
import { writeStateVector } from './bytes.ts'
import type { Batch } from './commitQueue.ts'
import type { Connection } from './connection.ts'
import { frameAwareness, frameRoom, frameStep1 } from './frames.ts'
import { type Holdings, standingTextBytes } from './holdings.ts'
import type { RoomPorts } from './roomPorts.ts'

const nearlyFullPercent = 80

type AudiencePorts = Pick<RoomPorts, 'limits' | 'pace' | 'nodes'>

export class Audience {
  readonly members = new Set<Connection>()
  readonly awareness: Awareness
  readonly #draftId: string
  readonly #holdings: Holdings
  readonly #ports: AudiencePorts
  readonly #membersOf = new Map<string, number>()
  #greeting: { readonly present: Uint8Array | undefined; readonly frame: Buffer } | undefined
  #timer: NodeJS.Timeout | undefined
  #fullPercent = 0
  #isClosed = false

  constructor(draftId: string, holdings: Holdings, ports: AudiencePorts) {
    this.#draftId = draftId
    this.#holdings = holdings
    this.#ports = ports
    this.awareness = openAwareness(ports.limits, (viewer) => {
      // Not while the others are being told.
      for (const member of this.members) if (member === viewer) setImmediate(() => member.refuse('malformed'))
    })
  }

  /** Greets a connection, which from then on hears what is committed. */
  join(connection: Connection): void {
    this.members.add(connection)
    this.#membersOf.set(connection.owner, this.membersOf(connection.owner) + 1)
    connection.send(this.#welcome())
    if (connection.wantsAcks) connection.send(this.#roomFrame())
  }

  leave(connection: Connection): void {
    if (!this.members.delete(connection)) return
    const others = this.membersOf(connection.owner) - 1
    if (others > 0) this.#membersOf.set(connection.owner, others)
    else this.#membersOf.delete(connection.owner)
    this.awareness.leave(connection)
    this.awarenessChanged()
  }

  /** How many connections a seat or account has. */
  membersOf(owner: string): number {
    return this.#membersOf.get(owner) ?? 0
  }

  /** Call it whenever more is held than before. */
  heldMore(): void {
    this.#greeting = undefined
  }

  relay(frame: Buffer): void {
    for (const member of this.members) member.send(frame)
  }

  /** A commit, and the cursors that wait along with it, since a write costs more than the bytes in it. */
  relayCommitted(update: Buffer, soleWriter: Batch['soleWriter']): void {
    const cursors = this.#timer && this.#takeAwareness()
    const frame = cursors ? Buffer.concat([update, cursors]) : update
    for (const member of this.members) if (member !== soleWriter) member.send(frame)
    if (cursors && typeof soleWriter === 'object') soleWriter.send(cursors)
  }

  awarenessChanged(): void {
    if (this.#timer || this.#isClosed || !this.awareness.hasChanges()) return
    const { limits, pace } = this.#ports
    this.#timer = setTimeout(
      () => {
        const frame = this.#takeAwareness()
        // Its author hears it too: y-websocket takes a server that says nothing for half a minute to be gone.
        if (frame) this.relay(frame)
      },
      // Under load it waits for the commit that most likely follows, and goes out in the same write.
      Math.max(limits.awarenessWindowMs, pace.windowMs() * 2),
    )
  }

  warnWhenNearlyFull(): void {
    const { limits } = this.#ports
    const { edits } = this.#holdings
    const share = Math.max(standingTextBytes(this.#holdings) / limits.textBytesMax, edits / limits.editsMax)
    const percent = Math.floor(share * 100)
    if (percent === this.#fullPercent) return
    const isNear = Math.max(percent, this.#fullPercent) >= nearlyFullPercent
    this.#fullPercent = percent
    if (!isNear) return
    const frame = this.#roomFrame()
    for (const member of this.members) if (member.wantsAcks) member.send(frame)
  }

  /** Nothing is told any more. */
  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  /** The same for all who come in before anything changes. */
  #welcome(): Buffer {
    const present = this.awareness.all()
    if (this.#greeting?.present !== present) this.#greeting = undefined
    if (!this.#greeting) {
      const held = frameStep1(writeStateVector(this.#holdings.clocks))
      const frame = present ? Buffer.concat([held, frameAwareness(present)]) : held
      this.#greeting = { present, frame }
    }
    return this.#greeting.frame
  }

  #takeAwareness(): Buffer | undefined {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const changes = this.awareness.takeChanges()
    this.#ports.nodes?.caretsChanged(this.#draftId, this.awareness.takeNear())
    return changes && frameAwareness(changes)
  }

  #roomFrame(): Buffer {
    const { limits } = this.#ports
    const textBytes = standingTextBytes(this.#holdings)
    return frameRoom(textBytes, limits.textBytesMax, this.#holdings.edits, limits.editsMax)
  }
}
