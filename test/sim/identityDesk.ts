// Who comes and goes in a simulation: cards are scanned twice, seats move to other devices, accounts end and come back
// with less, passwords change, links are withdrawn, guests wait and are admitted. Whatever ended must be over everywhere.
import type { DeskAction } from '../../server/identity/doors.ts'
import type { Identity } from '../../server/identity/identity.ts'
import type { Principal } from '../../server/identity/principal.ts'
import type { Schema } from '../../server/store/schema.ts'
import type { SimClient } from './client.ts'
import { firstPassword, roomCode, unitId } from './givenIdentity.ts'
import { believedMs } from './identityChecks.ts'
import type { Town } from './node.ts'

/** Everything that came about at least once. */
export const identityDeeds = [
  'cardUsed',
  'secondScan',
  'seatMoved',
  'accountEnded',
  'passwordChanged',
  'signedOut',
  'linkWithdrawn',
  'guestWaits',
  'guestAdmitted',
  'guestSeated',
  'guestRefused',
  'endedElsewhere',
] as const
export type IdentityDeed = (typeof identityDeeds)[number]

const deedEveryMs = 150
const probeEveryMs = 60
const helpMs = 80
const walkMs = 12

const secretary: Principal = {
  sessionId: 'ss_secretary',
  role: 'secretary',
  actorId: 'ac_secretary',
  seatId: null,
  accountId: 'ac_secretary',
  meetingId: null,
  unitId,
  screenId: null,
  deskEntryId: null,
  name: '',
}

type SessionRow = Schema['sessions']

export class IdentityDesk {
  readonly deeds = new Set<IdentityDeed>()
  private readonly town: Town
  private clients: readonly SimClient[] = []
  /** When the store learnt that a session ended. */
  private readonly endedAt = new Map<string, number>()
  /** Cookies that were given to others than the clients. */
  private readonly strangers: string[] = []
  private devices = 0
  private passwords = 0

  constructor(town: Town) {
    this.town = town
  }

  /** Goes on for as long as things go wrong. */
  work(clients: readonly SimClient[]): void {
    const { world } = this.town
    this.clients = clients
    const again = (everyMs: number, run: () => void): void =>
      world.after(world.soon(everyMs), () => {
        if (!world.isRough) return
        run()
        again(everyMs, run)
      })
    again(deedEveryMs, () => this.doSomething())
    again(probeEveryMs, () => this.probe())
  }

  newDevice(): string {
    this.devices += 1
    return `device-${String(this.devices).padStart(12, '0')}`
  }

  /** Somebody's card or password is good no more: the staff gives another, as often as it takes. */
  readonly help = (client: SimClient): void => {
    const { world } = this.town
    world.after(world.soon(helpMs), () => {
      if (client.way !== null) return
      this.at((identity) => this.giveWay(identity, client))
      world.after(10 * helpMs, () => {
        if (client.way === null) this.help(client)
      })
    })
  }

  private async giveWay(identity: Identity, client: SimClient): Promise<void> {
    const { seatId, role } = client.actor
    if (seatId !== null) return this.moveSeat(identity, client, seatId)
    if (role === 'participant' || role === 'observer' || role === 'screen' || role === 'waiting') return
    await this.renewAccount(identity, client, role)
  }

  private doSomething(): void {
    const { dice } = this.town.world
    const client = dice.pick(this.clients)
    if (!client) return
    const { seatId } = client.actor
    this.at((identity) =>
      dice.of(
        () => this.scanTwice(identity, client),
        () => (seatId ? this.moveSeat(identity, client, seatId) : this.demote(identity, client)),
        () => (seatId ? this.signOut(identity, client) : this.demote(identity, client)),
        () => this.changePassword(identity, client),
        () => this.openAndWithdrawLink(identity),
        () => this.comeAsGuest(identity, client),
      )(),
    )
  }

  private async moveSeat(identity: Identity, client: SimClient, seatId: string): Promise<void> {
    const card = await identity.moveSeat(this.town.meetingId, seatId)
    this.tell(() => {
      this.deeds.add('seatMoved')
      client.takeWay({ kind: 'card', token: card.token, device: this.newDevice() })
    })
  }

  /** Somebody else has the same card, and another device, at another node. */
  private async scanTwice(identity: Identity, { way }: SimClient): Promise<void> {
    if (way?.kind !== 'card') return
    const mine = { ...way, device: this.newDevice() }
    const answer = await identity.exchange(mine)
    if (answer.ok && answer.value.token !== null) {
      const { principal, token } = answer.value
      this.town.signIns.push({ way: mine, principal, token })
      return
    }
    if (answer.ok) return
    if (answer.refusal.code === 'cardUsed') this.deeds.add('cardUsed')
    const desk = await identity.desk(this.town.meetingId)
    if (desk.entries.some(({ kind }) => kind === 'secondScan')) this.deeds.add('secondScan')
  }

  /** The account ends, perhaps in the middle of what it ordered; its owner comes back with as much or less to say. */
  private async demote(identity: Identity, client: SimClient): Promise<void> {
    if (client.name === 'ac_secretary' || client.way?.kind !== 'account') return
    await this.renewAccount(identity, client, this.town.world.dice.of('facilitator', 'clerk'))
  }

  private async renewAccount(
    identity: Identity,
    client: SimClient,
    role: 'secretary' | 'facilitator' | 'clerk',
  ): Promise<void> {
    const login = client.name.slice('ac_'.length)
    const found = (await identity.accounts(unitId)).find((account) => account.login === login)
    if (found && role !== 'secretary') {
      const ended = await identity.endAccount(unitId, found.accountId)
      if (ended.ok) this.deeds.add('accountEnded')
    }
    const password = role === 'secretary' ? firstPassword : this.newPassword()
    if (role !== 'secretary')
      this.at(async (elsewhere) => {
        await elsewhere.addAccount(unitId, { login, name: login, role, password })
      })
    this.tell(() => client.takeWay({ kind: 'account', login, password }))
  }

  private newPassword(): string {
    this.passwords += 1
    return `password ${this.passwords}`
  }

  private async changePassword(identity: Identity, client: SimClient): Promise<void> {
    const { way, principal } = client
    if (way?.kind !== 'account' || !principal || client.name === 'ac_secretary') return
    const next = this.newPassword()
    const changed = await identity.changePassword(principal, { password: way.password, next })
    if (!changed.ok) return
    this.deeds.add('passwordChanged')
    this.tell(() => client.takeWay({ ...way, password: next }))
  }

  private async signOut(identity: Identity, client: SimClient): Promise<void> {
    if (!client.principal) return
    await identity.signOut(client.principal)
    this.deeds.add('signedOut')
    if (this.town.world.dice.oneIn(2)) this.tell(() => client.forget())
  }

  /** A link is opened on two devices, at two nodes, and withdrawn. */
  private async openAndWithdrawLink(identity: Identity): Promise<void> {
    const { world, meetingId } = this.town
    const [link] = await identity.issueLinks(meetingId, [{ role: 'facilitator' }])
    if (!link) return
    for (let i = 0; i < 2; i += 1)
      this.at(async (elsewhere) => {
        const answer = await elsewhere.exchange({ token: link.token, device: this.newDevice() })
        if (answer.ok && answer.value.token !== null) this.sit(answer.value.token)
      }, world.soon(150))
    this.at(async (elsewhere) => {
      if (await elsewhere.withdrawLink(meetingId, link.cardId)) this.deeds.add('linkWithdrawn')
    }, world.soon(300))
  }

  /** Somebody waits at the door, and the desk decides, elsewhere: admitted, given somebody's seat, or sent away. */
  private async comeAsGuest(identity: Identity, { actor }: SimClient): Promise<void> {
    const { world, meetingId } = this.town
    const answer = await identity.wait({ roomCode, name: '客人' })
    if (!answer.ok || answer.value.token === null) return
    this.deeds.add('guestWaits')
    const { token, principal } = answer.value
    this.sit(token)
    const { deskEntryId } = principal
    if (deskEntryId === null) return
    const settle = async (elsewhere: Identity): Promise<void> => {
      const { seatId } = actor
      const ask = world.dice.of<DeskAction>(
        { action: 'admitObserver' },
        seatId === null ? { action: 'dismiss' } : { action: 'bindSeat', seatId },
        { action: 'refuse' },
      )
      const settled = await elsewhere.settle(secretary, meetingId, deskEntryId, ask)
      if (!settled.ok) return
      if (ask.action === 'admitObserver') this.deeds.add('guestAdmitted')
      else if (ask.action === 'bindSeat') this.deeds.add('guestSeated')
      else this.deeds.add('guestRefused')
    }
    this.at(settle, world.soon(200))
    // The desk presses twice now and then.
    if (world.dice.oneIn(4)) this.at(settle, world.soon(200))
  }

  /** Opens a line with a cookie, and another whenever that is cut, for as long as the cookie is good. */
  private sit(token: string): void {
    const { world, nodes } = this.town
    this.strangers.push(token)
    const open = (): void => {
      const node = world.dice.pick(nodes.filter(({ isUp }) => isUp))
      node?.on(world.soon(walkMs), () => {
        node.door
          .open(token, { hear: () => {}, cut: () => world.after(world.soon(walkMs), open) })
          .catch(() => {})
      })
    }
    open()
  }

  /** Carries something out at some node; what becomes of it when the store fails, nobody hears. */
  private at(run: (identity: Identity) => Promise<void>, ms = this.town.world.soon(walkMs)): void {
    const { world, nodes } = this.town
    const node = world.dice.pick(nodes.filter(({ isUp }) => isUp))
    node?.on(ms, () => {
      if (node.identity) run(node.identity).catch(() => {})
    })
  }

  private tell(run: () => void): void {
    this.town.world.after(this.town.world.soon(walkMs), run)
  }

  /** Called after every commit. */
  noteEnded(): void {
    const { disk, world } = this.town
    const ended = disk.rows<Pick<SessionRow, 'sessionId'>>(
      'select "sessionId" from sessions where "endedAt" is not null',
    )
    for (const { sessionId } of ended) {
      if (this.endedAt.has(sessionId)) continue
      this.endedAt.set(sessionId, world.now)
      world.note(`${sessionId} has ended`)
    }
  }

  /** Every cookie that was given out. */
  tokens(): string[] {
    return [...this.town.signIns.flatMap(({ token }) => token ?? []), ...this.strangers]
  }

  /** Whoever was told that a session ended believes its cookie no more, and whoever was not, not for long. */
  private probe(): void {
    const { world, nodes, onFault } = this.town
    const token = world.dice.pick(this.tokens())
    const node = world.dice.pick(nodes.filter(({ isUp }) => isUp))
    if (!token || !node) return
    node.on(0, () => {
      const askedAt = world.now
      const told = new Map(node.toldEnded)
      node.door.principalOf(token).then(
        (principal) => {
          const endedAt = principal ? this.endedAt.get(principal.sessionId) : undefined
          if (!principal || endedAt === undefined || endedAt >= askedAt) return
          this.deeds.add('endedElsewhere')
          const toldAt = told.get(principal.sessionId) ?? Number.NEGATIVE_INFINITY
          if (toldAt > endedAt || askedAt - endedAt > believedMs)
            onFault(new Error(`${node.name} believes ${principal.sessionId}, which has ended`))
        },
        () => {},
      )
    })
  }
}
