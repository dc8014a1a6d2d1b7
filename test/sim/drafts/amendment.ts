// An amendment of the draft in a simulation: forked off through one node, written through several, adopted through
// another; every node then merges it, or the next that starts.
import { mergeStepsOf } from '../../../server/amendments/steps.ts'
import type { DraftNode } from './node.ts'
import { baseId, type DraftTown, forkId } from './town.ts'

const forkWithinMs = 500
const adoptWithinMs = 900
const againMs = 200
const followMs = 60

export class Amendment {
  /** How far the fork was written when it was adopted; undefined while it is not. */
  adopted: ReadonlyMap<number, number> | undefined
  private readonly town: DraftTown
  private readonly onForked: () => void
  private isForked = false

  constructor(town: DraftTown, onForked: () => void) {
    this.town = town
    this.onForked = onForked
  }

  begin(): void {
    const { world } = this.town
    this.tryUntil(world.soon(forkWithinMs), () => this.isForked, this.fork)
    this.tryUntil(forkWithinMs + world.soon(adoptWithinMs), () => this.adopted !== undefined, this.adopt)
  }

  /** Asks one node after the other for as long as things go wrong; what a lost answer said is asked again. */
  private tryUntil(ms: number, isDone: () => boolean, run: (node: DraftNode) => Promise<void>): void {
    const { world, nodes } = this.town
    world.after(ms, () => {
      if (isDone() || !world.isRough) return
      const node = world.dice.pick(nodes.filter(({ isUp }) => isUp))
      // When the store fails it, it is tried again.
      node?.on(0, () => void run(node).catch(() => {}))
      this.tryUntil(againMs, isDone, run)
    })
  }

  private readonly fork = async ({ forks, store, clock }: DraftNode): Promise<void> => {
    const { world, deeds, disk } = this.town
    const about = { meetingId: 'mt_0001', unitId: 'un_0001', title: '修正案' }
    const fork = await forks?.prepare(baseId, about)
    if (!fork || !store) return
    await store.write(fork.steps)
    const isThere = disk.rows('select 1 from drafts where "draftId" = ?', forkId).length > 0
    if (!isThere || this.isForked) return
    this.isForked = true
    deeds.add('draftForked')
    world.note(`forked at ${clock.now()}`)
    this.onForked()
  }

  private readonly adopt = async ({ forks, store, clock }: DraftNode): Promise<void> => {
    const { world, nodes } = this.town
    if (!this.isForked || !forks || !store) return
    const then = new Map(this.town.truthOf(forkId).clocks)
    const kept = await forks.keep(forkId)
    if (!kept) return
    const { sha256 } = kept.text
    const merge = { draftId: baseId, fromId: forkId, sha256, at: clock.now() }
    const written = await store.write([...kept.steps, ...mergeStepsOf(store, merge)])
    if (!written.ok) return
    this.adopted = then
    this.town.deeds.add('forkAdopted')
    world.note('adopted')
    for (const node of nodes)
      if (node.isUp) node.on(world.soon(followMs), () => void node.forks?.finish(baseId).catch(() => {}))
  }
}
