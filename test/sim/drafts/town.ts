// One draft of a simulation, and the truth of it: what the store has acknowledged, edit by edit. Nobody may see more.
import { fitStored } from '../../../server/drafts/guard.ts'
import { admit, emptyHoldings, type Holdings } from '../../../server/drafts/holdings.ts'
import { everything, scanUpdate } from '../../../server/drafts/scan.ts'
import { step } from '../../../server/ports.ts'
import type { Schema } from '../../../server/store/schema.ts'
import type { Grid } from '../machine.ts'
import type { MemoryDisk } from '../memoryStore.ts'
import type { World } from '../world.ts'
import type { DraftNode } from './node.ts'

export const draftId = 'dr_0001'

/** Everything that came about at least once. */
export const draftDeeds = [
  'draftMerged',
  'draftFrozen',
  'draftLetGo',
  'pageReloaded',
  'clientIdStolen',
] as const
export type DraftDeed = (typeof draftDeeds)[number]

export class DraftTown implements Grid {
  readonly world: World
  readonly disk: MemoryDisk
  readonly nodes: DraftNode[] = []
  readonly deeds = new Set<DraftDeed>()
  readonly faults: unknown[] = []
  readonly truth: Holdings = emptyHoldings()
  storeAwayUntil = 0
  busAwayUntil = 0
  /** Merged so early that it happens in every other run. */
  readonly logRowsMax: number
  /** How long edits gather. */
  readonly windowMs: number
  private lastRow = 0

  constructor(world: World, disk: MemoryDisk) {
    this.world = world
    this.disk = disk
    this.logRowsMax = world.dice.of(4, 8, 1_000)
    this.windowMs = world.dice.of(0, 0, 15, 60)
  }

  async found(): Promise<void> {
    const store = this.disk.connect()
    const row = { draftId, meetingId: null, unitId: 'un_0001', title: '草案', createdAt: 0, baseId: null }
    await store.write([step(store.db.insertInto('drafts').values(row))])
    const [last] = this.disk.rows<{ updateId: number | null }>(
      `select max(seq) as "updateId" from sqlite_sequence where name = 'draftUpdates'`,
    )
    this.lastRow = last?.updateId ?? 0
  }

  /** Each row follows from those that were committed before it. */
  readonly committed = (): void => {
    const rows = this.disk.rows<Schema['draftUpdates'] & { updateId: number }>(
      'select * from "draftUpdates" where "updateId" > ? order by "updateId"',
      this.lastRow,
    )
    for (const { updateId, bytes } of rows) {
      this.lastRow = updateId
      const scan = scanUpdate(bytes, everything, Number.POSITIVE_INFINITY)
      const piece = scan && fitStored(this.truth, scan, 1)
      if (piece) admit(this.truth, piece)
      else this.faults.push(new Error('a row does not follow from what was committed before it'))
    }
  }

  isCommitted(update: Uint8Array): boolean {
    const scan = scanUpdate(update, everything, Number.POSITIVE_INFINITY)
    const piece = scan && fitStored(this.truth, scan, 1)
    return piece !== undefined && piece.sections.length === 0 && piece.deletes.length === 0
  }

  expectCommitted(update: Uint8Array, whereto: string): void {
    if (!this.isCommitted(update)) this.faults.push(new Error(`${whereto} before its commit`))
  }
}
