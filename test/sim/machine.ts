// One machine of a simulation, whatever runs on it: its way to the store and to the others, and a clock of its own. It
// can crash, which costs its memory, and freeze, which costs it everybody else's news.
import type { Bus, BusHandler, BusMessage, Clock } from '../../server/ports.ts'
import type { MemoryDisk, Road } from './memoryStore.ts'
import type { World } from './world.ts'

const busMs = 6
/** Time for an order, its commit and its frame to overtake what is read. */
const slowReadingMs = 300
const dayMs = 24 * 3_600_000
export const beginning = 1_750_000_000_000

/** What all machines of a simulation share. */
export interface Grid {
  readonly world: World
  readonly disk: MemoryDisk
  readonly nodes: readonly Machine[]
  /** No machine reaches the store until then. */
  storeAwayUntil: number
  busAwayUntil: number
  /** Called after every commit, with the store as it is then. */
  committed: () => void
}

export abstract class Machine {
  readonly name: string
  readonly clock: Clock
  private readonly grid: Grid
  private handlers = new Set<BusHandler>()
  private life = 0
  private frozenUntil = 0
  private skew = 0

  constructor(grid: Grid, name: string) {
    this.grid = grid
    this.name = name
    this.clock = { now: () => beginning + grid.world.now + this.skew }
  }

  abstract get isUp(): boolean
  protected abstract open(): void
  protected abstract lose(): void

  start(): void {
    const { world } = this.grid
    this.life += 1
    this.handlers = new Set()
    this.skew = world.strikes('clockWrong', 4, this.name) ? (world.dice.oneIn(2) ? dayMs : -dayMs) : 0
    world.note(`${this.name} is up`)
    this.open()
  }

  /** Memory is lost, and whatever was on its way from or to it; what the store has stays. */
  crash(): void {
    this.life += 1
    this.lose()
    this.handlers.clear()
  }

  freeze(ms: number): void {
    this.frozenUntil = this.grid.world.now + ms
  }

  /** Happens on this machine, unless it has died by then; a frozen one does it when it thaws. */
  on(ms: number, run: () => void): void {
    this.inLife(this.life, ms, run)
  }

  private inLife(life: number, ms: number, run: () => void): void {
    const { world } = this.grid
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

  protected bus(): Bus {
    const { world, nodes } = this.grid
    const deliver = (to: Machine, message: BusMessage, ms: number) => to.on(ms, () => to.hear(message))
    return {
      publish: (message) => {
        deliver(this, message, 0)
        for (const other of nodes) {
          if (other === this || !other.isUp) continue
          if (this.grid.busAwayUntil > world.now || world.strikes('hintDropped', 12)) continue
          deliver(other, message, world.strikes('hintLate', 12) ? 400 : world.soon(busMs))
          if (world.strikes('hintDoubled', 12)) deliver(other, message, world.soon(3 * busMs))
        }
      },
      hear: (message) => deliver(this, message, 0),
      status: () => (this.grid.busAwayUntil > world.now ? 'down' : 'up'),
      subscribe: (handler) => {
        this.handlers.add(handler)
        return () => this.handlers.delete(handler)
      },
      close: async () => {},
    }
  }

  protected road(): Road {
    const { world } = this.grid
    const isAway = () => this.grid.storeAwayUntil > world.now
    return {
      reading: () =>
        new Promise((resolve, reject) => {
          const isSlow = world.strikes('readingSlow', 60, this.name)
          this.on(world.soon(isSlow ? slowReadingMs : world.roadMs), () =>
            isAway() ? reject(new Error('the store is away')) : resolve(),
          )
        }),
      // The commit happens at the store, whatever has become of the machine meanwhile; only who asked is answered.
      writing: (commit, answer) => {
        const { life } = this
        world.after(world.soon(world.roadMs), () => {
          if (isAway() || world.strikes('writeLost', 60, this.name)) {
            this.inLife(life, world.soon(world.roadMs), () =>
              answer(new Error('the store could not write: nothing was kept')),
            )
            return
          }
          const results = commit()
          this.grid.committed()
          world.note(`${this.name} committed ${results.map(({ ok }) => (ok ? '+' : '-')).join('')}`)
          const isLost = world.strikes('answerOfWriteLost', 60, this.name)
          const fault = new Error('the store could not write: whether it was kept is unknown')
          this.inLife(life, world.soon(world.roadMs), () => answer(isLost ? fault : results))
        })
      },
    }
  }
}

const troubleEveryMs = 120
const startedAgainMs = 300

/** Crashes, frozen machines, the store and the bus away for a while, for as long as the world is rough. */
export const trouble = (grid: Grid): void => {
  const { world, nodes } = grid
  const { dice } = world
  world.after(world.soon(troubleEveryMs), () => {
    if (!world.isRough) return
    const node = dice.pick(nodes)
    if (node?.isUp && world.strikes('nodeCrashed', 12, node.name)) {
      node.crash()
      world.after(world.soon(startedAgainMs), () => {
        if (!node.isUp) node.start()
      })
    }
    if (node?.isUp && world.strikes('nodeFrozen', 12, node.name)) node.freeze(world.soon(2_000))
    if (world.strikes('storeAway', 25)) grid.storeAwayUntil = world.now + world.soon(400)
    if (world.strikes('busAway', 25)) grid.busAwayUntil = world.now + world.soon(1_500)
    trouble(grid)
  })
}
