// One node of the hall: the real rooms of the record over a store that is far away, with a clock of its own. It can
// crash, which costs its memory, and freeze, which costs it everybody else's news.
import { type Matters, openMatters } from '../../server/matters/matters.ts'
import type { Bus, BusHandler, BusMessage, Store } from '../../server/ports.ts'
import { step } from '../../server/ports.ts'
import { openPresets } from '../../server/presets/presets.ts'
import { type Meetings, openMeetings } from '../../server/record/meetings.ts'
import type { IdKind } from '../../shared/kernel/ids.ts'
import { idKinds } from '../../shared/kernel/ids.ts'
import { sha256 } from '../../shared/record/sha256.ts'
import type { Frame } from '../../shared/wire/live.ts'
import type { MemoryDisk, Road } from './memoryStore.ts'
import type { World } from './world.ts'

const busMs = 6
const lookEveryMs = 250
const dayMs = 24 * 3_600_000
export const beginning = 1_750_000_000_000

export const words = '一、村口停车场共设车位六十个。'
const frozen = { sha256: sha256(words), chars: [...words].length }

/** What all nodes of a simulation share. */
export interface Town {
  readonly world: World
  readonly disk: MemoryDisk
  readonly meetingId: string
  readonly nodes: SimNode[]
  /** No node reaches the store until then. */
  storeAwayUntil: number
  busAwayUntil: number
  ids: number
  readonly onFault: (fault: unknown) => void
}

/** A line that somebody hears this node through. */
export interface Listener {
  readonly hear: (frame: Frame) => void
  /** The node's end is gone. */
  readonly cut: () => void
}

export class SimNode {
  meetings: Meetings | null = null
  matters: Matters | null = null
  readonly listeners = new Set<Listener>()
  private readonly town: Town
  private handlers = new Set<BusHandler>()
  private life = 0
  private frozenUntil = 0
  private skew = 0
  readonly name: string

  constructor(town: Town, name: string) {
    this.town = town
    this.name = name
  }

  get isUp(): boolean {
    return this.meetings !== null
  }

  start(): void {
    const { world, disk, meetingId } = this.town
    this.life += 1
    this.handlers = new Set()
    this.skew = world.strikes('clockWrong', 4, this.name) ? (world.dice.oneIn(2) ? dayMs : -dayMs) : 0
    const store = disk.connect(this.road())
    const clock = { now: () => beginning + world.now + this.skew }
    let told = 0
    const matters = openMatters({ store, clock })
    const meetings = openMeetings({
      store,
      clock,
      newId: this.newId,
      bus: this.bus(),
      presetsNamedIn: openPresets({ store, clock }).namedIn,
      linksDone: matters.linksDone,
      freeze: (draftId) => freeze(store, draftId),
      forks: forksOf(store, this.newId),
      onFault: this.town.onFault,
    })
    meetings.onFrame((_, events) => {
      const first = events[0]?.seq ?? 0
      if (told > 0 && first !== told + 1)
        this.town.onFault(new Error(`${this.name} told ${first} after ${told}`))
      told = events.at(-1)?.seq ?? told
      this.checkWelcome(meetings, told)
      // The hash stays on the server, as at the live door.
      const frame = { meetingId, events: events.map(({ hash: _hash, ...event }) => event) } as Frame
      for (const listener of this.listeners) listener.hear(frame)
    })
    meetings.watch(meetingId)
    this.meetings = meetings
    this.matters = matters
    world.note(`${this.name} is up`)
    this.follow()
  }

  /** Memory is lost, and whatever was on its way from or to it; what the store has stays. */
  crash(): void {
    this.life += 1
    this.meetings = null
    this.matters = null
    for (const listener of this.listeners) listener.cut()
    this.listeners.clear()
    this.handlers.clear()
  }

  freeze(ms: number): void {
    this.frozenUntil = this.town.world.now + ms
  }

  /** Happens on this node, unless it has died by then; a frozen one does it when it thaws. */
  on(ms: number, run: () => void): void {
    const { world } = this.town
    const { life } = this
    const happen = (): void => {
      if (this.life !== life) return
      if (this.frozenUntil > world.now) world.after(this.frozenUntil - world.now, happen)
      else run()
    }
    world.after(ms, happen)
  }

  hear(message: BusMessage): void {
    for (const handler of this.handlers) handler(message)
  }

  private readonly newId = (kind: IdKind): string => {
    this.town.ids += 1
    return `${idKinds[kind]}_${String(this.town.ids).padStart(4, '0')}`
  }

  /** Whoever comes in now gets what was told in the welcome, since the frame has gone out without them. */
  private checkWelcome(meetings: Meetings, told: number): void {
    const { name, town } = this
    void meetings.snapshot(town.meetingId).then((snapshot) => {
      const seq = snapshot?.seq ?? 0
      if (seq < told) town.onFault(new Error(`${name} told ${told} and welcomes with ${seq}`))
    })
  }

  /** Every so often it looks into the store itself, so that a lost hint costs time and no truth. */
  private follow(): void {
    const { world, disk, meetingId } = this.town
    this.on(lookEveryMs + world.dice.below(50), () => {
      const [row] = disk.rows<{ seq: number | null }>(
        'select max(seq) as seq from events where stream = ?',
        meetingId,
      )
      if (row?.seq && this.town.storeAwayUntil <= world.now)
        this.hear({ kind: 'appended', stream: meetingId, seq: row.seq })
      this.follow()
    })
  }

  private bus(): Bus {
    const { world, nodes } = this.town
    const deliver = (to: SimNode, message: BusMessage, ms: number) => to.on(ms, () => to.hear(message))
    return {
      publish: (message) => {
        deliver(this, message, 0)
        for (const other of nodes) {
          if (other === this || !other.isUp) continue
          if (this.town.busAwayUntil > world.now || world.strikes('hintDropped', 12)) continue
          deliver(other, message, world.strikes('hintLate', 12) ? 400 : world.soon(busMs))
          if (world.strikes('hintDoubled', 12)) deliver(other, message, world.soon(3 * busMs))
        }
      },
      hear: (message) => deliver(this, message, 0),
      status: () => (this.town.busAwayUntil > world.now ? 'down' : 'up'),
      subscribe: (handler) => {
        this.handlers.add(handler)
        return () => this.handlers.delete(handler)
      },
      close: async () => {},
    }
  }

  private road(): Road {
    const { world } = this.town
    const isAway = () => this.town.storeAwayUntil > world.now
    return {
      reading: () =>
        new Promise((resolve, reject) => {
          this.on(world.soon(world.roadMs), () =>
            isAway() ? reject(new Error('the store is away')) : resolve(),
          )
        }),
      // The commit happens at the store, whatever has become of the node meanwhile.
      writing: (commit, answer) =>
        world.after(world.soon(world.roadMs), () => {
          if (isAway() || world.strikes('writeLost', 60, this.name)) {
            this.on(world.soon(world.roadMs), () =>
              answer(new Error('the store could not write: nothing was kept')),
            )
            return
          }
          const results = commit()
          world.note(`${this.name} committed ${results.map(({ ok }) => (ok ? '+' : '-')).join('')}`)
          const isLost = world.strikes('answerOfWriteLost', 60, this.name)
          const fault = new Error('the store could not write: whether it was kept is unknown')
          this.on(world.soon(world.roadMs), () => answer(isLost ? fault : results))
        }),
    }
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
