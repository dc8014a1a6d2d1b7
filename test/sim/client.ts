// Somebody in the hall: signs in with a card or a password, folds what it hears with the browser's own fold, and sends an
// order under the same id until it is answered, through whichever node it reaches.
import { type Followed, foldFrame } from '../../client/link/feed.ts'
import type { SignedIn } from '../../server/identity/exchange.ts'
import { actorOf, type Principal } from '../../server/identity/principal.ts'
import type { Result } from '../../shared/kernel/result.ts'
import type { Command } from '../../shared/meeting/commands.ts'
import type { Actor } from '../../shared/meeting/deciding.ts'
import type { Done, Frame } from '../../shared/wire/live.ts'
import { cookieOf, type Line } from './door.ts'
import type { WayIn } from './givenIdentity.ts'
import type { Ledger } from './ledger.ts'
import type { SimNode, Town } from './node.ts'

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
  readonly name: string
  /** As whom it last came in. */
  actor: Actor
  /** Null while it has nothing to come in with. */
  way: WayIn | null
  token: string | null = null
  principal: Principal | null = null
  followed: Followed | null = null
  pending: Pending | null = null
  private readonly town: Town
  private readonly ledger: Ledger
  private node: SimNode | null = null
  private opened: Line | null = null
  /** Rises with every connection: what belongs to an older one is not heard any more. */
  private line = 0
  private isJoined = false
  private early: Frame[] = []
  private orders = 0
  /** Frames of one connection come in order, unless the network has a fault. */
  private nextFrameAt = 0

  private readonly askForWay: (client: SimClient) => void

  /** @param askForWay called when what it had to come in with is good no more */
  constructor(town: Town, ledger: Ledger, actor: Actor, way: WayIn, askForWay: (client: SimClient) => void) {
    this.town = town
    this.ledger = ledger
    this.actor = actor
    this.name = actor.actorId
    this.way = way
    this.askForWay = askForWay
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
    this.early = []
    this.nextFrameAt = 0
    node.on(world.soon(lineMs), () => {
      if (this.line !== line) return
      const entering = this.token === null ? this.signIn(node, line) : this.enter(node, line, this.token)
      entering.catch(() => this.here(line, () => this.connect()))
    })
    // A node that dies says nothing; the line notices by itself.
    world.after(patienceMs, () => {
      if (this.line === line && !this.isJoined) this.connect()
    })
  }

  private async enter(node: SimNode, line: number, token: string): Promise<void> {
    const opened = await node.door.open(token, {
      hear: (frame) => this.travel(line, frame),
      cut: () => this.here(line, () => this.connect()),
    })
    if (!opened)
      return this.here(line, () => {
        this.token = null
        this.connect()
      })
    if (this.line !== line) return void node.door.lines.delete(opened)
    this.opened = opened
    const snapshot = await node.welcome()
    if (snapshot) this.here(line, () => this.welcome(opened.principal, snapshot))
  }

  private async signIn(node: SimNode, line: number): Promise<void> {
    const { world, nodes } = this.town
    const { way } = this
    if (!way) return
    const ask = async (asked: SimNode): Promise<void> => {
      const answer = await answerTo(asked, way, this.principal && this.token)
      if (answer) this.here(line, () => this.signedIn(way, answer))
    }
    if (world.strikes('signInSentTwice', 8, this.name)) {
      const other = world.dice.pick(nodes.filter(({ isUp }) => isUp))
      other?.on(world.soon(lineMs), () => void ask(other).catch(() => {}))
    }
    await ask(node)
  }

  /** A browser keeps the last cookie that it was given. */
  private signedIn(way: WayIn, answer: Result<SignedIn>): void {
    const { world, signIns } = this.town
    world.note(`${this.name} signs in: ${answer.ok ? answer.value.principal.sessionId : answer.refusal.code}`)
    if (this.way !== way) return
    if (!answer.ok) {
      if (this.token !== null) return
      this.way = null
      this.askForWay(this)
      return
    }
    const { principal, token } = answer.value
    signIns.push({ way, principal, token })
    this.token = token ?? this.token
    if (!this.isJoined) this.connect()
  }

  /** Somebody gave it another card, or another password. */
  takeWay(way: WayIn): void {
    this.way = way
    if (this.token === null) this.connect()
  }

  /** The browser forgets who it was. */
  forget(): void {
    this.token = null
    this.connect()
  }

  leave(): void {
    this.line += 1
    if (this.opened) this.node?.door.lines.delete(this.opened)
    this.opened = null
    this.node = null
    this.isJoined = false
  }

  /** Happens at the client, if it is still on that line. */
  private here(line: number, run: () => void, ms = this.town.world.soon(lineMs)): void {
    this.town.world.after(ms, () => {
      if (this.line === line) run()
    })
  }

  private welcome(principal: Principal, snapshot: Followed): void {
    const { seq, state } = snapshot
    // Orders are their giver's: whoever comes in as somebody else does not give them again.
    if (principal.actorId !== this.actor.actorId) this.pending = null
    this.principal = principal
    this.actor = actorOf(principal)
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
    const { now } = this.town.world
    this.pending = { commandId, command, sentAt: now }
    this.ledger.given.set(commandId, { commandId, actor: this.actor, command, sentAt: now })
    this.town.world.note(`${this.name} orders ${commandId} ${JSON.stringify(command)}`)
    this.resend()
  }

  private resend(): void {
    const { world, nodes } = this.town
    const { pending, node, opened, token, line } = this
    if (!pending || !node || !opened || !this.isJoined) return
    this.send(node, line, pending, () => node.door.obey(opened, pending))
    if (token !== null && world.strikes('orderSentTwice', 12, this.name)) {
      const other = world.dice.pick(nodes.filter(({ isUp }) => isUp))
      if (other) this.send(other, line, pending, () => this.giveBeside(other, token, pending))
    }
    world.after(patienceMs, () => {
      if (this.line === line && this.pending === pending) this.connect()
    })
  }

  /** Through another line, opened with the same cookie for this order alone. */
  private async giveBeside(other: SimNode, token: string, pending: Pending) {
    const beside = await other.door.open(token, { hear: () => {}, cut: () => {} })
    if (!beside) return undefined
    const answer = await other.door.obey(beside, pending)
    other.door.lines.delete(beside)
    return answer
  }

  private send(
    node: SimNode,
    line: number,
    pending: Pending,
    order: () => Promise<Result<Done> | undefined>,
  ): void {
    node.on(this.town.world.soon(lineMs), () => {
      order().then(
        (answer) => answer && this.here(line, () => this.answered(pending, answer)),
        // It goes without an answer, and is sent again.
        () => {},
      )
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
    const actor = this.ledger.given.get(commandId)?.actor ?? this.actor
    this.ledger.write({ commandId, actor, command, answer, sentAt, answeredAt: world.now })
    if (this.pending === pending) this.pending = null
  }
}

const answerTo = (
  { identity }: SimNode,
  way: WayIn,
  token: string | null,
): Promise<Result<SignedIn>> | undefined => {
  const cookieHeader = token === null ? undefined : cookieOf(token)
  return way.kind === 'card'
    ? identity?.exchange({ token: way.token, device: way.device, cookieHeader })
    : identity?.signIn({ login: way.login, password: way.password, cookieHeader })
}
