// Somebody in the hall: folds what it hears with the browser's own fold, and sends an order under the same id until it
// is answered, through whichever node it reaches.
import { type Followed, foldFrame } from '../../client/link/feed.ts'
import type { Result } from '../../shared/kernel/result.ts'
import type { Command } from '../../shared/meeting/commands.ts'
import type { Actor } from '../../shared/meeting/deciding.ts'
import type { Done, Frame } from '../../shared/wire/live.ts'
import type { Ledger } from './ledger.ts'
import type { Listener, SimNode, Town } from './node.ts'

const lineMs = 12
const patienceMs = 900
const againMs = 60

/** Answers that mean: not now. */
const passing = new Set(['storeUnavailable', 'busy'])

interface Pending {
  readonly commandId: string
  readonly command: Command
  readonly sentAt: number
}

export class SimClient {
  readonly actor: Actor
  readonly name: string
  followed: Followed | null = null
  pending: Pending | null = null
  private readonly town: Town
  private readonly ledger: Ledger
  private node: SimNode | null = null
  private listener: Listener | null = null
  /** Rises with every connection: what belongs to an older one is not heard any more. */
  private line = 0
  private isJoined = false
  private early: Frame[] = []
  private orders = 0
  /** Frames of one connection come in order, unless the network has a fault. */
  private nextFrameAt = 0

  constructor(town: Town, ledger: Ledger, actor: Actor) {
    this.town = town
    this.ledger = ledger
    this.actor = actor
    this.name = actor.actorId
  }

  get isLive(): boolean {
    return this.isJoined
  }

  connect(): void {
    const { world, nodes } = this.town
    this.leave()
    const { line } = this
    const up = nodes.filter(({ isUp }) => isUp)
    const node = world.dice.pick(up)
    if (!node) {
      world.after(world.soon(againMs), () => {
        if (this.line === line) this.connect()
      })
      return
    }
    this.node = node
    this.isJoined = false
    this.early = []
    this.nextFrameAt = 0
    const listener: Listener = {
      hear: (frame) => this.travel(line, frame),
      cut: () => this.here(line, () => this.connect()),
    }
    this.listener = listener
    node.on(world.soon(lineMs), () => {
      if (this.line !== line) return
      node.listeners.add(listener)
      void node.meetings?.snapshot(this.town.meetingId).then(
        (snapshot) => snapshot && this.here(line, () => this.welcome(snapshot)),
        () => this.here(line, () => this.connect()),
      )
    })
    // A node that dies says nothing; the line notices by itself.
    world.after(patienceMs, () => {
      if (this.line === line && !this.isJoined) this.connect()
    })
  }

  leave(): void {
    this.line += 1
    if (this.listener) this.node?.listeners.delete(this.listener)
    this.node = null
    this.isJoined = false
  }

  /** Happens at the client, if it is still on that line. */
  private here(line: number, run: () => void, ms = this.town.world.soon(lineMs)): void {
    this.town.world.after(ms, () => {
      if (this.line === line) run()
    })
  }

  private welcome(snapshot: Followed): void {
    const { seq, state } = snapshot
    this.followed = { seq, state }
    this.isJoined = true
    for (const frame of this.early.splice(0)) this.take(frame)
    this.resend()
  }

  private travel(line: number, frame: Frame): void {
    const { world } = this.town
    if (world.strikes('frameDropped', 60, this.name)) return
    const ms = world.soon(lineMs)
    this.nextFrameAt = Math.max(this.nextFrameAt, world.now + ms)
    const at = world.strikes('frameOvertaken', 40, this.name) ? 3 * lineMs : this.nextFrameAt - world.now
    this.here(line, () => this.take(frame), at)
    if (world.strikes('frameDoubled', 40, this.name)) this.here(line, () => this.take(frame))
  }

  private take(frame: Frame): void {
    if (!this.isJoined || !this.followed) {
      this.early.push(frame)
      return
    }
    const fold = foldFrame(this.followed, frame)
    if (fold.kind === 'broken') throw new Error(`${this.name} could not fold what it heard`)
    this.followed = fold.followed
    // What is missing is fetched with the next welcome.
    if (fold.kind === 'gap') this.connect()
  }

  /** Gives an order; the answer goes into the ledger. */
  give(command: Command): void {
    this.orders += 1
    const commandId = `${this.name}-order-${this.orders}`
    this.pending = { commandId, command, sentAt: this.town.world.now }
    this.town.world.note(`${this.name} orders ${commandId} ${JSON.stringify(command)}`)
    this.resend()
  }

  private resend(): void {
    const { world, nodes } = this.town
    const { pending, node, line } = this
    if (!pending || !node || !this.isJoined) return
    this.send(node, line, pending)
    if (world.strikes('orderSentTwice', 12, this.name)) {
      const other = world.dice.pick(nodes.filter(({ isUp }) => isUp))
      if (other) this.send(other, line, pending)
    }
    world.after(patienceMs, () => {
      if (this.line === line && this.pending === pending) this.connect()
    })
  }

  private send(node: SimNode, line: number, pending: Pending): void {
    const { world, meetingId } = this.town
    const { commandId, command } = pending
    node.on(world.soon(lineMs), () => {
      void node.meetings
        ?.order(meetingId, this.actor, { commandId, command })
        .then((answer) => this.here(line, () => this.answered(pending, answer)))
    })
  }

  private answered(pending: Pending, answer: Result<Done>): void {
    const { world } = this.town
    const { commandId, command, sentAt } = pending
    if (!answer.ok && passing.has(answer.refusal.code)) {
      const { line } = this
      if (this.pending === pending)
        world.after(againMs, () => {
          if (this.line === line && this.pending === pending) this.resend()
        })
      return
    }
    world.note(`${this.name} is answered ${commandId} ${answer.ok ? answer.value.seq : answer.refusal.code}`)
    const { actor } = this
    this.ledger.write({ commandId, actor, command, answer, sentAt, answeredAt: world.now })
    if (this.pending === pending) this.pending = null
  }
}
