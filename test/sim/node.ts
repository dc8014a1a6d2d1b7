// One node of the hall: the real rooms of the record and of identity on a machine of the simulation.
import { type Identity, openIdentity } from '../../server/identity/identity.ts'
import type { Principal } from '../../server/identity/principal.ts'
import { type Matters, openMatters } from '../../server/matters/matters.ts'
import type { BusMessage, Ids, Store } from '../../server/ports.ts'
import { step } from '../../server/ports.ts'
import { openPresets } from '../../server/presets/presets.ts'
import { type Meetings, openMeetings } from '../../server/record/meetings.ts'
import type { IdKind } from '../../shared/kernel/ids.ts'
import { idKinds } from '../../shared/kernel/ids.ts'
import { sha256 } from '../../shared/record/sha256.ts'
import type { Frame } from '../../shared/wire/live.ts'
import { SimDoor } from './door.ts'
import { plainPasswords, type WayIn } from './givenIdentity.ts'
import { type Grid, Machine } from './machine.ts'
import type { Head } from './moments.ts'

const lookEveryMs = 250

export const words = '一、村口停车场共设车位六十个。'
const frozen = { sha256: sha256(words), chars: [...words].length }

/** Somebody was let in. */
export interface SignIn {
  readonly way: WayIn
  readonly principal: Principal
  /** The cookie that was given; null where the one that was shown stays. */
  readonly token: string | null
}

export interface Town extends Grid {
  readonly meetingId: string
  readonly nodes: SimNode[]
  readonly heads: Head[]
  ids: number
  readonly signIns: SignIn[]
  readonly onFault: (fault: unknown) => void
}

export class SimNode extends Machine {
  meetings: Meetings | null = null
  matters: Matters | null = null
  identity: Identity | null = null
  readonly door: SimDoor
  /** When this node was told that a session ended. */
  readonly toldEnded = new Map<string, number>()
  /** The last event that went out. */
  private told = 0
  private readonly town: Town

  constructor(town: Town, name: string) {
    super(town, name)
    this.town = town
    this.door = new SimDoor(town, this)
  }

  get isUp(): boolean {
    return this.meetings !== null
  }

  protected open(): void {
    const { disk, meetingId } = this.town
    const { clock } = this
    const store = disk.connect(this.road())
    const bus = this.bus()
    this.told = 0
    const matters = openMatters({ store, clock })
    const meetings = openMeetings({
      store,
      clock,
      newId: this.newId,
      bus,
      presetsNamedIn: openPresets({ store, clock }).namedIn,
      linksDone: matters.linksDone,
      freeze: (draftId) => freeze(store, draftId),
      forks: forksOf(store, this.newId),
      onFault: this.town.onFault,
    })
    meetings.onFrame((_, events) => {
      const first = events[0]?.seq ?? 0
      if (this.told > 0 && first !== this.told + 1)
        this.town.onFault(new Error(`${this.name} told ${first} after ${this.told}`))
      this.told = events.at(-1)?.seq ?? this.told
      // When the store is away, nobody is welcomed.
      this.welcome().catch(() => {})
      // The hash stays on the server, as at the live door.
      const frame = { meetingId, events: events.map(({ hash: _hash, ...event }) => event) } as Frame
      this.door.tell(frame)
    })
    meetings.watch(meetingId)
    this.meetings = meetings
    this.matters = matters
    this.identity = openIdentity({
      store,
      clock,
      ids: this.ids,
      bus,
      passwords: plainPasswords,
      order: meetings.order,
      seatRole: async (id, seatId) => {
        const seat = (await meetings.state(id))?.seats[seatId]
        if (!seat) return null
        return seat.role === 'observer' ? 'observer' : 'participant'
      },
    })
    bus.subscribe((message) => {
      if (message.kind === 'sessionEnded') void this.door.sessionEnded(message.sessionId)
    })
    this.follow()
  }

  protected lose(): void {
    this.meetings = null
    this.matters = null
    this.identity = null
    this.door.crash()
    this.toldEnded.clear()
  }

  override hear(message: BusMessage): void {
    if (message.kind === 'sessionEnded') this.toldEnded.set(message.sessionId, this.town.world.now)
    super.hear(message)
  }

  private nextNumber(digits: number): string {
    this.town.ids += 1
    return String(this.town.ids).padStart(digits, '0')
  }

  private readonly newId = (kind: IdKind): string => `${idKinds[kind]}_${this.nextNumber(4)}`

  private readonly ids: Ids = {
    newId: (kind) => this.newId(kind),
    secret: () => `secret-${this.nextNumber(12)}`,
    code: (length) => this.nextNumber(length),
  }

  /** What whoever comes in now gets: nothing older than what was told, since that has gone out without them. */
  async welcome(): Promise<Awaited<ReturnType<Meetings['snapshot']>>> {
    const { name, town, meetings, told } = this
    const snapshot = await meetings?.snapshot(town.meetingId)
    const seq = snapshot?.seq ?? 0
    if (meetings && seq < told) town.onFault(new Error(`${name} told ${told} and welcomes with ${seq}`))
    return snapshot
  }

  /** Every so often it looks into the store itself, so that a lost hint costs time and no truth. */
  private follow(): void {
    const { world, disk, meetingId } = this.town
    this.on(lookEveryMs + world.dice.below(50), () => {
      const [row] = disk.standing<{ seq: number | null }>(
        'select max(seq) as seq from events where stream = ?',
        meetingId,
      )
      if (this.town.storeAwayUntil <= world.now) {
        if (row?.seq) this.hear({ kind: 'appended', stream: meetingId, seq: row.seq })
        for (const sessionId of this.door.look()) this.hear({ kind: 'sessionEnded', sessionId })
      }
      this.follow()
    })
  }
}

const textStep = (store: Store) =>
  step(
    store.db
      .insertInto('texts')
      .values({ sha256: frozen.sha256, text: words, at: 1 })
      .onConflict((conflict) => conflict.doNothing()),
  )

/** Drafts are another story: here each says the same. */
const freeze = async (store: Store, draftId: string) => {
  await store.write([textStep(store)])
  return { draftId, ...frozen }
}

const forksOf = (store: Store, newId: (kind: IdKind) => string) => ({
  prepare: async (baseId: string) => ({
    draftId: newId('draft'),
    text: { draftId: baseId, ...frozen },
    steps: [textStep(store)],
  }),
  keep: async (draftId: string) => ({ text: { draftId, ...frozen }, steps: [textStep(store)] }),
})
